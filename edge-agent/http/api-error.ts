import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ErrorAnswer } from '../contract/api.js';
import type { Language } from '../contract/vocabulary.js';

/** Every error the API answers: its status and what it says, `what` being a name or the names of fields. */
const errors = {
	invalid: [400, (what) => `以下内容缺少或不正确：${what}`, (what) => `Missing or wrong: ${what}`],
	'not-json': [415, () => '请求内容须为 JSON。', () => 'The request must be JSON, with the header Content-Type: application/json.'],
	'too-large': [413, () => '提交的内容过大。', () => 'The request is too large.'],
	'not-local': [
		403,
		() => '目前只能在本机通过 127.0.0.1 或 localhost 访问。',
		() => 'For now this is reached only on this machine, as 127.0.0.1 or localhost.',
	],
	'not-found': [404, () => '没有这个地址。', () => 'There is nothing at this address.'],
	'no-such-alert': [404, () => '没有这条到店提醒。', () => 'There is no such alert.'],
	'no-such-brochure': [404, () => '没有这本车型手册或这一页。', () => 'There is no such brochure or page.'],
	'no-such-staff': [400, (what) => `没有这位员工：${what}`, (what) => `There is no member of staff "${what}".`],
	taken: [409, (what) => `${what}已经接待了。`, (what) => `${what} has already taken this visitor.`],
	over: [409, () => '这条提醒已经结束。', () => 'This alert is over already.'],
	failed: [500, () => '系统出错，请再试一次。', () => 'Something went wrong here. Please try again.'],
} satisfies Record<string, [ContentfulStatusCode, (what: string) => string, (what: string) => string]>;

export type ErrorCode = keyof typeof errors;

/** An error to answer with. */
export class ApiError extends Error {
	override readonly name = 'ApiError';

	constructor(
		readonly code: ErrorCode,
		readonly what = '',
	) {
		super(what ? `${code}: ${what}` : code);
	}
}

/** The answer in the language the request prefers. */
export function errorResponse(c: Context, { code, what }: ApiError): Response {
	const [status, zh, en] = errors[code];
	const message = language(c.req.header('accept-language')) === 'zh' ? zh(what) : en(what);
	return c.json({ error: { code, message } } satisfies ErrorAnswer, status);
}

/** The one of our languages that an Accept-Language header likes best; Mandarin when it names neither. */
export function language(header: string | undefined): Language {
	const liked = (header ?? '').split(',').map((entry) => {
		const [tag = '', ...parameters] = entry.trim().toLowerCase().split(';');
		const weight = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('q='));
		return { language: tag.split('-')[0], weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0 };
	});
	const best = (language: Language) => Math.max(0, ...liked.filter((entry) => entry.language === language).map(({ weight }) => weight));
	return best('en') > best('zh') ? 'en' : 'zh';
}
