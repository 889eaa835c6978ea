import { z } from 'zod';
import type { WebhookConfig } from '../../config/config.schema.js';
import { type Answer, again, byStatus, type Outcome } from '../outcome.js';
import type { Post } from '../post.client.js';

/** A message as every robot gets it. */
export interface RobotMessage {
	readonly headline: string;
	readonly lines: readonly string[];
	readonly figures: readonly (readonly [label: string, value: string])[];
	/** Who is @-mentioned: their account there, and what they are called. */
	readonly mentions: readonly { readonly account: string; readonly name: string }[];
	/** Between a label and its value. */
	readonly colon: string;
}

/** How the group robots of one maker are spoken to. */
export interface Robot {
	/** @param at Unix ms, for the signature */
	compose(message: RobotMessage, webhook: Pick<WebhookConfig, 'url' | 'secret'>, at: number): Post;
	/** What its answer means: its own code counts, since most errors come with HTTP 200. */
	outcome(answer: Extract<Answer, { kind: 'answer' }>): Outcome;
}

const answerSchema = z.looseObject({
	errcode: z.number().int().optional(),
	errmsg: z.string().optional(),
	code: z.number().int().optional(),
	msg: z.string().optional(),
	StatusCode: z.number().int().optional(),
	StatusMessage: z.string().optional(),
	/** Of DingTalk's gateway, which answers without a code: seconds. */
	wait: z.number().nonnegative().optional(),
});

/** The robot's own code and words, or what HTTP says where it answered with none. `judge` is asked about codes other than 0. */
export function robotOutcome(
	answer: Extract<Answer, { kind: 'answer' }>,
	judge: (code: number, detail: string, words: string) => Outcome,
): Outcome {
	const parsed = answerSchema.safeParse(parse(answer.body)).data;
	const code = parsed?.errcode ?? parsed?.code ?? parsed?.StatusCode;
	if (code !== undefined) {
		const words = parsed?.errmsg ?? parsed?.msg ?? parsed?.StatusMessage ?? '';
		return code === 0 ? { kind: 'delivered' } : judge(code, `${code} ${words}`.trim(), words);
	}
	if (parsed?.wait !== undefined) return again('rate-limited', '', parsed.wait * 1000);
	const outcome = byStatus(answer);
	// A page of the network's own, say, that asks somebody to sign in.
	return outcome.kind === 'delivered' ? again('not-understood', `HTTP ${answer.status}`) : outcome;
}

function parse(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return null;
	}
}

export function plainText({ headline, lines, figures, colon }: RobotMessage): string {
	return [headline, ...lines, ...figures.map(([label, value]) => `${label}${colon}${value}`)].join('\n');
}

/** At most so many bytes of UTF-8, whole characters and an ellipsis. */
export function withinBytes(text: string, bytes: number): string {
	if (Buffer.byteLength(text) <= bytes) return text;
	let left = bytes - Buffer.byteLength('…');
	const kept: string[] = [];
	for (const character of text) {
		left -= Buffer.byteLength(character);
		if (left < 0) break;
		kept.push(character);
	}
	return `${kept.join('')}…`;
}
