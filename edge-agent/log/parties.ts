import type { Channel, CloseReason, Purpose, VisitResult } from '../contract/vocabulary.js';

/** A visit as figures need it. Flags are 0 or 1, times Unix ms. */
export interface FiguresRow {
	readonly id: string;
	readonly party: string | null;
	readonly partySize: number;
	readonly openedAt: number;
	readonly customer: string | null;
	/** The customer has been here before. */
	readonly repeat: number;
	readonly purpose: Purpose | null;
	readonly channel: Channel | null;
	/** Of interest, JSON. */
	readonly models: string;
	readonly greetedAt: number | null;
	readonly greetedBy: string | null;
	readonly receivedBy: string | null;
	readonly steppedOutAt: number | null;
	readonly lastSeenAt: number;
	readonly closedAt: number | null;
	readonly closeReason: CloseReason | null;
	readonly contactLeft: number;
	readonly testDrive: number;
	readonly quote: number;
	readonly result: VisitResult | null;
	readonly outcomeAt: number | null;
	/** Its alert asked nobody to walk up. */
	readonly quiet: number;
	readonly escalated: number;
}

/** Those who came in together: what figures count as one visit (批次). */
export interface Party {
	/** The first one's visit. */
	readonly visit: string;
	readonly openedAt: number;
	readonly persons: number;
	readonly known: boolean;
	readonly repeat: boolean;
	readonly purpose: Purpose | null;
	readonly channel: Channel | null;
	readonly models: readonly string[];
	/** Whoever looks after them; null: nobody. */
	readonly receivedBy: string | null;
	/** Somebody was with them, whoever that was. */
	readonly received: boolean;
	/** From the first one's coming in to the first greeting; null: nobody greeted them. */
	readonly greetMs: number | null;
	readonly greetedBy: string | null;
	/** When the last of them had left, and what is known of that; null: somebody is still here. */
	readonly left: { readonly at: number; readonly reason: CloseReason } | null;
	readonly quiet: boolean;
	readonly escalated: boolean;
	readonly sales: boolean;
	readonly contact: boolean;
	readonly testDrive: boolean;
	readonly quote: boolean;
	readonly order: boolean;
}

/** Purposes that have nothing to do with buying. */
const noSale: ReadonlySet<Purpose | null> = new Set<Purpose>(['service', 'pick-up', 'complaint']);

/** The parties of these visits, in the order of coming. @param rows in the order of opening */
export function partiesOf(rows: readonly FiguresRow[]): Party[] {
	return [...grouped(rows, ({ id, party }) => [party ?? id]).values()].map(partyOf);
}

/** Whether somebody who received the visitor still has to say what came of it. */
export function owesOutcome(
	row: FiguresRow,
): row is FiguresRow & { readonly receivedBy: string; readonly closedAt: number; readonly outcomeAt: null } {
	return row.receivedBy !== null && row.closedAt !== null && row.outcomeAt === null;
}

/** By every one of its keys, each value; in the order of coming. */
export function grouped<T, K>(values: readonly T[], keysOf: (value: T) => readonly K[]): Map<K, T[]> {
	const groups = new Map<K, T[]>();
	for (const value of values)
		for (const key of keysOf(value)) {
			const group = groups.get(key);
			if (group) group.push(value);
			else groups.set(key, [value]);
		}
	return groups;
}

/** One pass without copies, which took most of the time: a quarter has 50,000 parties. */
function partyOf(rows: readonly FiguresRow[]): Party {
	const first = rows[0];
	let [openedAt, persons] = [Number.POSITIVE_INFINITY, 0];
	let [known, repeat, received, quiet, escalated] = [false, false, false, false, false];
	let [contact, testDrive, quote, order] = [false, false, false, false];
	let purpose: Purpose | null = null;
	let channel: Channel | null = null;
	let receivedBy: string | null = null;
	let [greetedAt, greetedBy]: [number, string | null] = [Number.POSITIVE_INFINITY, null];
	for (const row of rows) {
		openedAt = Math.min(openedAt, row.openedAt);
		persons += row.partySize;
		known ||= row.customer !== null;
		repeat ||= row.repeat === 1;
		received ||= row.greetedAt !== null || row.receivedBy !== null;
		quiet ||= row.quiet === 1;
		escalated ||= row.escalated === 1;
		contact ||= row.contactLeft === 1;
		testDrive ||= row.testDrive === 1;
		quote ||= row.quote === 1;
		order ||= row.result === 'ordered';
		purpose ??= row.purpose;
		channel ??= row.channel;
		receivedBy ??= row.receivedBy;
		if (row.greetedAt !== null && row.greetedAt < greetedAt) [greetedAt, greetedBy] = [row.greetedAt, row.greetedBy];
	}
	return {
		visit: first?.party ?? first?.id ?? '',
		openedAt,
		persons,
		known,
		repeat,
		purpose,
		channel,
		models: modelsOf(rows),
		receivedBy,
		received,
		greetMs: greetedAt === Number.POSITIVE_INFINITY ? null : Math.max(0, greetedAt - openedAt),
		greetedBy,
		left: leftOf(rows),
		quiet,
		escalated,
		sales: testDrive || quote || order || !noSale.has(purpose),
		contact: known || contact,
		testDrive,
		quote,
		order,
	};
}

function modelsOf(rows: readonly FiguresRow[]): readonly string[] {
	const lists = rows.filter(({ models }) => models !== '[]').map(({ models }) => JSON.parse(models) as string[]);
	return lists.length > 1 ? [...new Set(lists.flat())] : (lists[0] ?? []);
}

/** The last one's leaving. */
function leftOf(rows: readonly FiguresRow[]): Party['left'] {
	let last: Party['left'] = null;
	for (const row of rows) {
		const exit = exitOf(row);
		if (!exit) return null;
		if (!last || exit.at > last.at) last = exit;
	}
	return last;
}

/** A visit closes some time after its visitor has gone: when they may no longer come back, or nobody has seen them for long. */
function exitOf({ closedAt, closeReason, steppedOutAt, lastSeenAt, openedAt }: FiguresRow): Party['left'] {
	if (closedAt === null || closeReason === null) return null;
	const gone = steppedOutAt ?? (closeReason === 'left' ? closedAt : lastSeenAt);
	return { at: Math.max(openedAt, Math.min(gone, closedAt)), reason: closeReason };
}
