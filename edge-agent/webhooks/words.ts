import type { EventBody } from '../contract/events.js';
import type { CameraReason, CloseReason, Language, Purpose, VisitResult } from '../contract/vocabulary.js';
import type { WebhookProblem } from '../contract/webhooks.js';
import { en } from './words.en.js';
import { zh } from './words.zh.js';

type Said = (text: string) => string;
type SaidOf = (first: string, second: string) => string;
export type Summary = EventBody<'summary.made'>;
type Figure = Exclude<keyof Summary, 'day' | 'guestsExpected' | 'guestsArrived' | 'greetMs' | 'dwellMs'> | 'guests' | 'greet' | 'dwell';

/** Everything that a message says. `who` is a visitor, `staff` one or several members of staff. */
export interface Words {
	readonly visitor: string;
	readonly party: (who: string, persons: number) => string;
	readonly nobody: string;
	/** Between the members of a list. */
	readonly and: string;
	readonly colon: string;
	readonly brackets: Said;
	readonly seconds: (count: number) => string;
	readonly minutes: (count: number) => string;
	readonly purpose: Readonly<Record<Purpose, string>>;
	readonly closed: Readonly<Record<CloseReason, string>>;
	readonly result: Readonly<Record<VisitResult, string>>;
	readonly camera: Readonly<Record<CameraReason, string>>;

	readonly came: Said;
	readonly known: Said;
	readonly handOver: SaidOf;
	readonly escalated: Said;
	readonly overdue: Said;
	readonly acknowledged: SaidOf;
	readonly greeted: SaidOf;
	readonly alertClosed: SaidOf;
	readonly left: SaidOf;
	readonly outcome: SaidOf;
	readonly checkedIn: Said;
	readonly expected: SaidOf;
	readonly guestCame: Said;
	readonly cameraFailed: (name: string, why: string | null) => string;
	readonly summary: Said;
	readonly test: string;

	readonly reason: Said;
	readonly asksFor: Said;
	readonly receive: Said;
	readonly told: Said;
	readonly since: Said;
	readonly waited: Said;
	readonly afterWait: Said;
	readonly stayed: Said;
	readonly quiet: string;
	/** How an alert stands, when its message comes late. */
	readonly now: { readonly acknowledged: Said; readonly greeted: Said; readonly closed: string };
	readonly grade: Said;
	readonly several: (count: number) => string;
	readonly more: (count: number) => string;
	readonly figures: Readonly<Record<Figure, string>>;
	readonly problem: Readonly<Record<WebhookProblem, string>>;
}

const words: Readonly<Record<Language, Words>> = { zh, en };

export function wordsOf(language: Language): Words {
	return words[language];
}
