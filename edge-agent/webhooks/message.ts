import type { LoggedEvent } from '../contract/events.js';
import type { Words } from './words.js';

/** A message to a group, before it takes a robot's form. */
export interface Tell {
	readonly headline: string;
	readonly lines: readonly string[];
	/** A short table instead of lines. */
	readonly figures: readonly (readonly [label: string, value: string])[];
	/** Members of staff to be @-mentioned, by id. */
	readonly mentions: readonly string[];
}

export function say(headline: string, lines: readonly (string | null)[] = [], mentions: readonly string[] = []): Tell {
	return { headline, lines: lines.filter((line) => line !== null), figures: [], mentions };
}

/** Whether this concerns visitors who wait: it may be joined with others, and is soon too old. */
export function isAlert({ type }: Pick<LoggedEvent, 'type'>): boolean {
	return type.startsWith('alert.');
}

/** Alerts that one message names; the others are counted. */
const NAMED = 8;

/** Several alerts in one message, for a robot that may not say more: a line each, and how many more there are. Everybody told is mentioned. */
export function joined(tells: readonly Tell[], words: Pick<Words, 'and' | 'brackets' | 'more' | 'several'>): Tell {
	const [only] = tells;
	if (only && tells.length === 1) return only;
	const lines = tells
		.slice(0, NAMED)
		.map(({ headline, lines }) => headline + (lines.length > 0 ? words.brackets(lines.join(words.and)) : ''));
	const rest = tells.length - NAMED;
	return say(
		words.several(tells.length),
		[...lines, rest > 0 ? words.more(rest) : null],
		[...new Set(tells.flatMap(({ mentions }) => mentions))],
	);
}
