import type { StaffView, VisitView } from '../contract/api.js';
import type { VisitPlace } from './visit-rows.store.js';

export type ExportFormat = 'csv' | 'jsonl';

/** Where the visits come from: the reader itself, or its thread. */
export interface VisitPages {
	visitPage(after: VisitPlace, to: number): PageOfVisits | Promise<PageOfVisits>;
	staff(): readonly StaffView[] | Promise<readonly StaffView[]>;
}

interface PageOfVisits {
	readonly visits: readonly VisitView[];
	readonly next: VisitPlace | null;
}

type Column = readonly [title: string, value: (visit: VisitView, staffName: (id: string | null) => string) => string];

const columns: readonly Column[] = [
	['visit', (visit) => visit.id],
	['opened', (visit) => localTime(visit.openedAt)],
	['entrance', (visit) => visit.entrance ?? ''],
	['source', (visit) => visit.source],
	['customer', (visit) => visit.customer?.name ?? ''],
	['checked in as', (visit) => visit.checkin?.name ?? ''],
	['telephone', (visit) => visit.checkin?.telephone ?? ''],
	['model', (visit) => visit.checkin?.model ?? ''],
	['purpose', (visit) => visit.purpose ?? ''],
	['host', (visit, staffName) => staffName(visit.host)],
	['greeted', (visit) => localTime(visit.greetedAt)],
	['greeted by', (visit, staffName) => staffName(visit.greetedBy)],
	['waited seconds', (visit) => (visit.greetedAt === null ? '' : String(Math.round((visit.greetedAt - visit.openedAt) / 1000)))],
	['stepped out', (visit) => localTime(visit.steppedOutAt)],
	['closed', (visit) => localTime(visit.closedAt)],
	['close reason', (visit) => visit.closeReason ?? ''],
	['received by', (visit, staffName) => staffName(visit.receivedBy)],
	['minutes here', (visit) => String(minutesHere(visit) ?? '')],
	['first or repeat', ({ repeat }) => (repeat === null ? '' : repeat ? 'repeat' : 'first')],
	['channel', ({ record }) => record.channel ?? ''],
	['people', ({ record }) => String(record.partySize)],
	['models', ({ record }) => record.models.join('; ')],
	['rivals', ({ record }) => record.rivals.join('; ')],
	['grade', ({ record }) => record.grade ?? ''],
	['result', ({ record }) => record.result ?? ''],
	['test drive', ({ record }) => yes(record.testDrive)],
	['quote', ({ record }) => yes(record.quote)],
	['contact left', ({ record }) => yes(record.contactLeft)],
	['merged into', (visit) => visit.mergedInto ?? ''],
];

const yes = (value: boolean) => (value ? 'yes' : '');

/** A visit closes some time after its visitor has gone: when they may no longer come back, or nobody has seen them for long. */
function minutesHere({ openedAt, steppedOutAt, lastSeenAt, closedAt, closeReason }: VisitView): number | null {
	if (closedAt === null) return null;
	const gone = steppedOutAt ?? (closeReason === 'left' ? closedAt : lastSeenAt);
	return Math.round(Math.max(0, gone - openedAt) / 60_000);
}

/**
 * Visits opened in [from, to) (Unix ms), oldest first, as a text in pieces. csv: for Excel, with a byte order mark, local times
 * and names of staff; jsonl: a VisitView a line.
 */
export async function* exportVisits(source: VisitPages, from: number, to: number, format: ExportFormat): AsyncGenerator<string> {
	const names = new Map((await source.staff()).map(({ id, name }) => [id, name]));
	const staffName = (id: string | null) => (id === null ? '' : (names.get(id) ?? id));
	// The byte order mark makes Excel read UTF-8.
	if (format === 'csv') yield `\uFEFF${csvLine(columns.map(([title]) => title))}`;
	let place: VisitPlace | null = { openedAt: from, openedSeq: 0 };
	while (place) {
		const page: PageOfVisits = await source.visitPage(place, to);
		const line = (visit: VisitView) =>
			format === 'csv' ? csvLine(columns.map(([, value]) => value(visit, staffName))) : `${JSON.stringify(visit)}\n`;
		yield page.visits.map(line).join('');
		place = page.next;
	}
}

/** One line of RFC 4180 CSV, every cell quoted. */
export function csvLine(cells: readonly string[]): string {
	return `${cells.map((cell) => `"${harmless(cell).replaceAll('"', '""')}"`).join(',')}\r\n`;
}

/**
 * A spreadsheet takes a cell that begins like a formula for one, quoted or not; a visitor can type such a name. An apostrophe
 * before it makes it text (OWASP, "CSV Injection"; the full-width signs are what a Chinese keyboard types).
 */
function harmless(cell: string): string {
	return /^[\s\p{C}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u.test(cell) ? `'${cell}` : cell;
}

/** `2026-03-01 09:05:00` by the machine's time zone; empty for null. */
export function localTime(ms: number | null): string {
	if (ms === null) return '';
	const time = new Date(ms);
	const two = (value: number) => String(value).padStart(2, '0');
	const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
	return `${date} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')}`;
}
