import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { StatusCode } from 'hono/utils/http-status';
import type { Instant } from '../../contract/vocabulary.js';
import type { Principal } from '../../people/principal.js';
import { ApiError } from '../api-error.js';
import type { HttpEnv } from '../principal.js';
import { routeOf } from '../route-of.js';
import type { AnswerMemory } from './answer-memory.js';
import { keepsAnswers } from './kept-routes.js';

/**
 * Answers a write that comes again with its Idempotency-Key as it was answered before (draft-ietf-httpapi-idempotency-key-header). Stands
 * behind the guard, which asks each time whether the sender still may, and behind the limit of bodies.
 */
export function idempotency(memory: AnswerMemory, now: () => Instant): MiddlewareHandler<HttpEnv> {
	return async (c, next) => {
		const header = c.req.header('idempotency-key');
		if (header === undefined || !keepsAnswers(routeOf(c))) return next();
		const key = keyOf(header);
		if (key === null) throw new ApiError('bad-key');
		const hash = createHash('sha256').update(`${c.req.method} ${new URL(c.req.url).pathname}${new URL(c.req.url).search}\n`);
		const request = hash.update(new Uint8Array(await c.req.arrayBuffer())).digest('base64');
		const verdict = memory.begin(`${senderOf(c.get('principal'))} ${key}`, request, now().mono);
		if (verdict.do === 'refuse') throw new ApiError(verdict.because);
		if (verdict.do === 'replay') {
			const { status, contentType, body } = verdict.answer;
			c.header('idempotent-replayed', 'true');
			if (contentType !== null) c.header('content-type', contentType);
			c.status(status as StatusCode);
			return body.byteLength === 0 ? c.body(null) : c.body(body);
		}
		try {
			await next();
			const { status, headers } = c.res;
			if (status >= 500 || headers.has('set-cookie')) return;
			const body = new Uint8Array(await c.res.clone().arrayBuffer());
			memory.keep(verdict.ticket, { status, contentType: headers.get('content-type'), body }, now().mono);
		} finally {
			memory.drop(verdict.ticket);
		}
	};
}

/** The key that a header holds, in the quotation marks of the draft or without; null: none that we take. */
function keyOf(header: string): string | null {
	const key = /^"(.*)"$/.exec(header)?.[1] ?? header;
	return /^[\x21-\x7e]{1,255}$/.test(key) ? key : null;
}

function senderOf(principal: Principal): string {
	switch (principal.kind) {
		case 'nobody':
			return 'nobody';
		case 'staff':
			return `staff:${principal.staff}`;
		case 'device':
			return `device:${principal.device}`;
		case 'token':
			return `token:${principal.token}`;
	}
}
