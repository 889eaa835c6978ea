import { request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { io, type Socket } from 'socket.io-client';
import type { DeskClientMessages, DeskServerMessages } from '../../../edge-agent/contract/sockets.js';
import type { Piece } from './secret-search.js';

export interface Answer {
	readonly status: number;
	// biome-ignore lint/suspicious/noExplicitAny: what came is what the test looks at
	readonly body: any;
}

export interface Asked {
	readonly json?: unknown;
	/** Instead of `json`: the body as it is. */
	readonly raw?: Uint8Array | string;
	readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody at a browser, a device or a program, as far as the agent sees them. Whatever they get is kept. */
export class Caller {
	readonly name: string;
	readonly url: string;
	/** A program's token. */
	bearer: string | null = null;
	readonly #cookies = new Map<string, string>();
	readonly #keep: (piece: Piece) => void;
	readonly #ca: string | undefined;
	readonly #agent: Agent | undefined;

	/** @param keep gets the head, each cookie and the body of every answer, and every packet of the sockets */
	constructor(name: string, url: string, keep: (piece: Piece) => void, ca?: string) {
		this.name = name;
		this.url = url;
		this.#keep = keep;
		this.#ca = ca;
		// A request may name another host on purpose.
		this.#agent = ca === undefined ? undefined : new Agent({ ca, keepAlive: true, checkServerIdentity: () => undefined });
	}

	get #known(): Record<string, string> {
		if (this.bearer !== null) return { authorization: `Bearer ${this.bearer}` };
		return this.#cookies.size === 0 ? {} : { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
	}

	async send(method: string, path: string, { json, raw, headers = {} }: Asked = {}): Promise<Answer> {
		const url = new URL(path, this.url);
		const body = Buffer.from(raw ?? (json === undefined ? '' : JSON.stringify(json)));
		const type = json === undefined ? {} : { 'content-type': 'application/json' };
		const all = { ...this.#known, 'x-showroom': '1', 'accept-language': 'en', ...type, 'content-length': `${body.length}`, ...headers };
		const answer = await new Promise<IncomingMessage>((resolve, reject) => {
			const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
			request(url, { method, headers: all, ...(this.#agent && { agent: this.#agent }) }, resolve)
				.on('error', (cause) => reject(new Error(`${method} ${path} by ${this.name}: ${cause.message}`, { cause })))
				.end(body);
		});
		const parts: Buffer[] = [];
		for await (const part of answer) parts.push(part);
		const bytes = Buffer.concat(parts);
		this.#take(answer, `${method} ${url.pathname} ${answer.statusCode} to ${this.name}`, bytes);
		const isJson = /json/.test(answer.headers['content-type'] ?? '');
		return { status: answer.statusCode ?? 0, body: isJson ? JSON.parse(bytes.toString()) : bytes.toString() };
	}

	#take(answer: IncomingMessage, what: string, body: Buffer): void {
		const cookies = answer.headers['set-cookie'] ?? [];
		const head = Object.entries(answer.headersDistinct).filter(([name]) => name !== 'set-cookie');
		this.#keep({ place: `head of ${what}`, bytes: Buffer.from(`${answer.statusMessage}\n${JSON.stringify(head)}`) });
		this.#keep({ place: `body of ${what}`, bytes: body });
		for (const cookie of cookies) {
			this.#keep({ place: `cookie of ${what}`, bytes: Buffer.from(cookie) });
			const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
			if (value === '') this.#cookies.delete(name);
			else this.#cookies.set(name, value);
		}
	}

	/** A screen at the desk: confirms what it is shown, and watches a camera. */
	screen(watched: string | null): Socket<DeskServerMessages, DeskClientMessages> {
		const place = `socket of ${this.name}`;
		const socket: Socket<DeskServerMessages, DeskClientMessages> = io(new URL('desk', this.url).href, {
			...{ transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders: this.#known },
			...{ auth: { device: `screen-of-${this.name.replaceAll(' ', '-')}`, after: 0 }, ...(this.#ca && { ca: this.#ca }) },
		});
		socket.io.on('open', () => {
			socket.io.engine.on('packet', ({ data }: { data?: unknown }) => {
				if (typeof data === 'string') this.#keep({ place, bytes: Buffer.from(data) });
				else if (data instanceof Uint8Array) this.#keep({ place, bytes: data });
				else if (data instanceof ArrayBuffer) this.#keep({ place, bytes: new Uint8Array(data) });
			});
		});
		socket.on('connect', () => watched !== null && socket.emit('watch', watched));
		socket.on('alert', (_delivery, received) => received());
		return socket;
	}

	close(): void {
		this.#agent?.destroy();
	}
}
