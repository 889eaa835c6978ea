import type { Channel, CloseReason, Language, Purpose } from '../../contract/vocabulary.js';
import { en } from './words.en.js';
import { zh } from './words.zh.js';

/** Everything that the printed page says. */
export interface PageWords {
	/** The page's `lang`. */
	readonly tag: string;
	readonly title: string;
	/** What the link to the other language says. */
	readonly other: string;
	readonly and: string;
	readonly made: (clock: string) => string;
	readonly printed: (when: string) => string;
	readonly atClosing: (figures: { readonly visits: number; readonly received: number; readonly openOutcomes: number }) => string;
	readonly seconds: (count: number) => string;
	readonly minutes: (count: number) => string;
	readonly tiles: Readonly<Record<Tile, string>>;
	readonly persons: (count: number) => string;
	readonly of: (part: number, whole: number) => string;
	readonly withinTarget: (seconds: number) => string;
	readonly stillWaiting: (count: number) => string;
	readonly asWished: (count: number) => string;
	readonly escalated: (count: number) => string;
	readonly within95: (time: string) => string;
	readonly quotes: (count: number) => string;
	readonly charts: { readonly arrivals: string; readonly waits: string; readonly noWaits: string };
	readonly consultants: { readonly title: string; readonly columns: readonly [string, string, string, string, string, string] };
	readonly parts: {
		readonly purpose: string;
		readonly channel: string;
		readonly model: string;
		/** Besides what the rows are of. */
		readonly columns: readonly [string, string, string, string];
		readonly unknown: string;
	};
	readonly unreceived: {
		readonly title: string;
		readonly columns: readonly [string, string, string, string, string, string];
		readonly none: string;
	};
	readonly openOutcomes: { readonly title: string; readonly columns: readonly [string, string, string]; readonly none: string };
	readonly knownCustomer: string;
	readonly unknownVisitor: string;
	readonly nobody: string;
	readonly purpose: Readonly<Record<Purpose, string>>;
	readonly channel: Readonly<Record<Channel, string>>;
	readonly closed: Readonly<Partial<Record<CloseReason, string>>>;
	/** How each figure is counted, for whoever argues. */
	readonly notes: (targetSeconds: number) => readonly string[];
}

type Tile =
	| 'visits'
	| 'received'
	| 'withinTarget'
	| 'unreceived'
	| 'openOutcomes'
	| 'repeat'
	| 'contacts'
	| 'testDrives'
	| 'orders'
	| 'greet'
	| 'dwell'
	| 'guests';

const words: Readonly<Record<Language, PageWords>> = { zh, en };

export function pageWords(language: Language): PageWords {
	return words[language];
}
