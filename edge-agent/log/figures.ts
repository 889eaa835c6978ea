import type { ConsultantFigures, Figures, Part, Spread } from '../contract/figures.api.js';
import { type FiguresRow, grouped, owesOutcome, type Party, partiesOf } from './parties.js';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
/** Upper ends of the histograms' columns, ms. */
const GREET_UP_TO = [15, 30, 45, 60, 90, 120, 300].map((seconds) => seconds * SECOND_MS);
const DWELL_UP_TO = [5, 15, 30, 60, 120, 240].map((minutes) => minutes * MINUTE_MS);

export interface FiguresInput {
	/** Unix ms. */
	readonly from: number;
	readonly to: number;
	readonly targetMs: number;
	/** The visits opened in [from, to) that count, in the order of opening. */
	readonly rows: readonly FiguresRow[];
	readonly guests: { readonly expected: number; readonly arrived: number };
}

/** What managers count. Hours and weekdays are local. */
export function figuresOf({ from, to, targetMs, rows, guests }: FiguresInput): Figures {
	const parties = partiesOf(rows);
	const count = (is: (party: Party) => boolean) => parties.reduce((sum, party) => sum + (is(party) ? 1 : 0), 0);
	const visits = parties.length;
	const known = count((party) => party.known);
	const repeat = count((party) => party.repeat);
	const received = count((party) => party.received);
	const leftUnreceived = count(leftUnreceivedBy);
	const leftAsWished = count((party) => !party.received && party.left !== null && party.quiet);
	const receivedWithinTarget = count(({ greetMs }) => greetMs !== null && greetMs <= targetMs);
	const sales = parties.filter((party) => party.sales);
	const [contacts, testDrives, orders] = [tally(sales, 'contact'), tally(sales, 'testDrive'), tally(sales, 'order')];
	return {
		...{ from, to, targetMs, visits, known, repeat, first: known - repeat },
		persons: parties.reduce((sum, { persons }) => sum + persons, 0),
		...{ received, leftUnreceived, leftAsWished, waiting: visits - received - leftUnreceived - leftAsWished, receivedWithinTarget },
		escalated: count((party) => party.escalated),
		...{ sales: sales.length, contacts, testDrives, quotes: tally(sales, 'quote'), orders },
		openOutcomes: rows.filter(owesOutcome).length,
		...{ guestsExpected: guests.expected, guestsArrived: guests.arrived },
		rates: {
			...{ withinTarget: rate(receivedWithinTarget, visits), repeat: rate(repeat, known) },
			...{ contacts: rate(contacts, sales.length), testDrives: rate(testDrives, sales.length), orders: rate(orders, sales.length) },
		},
		greetMs: spread(
			parties.map(({ greetMs }) => greetMs).filter((ms) => ms !== null),
			GREET_UP_TO,
		),
		dwellMs: spread(
			parties.map(({ left, openedAt }) => left && left.at - openedAt).filter((ms) => ms !== null),
			DWELL_UP_TO,
		),
		byHour: columns(24, parties, (date) => date.getHours()),
		byWeekday: columns(7, parties, (date) => (date.getDay() + 6) % 7),
		byPurpose: partsOf(parties, ({ purpose }) => [purpose]),
		byChannel: partsOf(parties, ({ channel }) => [channel]),
		byModel: partsOf(parties, ({ models }) => models),
		byConsultant: consultants(parties, rows),
	};
}

/** Nobody was with them, and it was not their wish. */
export function leftUnreceivedBy(party: Party): party is Party & { readonly left: NonNullable<Party['left']> } {
	return !party.received && party.left !== null && !party.quiet;
}

/** The value below or at which this share of the sorted values lies; 0 of none. */
function percentile(sorted: readonly number[], share: number): number {
	return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

function spread(values: readonly number[], upTo: readonly number[]): Spread | null {
	if (values.length === 0) return null;
	const sorted = values.toSorted((a, b) => a - b);
	const histogram = [...upTo, null].map((upToMs) => ({ upToMs, visits: 0 }));
	for (const value of sorted) {
		const column = histogram.find(({ upToMs }) => upToMs === null || value <= upToMs);
		if (column) column.visits += 1;
	}
	return { p50: percentile(sorted, 0.5), p95: percentile(sorted, 0.95), histogram };
}

function columns(length: number, parties: readonly Party[], columnOf: (date: Date) => number): number[] {
	const counts = Array.from({ length }, () => 0);
	for (const { openedAt } of parties) {
		const column = columnOf(new Date(openedAt));
		counts[column] = (counts[column] ?? 0) + 1;
	}
	return counts;
}

function partsOf<T>(parties: readonly Party[], keysOf: (party: Party) => readonly T[]): Part<T>[] {
	return [...grouped(parties, keysOf)]
		.map(([of, group]) => ({
			...{ of, visits: group.length, contacts: tally(group, 'contact') },
			...{ testDrives: tally(group, 'testDrive'), orders: tally(group, 'order') },
		}))
		.toSorted((a, b) => b.visits - a.visits || String(a.of).localeCompare(String(b.of)));
}

function consultants(parties: readonly Party[], rows: readonly FiguresRow[]): ConsultantFigures[] {
	const looksAfter = grouped(parties, ({ receivedBy }) => [receivedBy]);
	const greeted = grouped(parties, ({ greetedBy }) => [greetedBy]);
	const owing = grouped(rows.filter(owesOutcome), ({ receivedBy }) => [receivedBy]);
	const staff = new Set([...looksAfter.keys(), ...greeted.keys(), ...owing.keys()].filter((id) => id !== null));
	return [...staff]
		.map((id) => {
			const theirs = looksAfter.get(id) ?? [];
			const waits = (greeted.get(id) ?? [])
				.map(({ greetMs }) => greetMs)
				.filter((ms) => ms !== null)
				.toSorted((a, b) => a - b);
			return {
				...{ staff: id, received: theirs.length, greetP50Ms: waits.length > 0 ? percentile(waits, 0.5) : null },
				...{ testDrives: tally(theirs, 'testDrive'), orders: tally(theirs, 'order'), openOutcomes: owing.get(id)?.length ?? 0 },
			};
		})
		.toSorted((a, b) => b.received - a.received || a.staff.localeCompare(b.staff));
}

function tally(parties: readonly Party[], flag: 'contact' | 'testDrive' | 'quote' | 'order'): number {
	return parties.reduce((sum, party) => sum + (party[flag] ? 1 : 0), 0);
}

function rate(part: number, whole: number): number | null {
	return whole === 0 ? null : part / whole;
}
