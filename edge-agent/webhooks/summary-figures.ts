import type { Summary, Words } from './words.js';

/** A day's figures as a short table. */
export function figuresOf(summary: Summary, words: Words): (readonly [string, string])[] {
	const { figures, seconds, minutes } = words;
	const counts = (['visits', 'persons', 'known', 'repeat', 'received', 'withinTarget', 'leftUnreceived', 'escalated'] as const).map(
		(key) => [figures[key], String(summary[key])] as const,
	);
	const outcomes = (['contacts', 'testDrives', 'quotes', 'orders', 'openOutcomes'] as const).map(
		(key) => [figures[key], String(summary[key])] as const,
	);
	const { greetMs, dwellMs, guestsArrived, guestsExpected } = summary;
	const short = (ms: number) => seconds(Math.round(ms / 1000));
	const long = (ms: number) => minutes(Math.round(ms / 60_000));
	return [
		...counts,
		...(greetMs ? [[figures.greet, `${short(greetMs.p50)} / ${short(greetMs.p95)}`] as const] : []),
		...(dwellMs ? [[figures.dwell, `${long(dwellMs.p50)} / ${long(dwellMs.p95)}`] as const] : []),
		...(guestsExpected > 0 ? [[figures.guests, `${guestsArrived} / ${guestsExpected}`] as const] : []),
		...outcomes,
	];
}
