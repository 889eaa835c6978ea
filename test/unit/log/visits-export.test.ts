import { expect, it } from 'vitest';
import type { VisitView } from '../../../edge-agent/contract/api.js';
import { csvLine, exportVisits, localTime } from '../../../edge-agent/log/visits-export.js';

const visit: VisitView = {
	id: 'v1',
	openedAt: Date.UTC(2026, 2, 1, 1, 5),
	entrance: 'main',
	source: 'crossing',
	customer: { id: 'c1', name: '王芳' },
	checkin: { name: '=HYPERLINK("http://x")', telephone: '+8613812345678', model: 'ET5' },
	purpose: 'quote',
	host: 's1',
	steppedOutAt: null,
	greetedAt: Date.UTC(2026, 2, 1, 1, 5, 42),
	greetedBy: 's1',
	closedAt: null,
	closeReason: null,
	receivedBy: 's2',
	party: null,
	repeat: true,
	lastSeenAt: Date.UTC(2026, 2, 1, 1, 50),
	mergedInto: null,
	record: {
		...{ channel: 'referral', partySize: 2, models: ['et5', 'es8'], rivals: ['Model Y'], grade: 'A', result: 'follow-up' },
		...{ testDrive: true, quote: false, contactLeft: true, outcomeAt: Date.UTC(2026, 2, 1, 3), outcomeBy: 's1' },
	},
};
const source = (pages: VisitView[][]) => ({
	staff: () => [
		{ id: 's1', name: '陈静', role: 'consultant' as const, onDuty: true },
		{ id: 's2', name: '李雷', role: 'consultant' as const, onDuty: true },
	],
	visitPage: ({ openedSeq }: { openedSeq: number }) => ({
		visits: pages[openedSeq] ?? [],
		next: openedSeq + 1 < pages.length ? { openedAt: 0, openedSeq: openedSeq + 1 } : null,
	}),
});
async function exported(pages: VisitView[][], format: 'csv' | 'jsonl'): Promise<string> {
	let text = '';
	for await (const piece of exportVisits(source(pages), 0, 9e15, format)) text += piece;
	return text;
}

it('writes a table that Excel reads: byte order mark, names, local times, waits', async () => {
	const [head, line, ...rest] = (await exported([[visit]], 'csv')).split('\r\n');
	expect(head?.startsWith('\uFEFF"visit","opened"')).toBe(true);
	expect(line).toBe(
		[
			'v1',
			localTime(visit.openedAt),
			'main',
			'crossing',
			'王芳',
			`'=HYPERLINK(""http://x"")`,
			`'+8613812345678`,
			'ET5',
			'quote',
			'陈静',
			localTime(visit.greetedAt),
			'陈静',
			'42',
			...['', '', ''],
			...['李雷', '', 'repeat', 'referral', '2', 'et5; es8', 'Model Y', 'A', 'follow-up', 'yes', '', 'yes', ''],
		]
			.map((cell) => `"${cell}"`)
			.join(','),
	);
	expect(rest).toEqual(['']);
});

it.each<[string, Partial<VisitView>, string]>([
	['until they went out over the line', { steppedOutAt: visit.openedAt + 600_000, closeReason: 'left' }, '10'],
	['until somebody said that they had left', { closeReason: 'left' }, '60'],
	['until they were last seen', { closeReason: 'absent' }, '45'],
])('counts how long somebody was here %s', async (_, how, minutes) => {
	const over = { ...visit, closedAt: visit.openedAt + 3_600_000, ...how };
	const [head = '', line = ''] = (await exported([[over]], 'csv')).slice(1).split('\r\n');
	const column = head.split(',').indexOf('"minutes here"');
	expect(line.slice(1, -1).split('","')[column]).toBe(minutes);
});

it('writes a view a line as JSON', async () => {
	const lines = (await exported([[visit], [{ ...visit, id: 'v2' }]], 'jsonl')).trimEnd().split('\n');
	expect(lines.map((line) => JSON.parse(line))).toEqual([visit, { ...visit, id: 'v2' }]);
});

it('goes through every page', async () => {
	expect((await exported([[visit], [visit], [visit]], 'csv')).trimEnd().split('\r\n')).toHaveLength(4);
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\u200b=1', '＝1', '\t1', '\r=1'])('disarms %j', (cell) => {
	expect(csvLine([cell])).toBe(`"'${cell}"\r\n`);
});

it.each(['王芳', '13812345678', 'a=b', '', '3-4', '李，雷'])('leaves %j alone', (cell) => {
	expect(csvLine([cell])).toBe(`"${cell}"\r\n`);
});

it('keeps quotes, commas and line ends inside their cell', () => {
	expect(csvLine(['a"b', 'c,d', 'e\nf'])).toBe('"a""b","c,d","e\nf"\r\n');
});
