import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { type Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface Answer {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly cookies: readonly string[];
	// biome-ignore lint/suspicious/noExplicitAny: what came is what the test looks at
	readonly body: any;
	readonly code: string | undefined;
}

/** A browser as far as the server sees one: keeps cookies, sends the console's header. */
export class Browser {
	readonly jar = new Map<string, string>();
	readonly #url: string;
	readonly #agent: HttpsAgent | undefined;

	constructor(url: string, agent?: HttpsAgent) {
		this.#url = url;
		this.#agent = agent;
	}

	get cookie(): string {
		return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
	}

	get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
		return this.send('GET', path, undefined, headers);
	}

	post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> {
		return this.send('POST', path, body, { 'x-showroom': '1', ...headers });
	}

	/** With exactly these headers and the cookies. */
	send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
		const url = new URL(path, this.#url);
		const text = body === undefined ? '' : JSON.stringify(body);
		const all = {
			...(this.jar.size > 0 ? { cookie: this.cookie } : {}),
			...(text === '' ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }),
			...headers,
		};
		return new Promise((resolve, reject) => {
			const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
			const sent = request(url, { method, headers: all, ...(this.#agent ? { agent: this.#agent } : {}) }, (answer) => {
				const parts: Buffer[] = [];
				answer.on('data', (part: Buffer) => parts.push(part));
				answer.on('end', () => {
					const cookies = answer.headers['set-cookie'] ?? [];
					for (const cookie of cookies) {
						const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
						if (/max-age=0/i.test(cookie)) this.jar.delete(name);
						else this.jar.set(name, value);
					}
					const raw = Buffer.concat(parts).toString();
					const json = /json/.test(answer.headers['content-type'] ?? '') ? JSON.parse(raw) : raw;
					resolve({ status: answer.statusCode ?? 0, headers: answer.headers, cookies, body: json, code: json?.code });
				});
			});
			sent.on('error', reject);
			sent.end(text);
		});
	}
}
