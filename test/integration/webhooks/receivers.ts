import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it really arrived. */
export interface Arrived {
	readonly path: string;
	readonly query: URLSearchParams;
	readonly headers: IncomingHttpHeaders;
	readonly raw: string;
	readonly body: Record<string, unknown>;
	/** performance.now() */
	readonly at: number;
}
export interface Answered {
	readonly status?: number;
	readonly headers?: Record<string, string>;
	readonly body?: unknown;
	/** Nothing is answered for so long. */
	readonly afterMs?: number;
}
/** What to say to a request; null: nothing, ever. */
export type Answerer = (arrived: Arrived, count: number) => Answered | null;

/** An HTTP endpoint that records what arrives. */
export class Receiver {
	readonly arrived: Arrived[] = [];
	answer: Answerer;
	#server: Server | null = null;
	#port = 0;

	constructor(answer: Answerer = () => ({})) {
		this.answer = answer;
	}

	/** On the port it had before, if it had one. */
	async listen(): Promise<this> {
		const server = createServer(async (request, response) => {
			const chunks: Buffer[] = [];
			for await (const chunk of request) chunks.push(chunk as Buffer);
			const raw = Buffer.concat(chunks).toString('utf8');
			const url = new URL(request.url ?? '/', 'http://receiver');
			const body = raw === '' ? {} : (JSON.parse(raw) as Record<string, unknown>);
			const arrived = { path: url.pathname, query: url.searchParams, headers: request.headers, raw, body, at: performance.now() };
			this.arrived.push(arrived);
			const said = this.answer(arrived, this.arrived.length);
			if (!said) return;
			setTimeout(() => {
				response.writeHead(said.status ?? 200, { 'content-type': 'application/json', ...said.headers });
				response.end(typeof said.body === 'string' ? said.body : JSON.stringify(said.body ?? {}));
			}, said.afterMs ?? 0);
		});
		await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
		this.#port = (server.address() as AddressInfo).port;
		this.#server = server;
		return this;
	}

	async close(): Promise<void> {
		const server = this.#server;
		this.#server = null;
		server?.closeAllConnections();
		await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
	}

	get url(): string {
		return `http://127.0.0.1:${this.#port}`;
	}

	get deliveries(): (string | undefined)[] {
		return this.arrived.map(({ headers }) => headers['x-showroom-delivery'] as string | undefined);
	}

	/** The texts that a group would show. */
	get texts(): string[] {
		return this.arrived.map(({ body }) => textOf(body));
	}
}

export function textOf(body: Record<string, unknown>): string {
	const { text, content } = body as { text?: { content: string }; content?: { text: string } };
	return text?.content ?? content?.text ?? JSON.stringify(body);
}

const HOUR_MS = 3_600_000;

/** How many requests of the last minute there are, the newest one included. */
function lastMinute(times: number[]): number {
	times.push(Date.now());
	return times.filter((at) => at > Date.now() - 60_000).length;
}

/** As qyapi.weixin.qq.com answers, by its documentation. */
export function wecomRules(key: string): Answerer {
	const times: number[] = [];
	const says = (errcode: number, errmsg: string) => ({ body: { errcode, errmsg } });
	return ({ path, query, body }) => {
		if (path !== '/cgi-bin/webhook/send' || query.get('key') !== key)
			return says(93000, 'invalid webhook url, hint: [1], from ip: 10.0.0.1');
		if (lastMinute(times) > 20) return says(45009, 'api freq out of limit');
		const { msgtype, text, markdown } = body as { msgtype: string; text?: { content?: string }; markdown?: { content?: string } };
		const content = msgtype === 'text' ? text?.content : msgtype === 'markdown' ? markdown?.content : undefined;
		if (!content) return says(40058, 'invalid Request Parameter');
		if (Buffer.byteLength(content) > (msgtype === 'text' ? 2048 : 4096)) return says(40058, 'content exceed max length');
		return says(0, 'ok');
	};
}

/** As oapi.dingtalk.com answers: the signature is in the address, the Base64 decoded once. */
export function dingtalkRules(token: string, secret: string): Answerer {
	const times: number[] = [];
	const says = (errcode: number, errmsg: string) => ({ body: { errcode, errmsg } });
	return ({ path, query, body }) => {
		if (path !== '/robot/send' || query.get('access_token') !== token) return says(300005, 'token is not exist');
		const timestamp = query.get('timestamp') ?? '';
		if (!/^\d{13}$/.test(timestamp) || Math.abs(Date.now() - Number(timestamp)) > HOUR_MS) return says(310000, 'invalid timestamp');
		const mac = createHmac('sha256', Buffer.from(secret, 'utf8'));
		mac.update(Buffer.from([timestamp, secret].join('\n'), 'utf8'));
		if (query.get('sign') !== mac.digest().toString('base64')) return says(310000, 'sign not match');
		if (lastMinute(times) > 20) return says(130101, 'send too fast, exceed 20 times per minute');
		const { msgtype, text, markdown } = body as {
			msgtype: string;
			text?: { content?: string };
			markdown?: { title?: string; text?: string };
		};
		if (msgtype === 'text' ? !text?.content : !(msgtype === 'markdown' && markdown?.title && markdown.text))
			return says(400105, 'unsupported message');
		return says(0, 'ok');
	};
}

/** As open.feishu.cn answers: time and secret are the key, and nothing is signed with it. */
export function feishuRules(token: string, secret: string): Answerer {
	const says = (code: number, msg: string) => ({ body: { code, msg, data: {} } });
	return ({ path, body }) => {
		if (path !== `/open-apis/bot/v2/hook/${token}`) return says(19001, 'param invalid: incoming webhook access token invalid');
		const { timestamp, sign, msg_type, content, card } = body as Record<string, never>;
		const seconds = Number(timestamp);
		const expected = createHmac('sha256', Buffer.from(`${timestamp}\n${secret}`))
			.update(Buffer.alloc(0))
			.digest('base64');
		if (!(Math.abs(Date.now() / 1000 - seconds) <= 3600) || sign !== expected)
			return says(19021, 'sign match fail or timestamp is not within one hour from current time');
		if (!(msg_type === 'text' ? content : msg_type === 'interactive' && card))
			return { status: 400, body: { code: 9499, msg: 'Bad Request' } };
		return { body: { code: 0, msg: 'success', StatusCode: 0, StatusMessage: 'success' } };
	};
}

/** Whether a JSON webhook's signature is right, as its receiver would check it. */
export function isSigned({ headers, raw }: Arrived, secret: string): boolean {
	const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-showroom-signature'])) ?? [];
	if (t === undefined || Math.abs(Date.now() / 1000 - Number(t)) > 300) return false;
	return createHmac('sha256', secret).update(`${t}.`).update(raw).digest('hex') === v1;
}
