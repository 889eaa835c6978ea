import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Answer } from './outcome.js';

const TIMEOUT_MS = 10_000;
/** Robots answer in a line; whatever is longer is not read on. */
const LONGEST_ANSWER = 16 * 1024;
const LONGEST_WAIT_MS = 10 * 60_000;

export interface Post {
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/**
 * Sends JSON and answers what came back within 10 s, the whole of it: redirects are not followed, and certificates are checked. Never throws;
 * what it says holds nothing of the address but Node's error code.
 *
 * @param signal ends it at once
 */
export function post({ url, headers, body }: Post, signal: AbortSignal): Promise<Answer> {
	const timeout = AbortSignal.timeout(TIMEOUT_MS);
	return new Promise((resolve) => {
		const failed = (error: NodeJS.ErrnoException) => resolve(timeout.aborted ? late : noAnswer(error));
		const send = url.startsWith('https:') ? httpsRequest : httpRequest;
		const request = send(url, {
			method: 'POST',
			headers: { ...headers, 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) },
			// A connection each: one that was kept may have died unseen, and robots get 20 messages a minute at most.
			agent: false,
			signal: AbortSignal.any([timeout, signal]),
		});
		request.on('error', failed);
		request.on('response', (response) => {
			const chunks: Buffer[] = [];
			let length = 0;
			const end = () =>
				resolve({
					kind: 'answer',
					status: response.statusCode ?? 0,
					body: Buffer.concat(chunks).toString('utf8'),
					retryAfterMs: waitOf(response.headers['retry-after']),
				});
			response.on('error', failed);
			response.on('end', end);
			response.on('data', (chunk: Buffer) => {
				chunks.push(chunk);
				length += chunk.length;
				if (length < LONGEST_ANSWER) return;
				end();
				response.destroy();
			});
		});
		request.end(body);
	});
}

const late: Answer = { kind: 'none', code: 'timeout', detail: '' };

function noAnswer({ code = '' }: NodeJS.ErrnoException): Answer {
	// Node names what is wrong with a certificate in words of its own, without the prefix that system errors have.
	const certificate = /CERT|^ERR_TLS|^ERR_SSL|SELF_SIGNED|UNABLE_TO_VERIFY|^EPROTO$/.test(code);
	return { kind: 'none', code: certificate ? 'certificate' : 'unreachable', detail: code };
}

function waitOf(header: string | undefined): number | null {
	const seconds = Number(header);
	return header === undefined || !Number.isFinite(seconds) ? null : Math.min(Math.max(0, seconds * 1000), LONGEST_WAIT_MS);
}
