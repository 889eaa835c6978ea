import { z } from 'zod';

/** The events that a webhook can tell. */
export const webhookEventSchema = z.enum([
	...['visit.opened', 'visit.identified', 'visit.greeted', 'visit.closed', 'visit.outcome-recorded'],
	...['alert.opened', 'alert.rerouted', 'alert.escalated', 'alert.overdue', 'alert.acknowledged', 'alert.greeted', 'alert.closed'],
	...['checkin.recorded', 'guest.expected', 'guest.arrived', 'summary.made', 'camera.changed'],
] as const);
export type WebhookEvent = z.infer<typeof webhookEventSchema>;

/** Why a webhook's message has not arrived. `busy`: the robot's maker says so; `failed`: HTTP 5xx; `not-understood`: it answers as no robot does. */
export const webhookProblemSchema = z.enum([
	...['timeout', 'unreachable', 'certificate', 'failed', 'busy', 'rate-limited', 'not-understood'],
	...['refused', 'redirected', 'bad-signature', 'not-found', 'too-old'],
] as const);
export type WebhookProblem = z.infer<typeof webhookProblemSchema>;

/** Of one try: what it is, and in words, in the language of whoever asks. `detail`: what the other side said ('' : nothing). */
export interface WebhookProblemView {
	readonly code: WebhookProblem;
	readonly message: string;
	readonly detail: string;
}

/**
 * GET /api/webhooks: how each of them does. The address is a secret (robots' keys stand in it) and is never answered, only its host. Times are
 * Unix ms, since the agent's start.
 */
export interface WebhookView {
	readonly id: string;
	readonly kind: 'json' | 'wecom' | 'dingtalk' | 'feishu';
	readonly host: string;
	readonly events: readonly WebhookEvent[];
	/** gave-up: the last message was given up, and none has been delivered since. */
	readonly state: 'ok' | 'retrying' | 'gave-up';
	/** Events of the log that it has not come to yet. */
	readonly behind: number;
	readonly lastDeliveredAt: number | null;
	readonly lastProblem: (WebhookProblemView & { readonly at: number }) | null;
}
export interface WebhooksAnswer {
	readonly webhooks: readonly WebhookView[];
}

/** POST /api/webhooks/:id/test: sends a test message now; no body. 404 `no-such-webhook`. */
export interface WebhookTestAnswer {
	readonly delivered: boolean;
	readonly problem: WebhookProblemView | null;
}
