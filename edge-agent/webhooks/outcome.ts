import type { EventBody } from '../contract/events.js';
import type { WebhookProblem } from '../contract/webhooks.js';

/** Why something has not been delivered. `detail` is what the other side or the network said, without the address and the secret. */
export interface Problem {
	readonly code: WebhookProblem;
	readonly detail: string;
}

/** What became of one try. `afterMs`: the other side says how long to wait; null: it does not. */
export type Outcome =
	| { readonly kind: 'delivered' }
	| { readonly kind: 'again'; readonly problem: Problem; readonly afterMs: number | null }
	| { readonly kind: 'give-up'; readonly reason: EventBody<'webhook.gave-up'>['reason']; readonly problem: Problem };

/** What came back over HTTP, if anything did. `retryAfterMs`: the header of that name. */
export type Answer =
	| { readonly kind: 'answer'; readonly status: number; readonly body: string; readonly retryAfterMs: number | null }
	| { readonly kind: 'none'; readonly code: 'timeout' | 'unreachable' | 'certificate'; readonly detail: string };

export const delivered: Outcome = { kind: 'delivered' };

export function again(code: WebhookProblem, detail: string, afterMs: number | null = null): Outcome {
	return { kind: 'again', problem: { code, detail }, afterMs };
}

export function giveUp(code: 'refused' | 'bad-signature' | 'not-found' | 'redirected', detail: string): Outcome {
	return { kind: 'give-up', reason: code === 'redirected' ? 'refused' : code, problem: { code, detail } };
}

/** What an HTTP status means by itself. Redirects are refused: where they lead to was agreed with nobody. */
export function byStatus({ status, retryAfterMs }: Extract<Answer, { kind: 'answer' }>): Outcome {
	const detail = `HTTP ${status}`;
	if (status >= 200 && status < 300) return delivered;
	if (status === 429) return again('rate-limited', detail, retryAfterMs);
	if (status >= 500 || status === 408 || status === 425) return again('failed', detail, retryAfterMs);
	if (status >= 300 && status < 400) return giveUp('redirected', detail);
	if (status === 401) return giveUp('bad-signature', detail);
	if (status === 404 || status === 410) return giveUp('not-found', detail);
	return giveUp('refused', detail);
}
