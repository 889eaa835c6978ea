import type { EventDraft } from '../contract/events.js';
import type { Figures } from '../contract/figures.api.js';
import type { Instant } from '../contract/vocabulary.js';

/** A day's summary as an event. Its id is the day's, so that it stands in the log once, whoever was stopped while making it. */
export function summaryMade(day: string, figures: Figures, at: Instant): EventDraft {
	const { visits, persons, known, repeat, received, leftUnreceived, escalated, contacts, testDrives, quotes, orders } = figures;
	const { openOutcomes, guestsExpected, guestsArrived, receivedWithinTarget: withinTarget, greetMs, dwellMs } = figures;
	return {
		...{ id: `summary-${day}`, type: 'summary.made', at, actor: 'system', subject: day, cause: null },
		body: {
			...{ day, visits, persons, known, repeat, received, withinTarget, leftUnreceived, escalated },
			...{ contacts, testDrives, quotes, orders, openOutcomes, guestsExpected, guestsArrived },
			greetMs: greetMs && { p50: greetMs.p50, p95: greetMs.p95 },
			dwellMs: dwellMs && { p50: dwellMs.p50, p95: dwellMs.p95 },
		},
	};
}
