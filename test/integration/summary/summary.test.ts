import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HoursConfig } from '../../../edge-agent/config/config.schema.js';
import type { EventDraft } from '../../../edge-agent/contract/events.js';
import { openShowroomLog, type ShowroomLogClient } from '../../../edge-agent/log/showroom-log.js';
import { dayBounds } from '../../../edge-agent/reception/store-hours.js';
import { SummaryClock } from '../../../edge-agent/summary/summary-clock.js';
import { people } from '../sockets/house.js';
import { afterClosing, at, day, figures, rows, untilClosing } from './day.js';

process.env.TZ = 'Asia/Shanghai';
const hours: HoursConfig[] = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '09:00', to: '18:00' }];

let dataDir: string;
let log: ShowroomLogClient;
let now = at('18:15');
const problems: string[] = [];

beforeEach(async () => {
	dataDir = mkdtempSync(join(tmpdir(), 'showroom-summary-'));
	problems.length = 0;
	now = at('18:15');
	await open();
	await log.append(untilClosing, [...people, ...rows]);
});
afterEach(async () => {
	await log.stop();
	rmSync(dataDir, { recursive: true, force: true });
});

async function open(): Promise<void> {
	log = openShowroomLog({ dataDir, onProblem: (message, error) => problems.push(`${message}: ${String(error)}`) });
	await log.start();
}
const clockOver = (over: Pick<ShowroomLogClient, 'append' | 'read'> = log) =>
	new SummaryClock({
		...{ log: over, queries: log, hours, afterMinutes: 15, targetMs: 60_000 },
		now: () => ({ wall: now, mono: now / 7, boot: 'boot-1' }),
		onProblem: (message, error) => problems.push(`${message}: ${String(error)}`),
	});
/** The days whose summary stands in the log. */
const made = async () => (await log.read(0, 1000)).flatMap((event) => (event.type === 'summary.made' ? [event.body.day] : []));
// The log began a week before: those days are made up for, seven at most.
const week = ['17', '18', '19', '20', '21', '22', '23'].map((date) => `2026-11-${date}`);

describe('the figures of a day counted by hand', () => {
	const span = () => dayBounds(day);

	it('are those of the log', async () => {
		const { from, to } = span();
		const all = await log.figures(from, to, 60_000);
		const { withinTarget, greetMs, dwellMs, ...counts } = figures;
		expect(all).toMatchObject({ ...counts, receivedWithinTarget: withinTarget });
		expect(all).toMatchObject({ first: 2, leftAsWished: 1, waiting: 1, sales: 8, greetMs: greetMs ?? {}, dwellMs: dwellMs ?? {} });
		expect(all.rates).toEqual({ withinTarget: 0.5, repeat: 0.5, contacts: 0.75, testDrives: 0.25, orders: 0.125 });
		expect(all.greetMs?.histogram.map(({ visits }) => visits)).toEqual([2, 2, 0, 1, 1, 1, 0, 0]);
		expect(all.dwellMs?.histogram.map(({ visits }) => visits)).toEqual([1, 0, 2, 4, 1, 0, 0]);
	});

	it('by hour, weekday, purpose, channel, model and consultant', async () => {
		const { from, to } = span();
		const all = await log.figures(from, to, 60_000);
		expect(all.byHour.slice(9, 18)).toEqual([2, 1, 2, 0, 1, 1, 0, 1, 2]);
		expect(all.byWeekday).toEqual([10, 0, 0, 0, 0, 0, 0]);
		const counts = (parts: readonly { readonly of: string | null; readonly visits: number }[]) =>
			Object.fromEntries(parts.map(({ of, visits }) => [String(of), visits]));
		expect(counts(all.byPurpose)).toEqual({ null: 6, 'look-around': 1, service: 1, quote: 1, complaint: 1 });
		expect(counts(all.byChannel)).toEqual({ null: 5, returning: 2, 'walk-in': 1, telephone: 1, invited: 1 });
		expect(all.byModel).toEqual([
			{ of: 'yaoxing-y7', visits: 3, contacts: 3, testDrives: 1, orders: 1 },
			{ of: 'yaoxing-y9', visits: 1, contacts: 1, testDrives: 1, orders: 0 },
		]);
		expect(all.byConsultant).toEqual([
			{ staff: 'anna', received: 4, greetP50Ms: 30_000, testDrives: 2, orders: 0, openOutcomes: 3 },
			{ staff: 'bo', received: 2, greetP50Ms: 20_000, testDrives: 0, orders: 1, openOutcomes: 0 },
			{ staff: 'chen', received: 1, greetP50Ms: 60_000, testDrives: 0, orders: 0, openOutcomes: 0 },
		]);
	});

	it('name who left without anybody, and whose forms are missing', async () => {
		const { from, to } = span();
		const { unreceived, openOutcomes } = await log.looseEnds(from, to);
		expect(unreceived).toEqual([
			{
				...{ visit: 'v8', openedAt: at('11:15'), leftAt: at('11:20'), reason: 'left', persons: 1, purpose: null, known: false },
				told: ['bo', 'ma'],
			},
		]);
		expect(openOutcomes.map(({ staff, visits }) => [staff, visits.map(({ visit }) => visit)])).toEqual([['anna', ['v3', 'v4', 'v5']]]);
	});

	it('of several days add up', async () => {
		const { to } = span();
		const all = await log.figures(at('00:00', '2026-11-16'), to, 60_000);
		expect(all).toMatchObject({ visits: 12, persons: 15, known: 5, repeat: 2 });
	});
});

describe('the summary', () => {
	it('is made after closing, once, and stays as it was', async () => {
		const clock = clockOver();
		now = at('18:14');
		await clock.look();
		const before = ['2026-11-16', ...week.slice(0, -1)];
		expect(await made()).toEqual(before);
		now = at('18:15');
		await clock.look();
		await clock.look();
		expect(await made()).toEqual([...before, day]);
		expect(await log.summary(day)).toEqual({ day, madeAt: now, figures });
		await log.append(afterClosing);
		now = at('19:30');
		await clock.look();
		expect(await made()).toEqual([...before, day]);
		expect(await log.summary(day)).toMatchObject({ madeAt: at('18:15'), figures });
		expect((await log.summaries(2)).map(({ day }) => day)).toEqual([day, '2026-11-22']);
		expect(await log.summary('2026-11-24')).toBeNull();
		expect(problems).toEqual([]);
	});

	it('is made by whoever is started next, when one was stopped before it was written', async () => {
		const failing = { read: log.read.bind(log), append: () => Promise.reject(new Error('power')) };
		const first = clockOver(failing);
		first.start();
		await first.stop();
		expect(problems).toEqual(["a day's summary could not be made: Error: power"]);
		expect(await made()).toEqual([]);
		await log.stop();
		await open();
		const next = clockOver();
		next.start();
		await next.stop();
		expect(await made()).toEqual(week);
	});

	it('is not made again, when one was stopped after it was written', async () => {
		let written = 0;
		const dying = {
			read: log.read.bind(log),
			append: async (drafts: readonly EventDraft[]) => {
				await log.append(drafts);
				written += 1;
				throw new Error('power');
			},
		};
		await clockOver(dying).look();
		expect(written).toBe(1);
		await log.stop();
		await open();
		await clockOver().look();
		expect(await made()).toEqual(week);
	});

	it('is made once by two who both found it missing', async () => {
		await Promise.all([clockOver().look(), clockOver().look()]);
		expect(await made()).toEqual(week);
	});

	it('bears a clock that jumps', async () => {
		const clock = clockOver();
		const looksAt = async (time: number) => {
			now = time;
			await clock.look();
			return (await made()).filter((one) => one >= day);
		};
		expect(await looksAt(at('17:30'))).toEqual([]);
		// An hour ahead, and back again.
		expect(await looksAt(at('18:30'))).toEqual([day]);
		expect(await looksAt(at('17:30'))).toEqual([day]);
		expect(await looksAt(at('18:30'))).toEqual([day]);
		// Ten days behind, and three days ahead.
		expect(await looksAt(at('18:30', '2026-11-13'))).toEqual([day]);
		expect(await looksAt(at('12:00', '2026-11-26'))).toEqual([day, '2026-11-24', '2026-11-25']);
		expect(problems).toEqual([]);
	});

	it('of days before the log began there is none', async () => {
		rmSync(dataDir, { recursive: true, force: true });
		await log.stop();
		await open();
		await log.append([{ ...(untilClosing[0] as EventDraft), at: { wall: at('17:00'), mono: 0, boot: 'boot-1' } }]);
		await clockOver().look();
		expect(await made()).toEqual([day]);
	});
});
