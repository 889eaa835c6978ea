import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../edge-agent/webhooks/outcome.js';
import { robots } from '../../../edge-agent/webhooks/robots/index.js';
import { withinBytes } from '../../../edge-agent/webhooks/robots/robot.js';

const answer = (body: unknown, status = 200): Extract<Answer, { kind: 'answer' }> => ({
	...{ kind: 'answer', status, retryAfterMs: null },
	body: typeof body === 'string' ? body : JSON.stringify(body),
});
const message = { headline: '【店】王先生到店', lines: ['来意：试驾'], figures: [], mentions: [], colon: '：' };

describe('what the makers answer', () => {
	it.each([
		['wecom', { errcode: 0, errmsg: 'ok' }, 'delivered'],
		['wecom', { errcode: 45009, errmsg: 'api freq out of limit' }, 'rate-limited'],
		['wecom', { errcode: -1, errmsg: 'system busy' }, 'busy'],
		['wecom', { errcode: 93000, errmsg: 'invalid webhook url' }, 'not-found'],
		['wecom', { errcode: 40058, errmsg: 'invalid Request Parameter' }, 'refused'],
		['dingtalk', { errcode: 0, errmsg: 'ok' }, 'delivered'],
		['dingtalk', { errcode: 130101, errmsg: 'send too fast, exceed 20 times per minute' }, 'rate-limited'],
		['dingtalk', { errcode: 410100, errmsg: '发送速度太快而限流' }, 'rate-limited'],
		['dingtalk', { status: 1111, wait: 5, source: 'x5', punish: 'deny' }, 'rate-limited'],
		['dingtalk', { errcode: 310000, errmsg: 'keywords not in content' }, 'bad-signature'],
		['dingtalk', { errcode: 300001, errmsg: 'token is not exist' }, 'not-found'],
		['dingtalk', { errcode: 300005, errmsg: 'token is not exist' }, 'not-found'],
		['dingtalk', { errcode: 400102, errmsg: '机器人已停用' }, 'not-found'],
		['dingtalk', { errcode: 430102, errmsg: '含有不合适的文本' }, 'refused'],
		['feishu', { code: 0, msg: 'success' }, 'delivered'],
		['feishu', { StatusCode: 0, StatusMessage: 'success' }, 'delivered'],
		['feishu', { code: 19021, msg: 'sign match fail' }, 'bad-signature'],
		['feishu', { code: 19022, msg: 'Ip Not Allowed' }, 'bad-signature'],
		['feishu', { code: 19024, msg: 'Key Words Not Found' }, 'bad-signature'],
		['feishu', { code: 19001, msg: 'param invalid: incoming webhook access token invalid' }, 'not-found'],
		['feishu', { code: 11232, msg: 'frequency limited psm[lark.oapi.app_platform_runtime]appID[1500]' }, 'rate-limited'],
		['feishu', { code: 9499, msg: 'too many request' }, 'rate-limited'],
		['feishu', { code: 9499, msg: 'Bad Request' }, 'refused'],
	] as const)('%s: %o', (kind, body, expected) => {
		const outcome = robots[kind].outcome(answer(body));
		expect(outcome.kind === 'delivered' ? 'delivered' : outcome.problem.code).toBe(expected);
		const again = ['rate-limited', 'busy'].includes(expected);
		expect(outcome.kind).toBe(expected === 'delivered' ? 'delivered' : again ? 'again' : 'give-up');
	});

	it('what is no answer of theirs is never taken for a delivery', () => {
		for (const kind of ['wecom', 'dingtalk', 'feishu'] as const) {
			for (const body of ['', 'ok', '{}', '[]', '{"errcode":"0"}', '<html>', 'null'])
				expect(robots[kind].outcome(answer(body))).toMatchObject({ kind: 'again', problem: { code: 'not-understood' } });
			expect(robots[kind].outcome(answer('', 502)).kind).toBe('again');
			expect(robots[kind].outcome(answer('', 403)).kind).toBe('give-up');
			expect(robots[kind].outcome(answer({ code: 9499, msg: 'Bad Request' }, 400)).kind).toBe('give-up');
		}
	});
});

describe('signatures, of time 1599360473000 and the secret `secret`', () => {
	// Worked out with openssl: `printf '1599360473000\nsecret' | openssl dgst -sha256 -hmac secret -binary | base64`, and
	// `printf '' | openssl dgst -sha256 -mac HMAC -macopt hexkey:$(printf '1599360473\nsecret' | xxd -p) -binary | base64`.
	it('DingTalk', () => {
		const { url } = robots.dingtalk.compose(
			message,
			{ url: 'https://oapi.dingtalk.com/robot/send?access_token=x', secret: 'secret' },
			1599360473000,
		);
		expect(url).toBe(
			'https://oapi.dingtalk.com/robot/send?access_token=x&timestamp=1599360473000&sign=h%2F3f4uEADBeKkVuXX2NS1pXSEqARbYb1RV0kmXPBfn0%3D',
		);
	});
	it('Feishu', () => {
		const { body } = robots.feishu.compose(
			message,
			{ url: 'https://open.feishu.cn/open-apis/bot/v2/hook/x', secret: 'secret' },
			1599360473000,
		);
		expect(JSON.parse(body)).toMatchObject({
			timestamp: '1599360473',
			sign: 'q4jswNiMy51J5JuQV566yJat0/lQ/c+22kINzUgKsGU=',
			msg_type: 'text',
		});
	});
	it('without a secret there are none', () => {
		expect(robots.dingtalk.compose(message, { url: 'https://x/y', secret: null }, 1).url).toBe('https://x/y');
		expect(JSON.parse(robots.feishu.compose(message, { url: 'https://x/y', secret: null }, 1).body)).not.toHaveProperty('sign');
	});
});

it('WeCom takes 2048 bytes of a text, and no half characters', () => {
	const lines = Array.from({ length: 200 }, () => '王先生/女士到店（来意：试驾）');
	const { body } = robots.wecom.compose({ ...message, lines }, { url: 'https://x/y', secret: null }, 1);
	const { content } = (JSON.parse(body) as { text: { content: string } }).text;
	expect(Buffer.byteLength(content)).toBeLessThanOrEqual(2048);
	expect(Buffer.byteLength(content)).toBeGreaterThan(2040);
	expect(content).toMatch(/…$/);
	expect(withinBytes('🔴🔴', 7)).toBe('🔴…');
	expect(withinBytes('王芳', 6)).toBe('王芳');
});
