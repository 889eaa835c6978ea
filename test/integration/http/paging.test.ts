import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogAnswer } from '../../../edge-agent/contract/access.api.js';
import type { VisitsAnswer } from '../../../edge-agent/contract/api.js';
import type { EventDraft } from '../../../edge-agent/contract/events.js';
import { type House, openHouse, removeFolder, temporaryFolder, walkIn } from '../sockets/house.js';
import { type Ask, asking, checkIn, problem } from './asking.js';

let dataDir: string;
let house: House;
let manager: Ask;

beforeEach(async () => {
	dataDir = await temporaryFolder();
	house = await openHouse(dataDir);
	manager = asking(house, await house.cookie('ma'));
});
afterEach(async () => {
	await house.close();
	expect(house.problems).toEqual([]);
	await removeFolder(dataDir);
});

const DAY = 86_400_000;
/** Visits opened so many minutes after midnight of day 100, some at the same moment. */
const opened = (minutes: readonly number[], more: (index: number) => { customer?: string; host?: string } = () => ({})): EventDraft[] =>
	minutes.map((minute, index): EventDraft => {
		const visit = `v${minute}-${index}`;
		const { customer = null, host = null } = more(index);
		return {
			...{ id: crypto.randomUUID(), type: 'visit.opened', actor: 'system', subject: visit, cause: null },
			at: { wall: 100 * DAY + minute * 60_000, mono: 0, boot: 'test' },
			body: { visit, source: 'manual', entrance: null, customer, purpose: null, host, face: null, party: null },
		};
	});
const range = `from=${100 * DAY}&to=${101 * DAY}`;
const page = async (query: string) => (await (await manager('GET', `/api/visits?${range}&${query}`)).json()) as VisitsAnswer;
const ids = ({ visits }: VisitsAnswer) => visits.map(({ id }) => id);

describe('the list of visits', () => {
	it.each([1, 3, 7, 500])('shows each visit once in pages of %i, newest first, while new ones come in', async (limit) => {
		const minutes = Array.from({ length: 20 }, (_, index) => Math.floor(index / 3));
		await house.log.append(opened(minutes));
		const all = ids(await page(''));
		expect(all.length).toBe(20);
		const walked: string[] = [];
		let cursor: string | null = null;
		let pages = 0;
		do {
			const { visits, next }: VisitsAnswer = await page(`limit=${limit}${cursor === null ? '' : `&cursor=${cursor}`}`);
			expect(visits.length).toBeLessThanOrEqual(limit);
			walked.push(...visits.map(({ id }) => id));
			cursor = next;
			pages += 1;
			// Later than everything, and at the very moment of the newest.
			await house.log.append(opened([1000 + pages, 6]));
		} while (cursor !== null);
		expect(pages).toBe(Math.ceil(20 / limit));
		expect(walked).toEqual(all);
	});

	it('is all of it, as ever, without a limit; then no longer than 32 days', async () => {
		await house.log.append(opened([1, 2, 3]));
		expect(await page('')).toMatchObject({ next: null, visits: [{}, {}, {}] });
		const long = `/api/visits?from=0&to=${200 * DAY}`;
		expect(await problem(manager('GET', long))).toMatchObject({ answered: 400, fields: [{ field: 'to', problem: 'wrong' }] });
		expect(ids((await (await manager('GET', `${long}&limit=2`)).json()) as VisitsAnswer).length).toBe(2);
	});

	it('is narrowed down by customer, staff, words and state, a page of 100 where no limit is said', async () => {
		await house.log.append(
			opened(
				Array.from({ length: 120 }, (_, index) => index),
				(index) => (index % 2 ? { customer: 'li' } : { host: 'chen' }),
			),
		);
		const first = await page('customer=li');
		expect([first.visits.length, first.next]).toEqual([60, null]);
		expect(new Set(first.visits.map(({ customer }) => customer?.name))).toEqual(new Set(['李雷']));
		expect((await page('staff=chen&limit=500')).visits.length).toBe(60);
		expect((await page('text=lilei&limit=500')).visits.length).toBe(60);
		expect((await page('text=nobody')).visits).toEqual([]);
		const waiting = await page('state=waiting');
		expect([waiting.visits.length, waiting.next === null]).toEqual([100, false]);
		expect((await page(`state=waiting&cursor=${waiting.next}`)).visits.length).toBe(20);
		expect((await page('state=over')).visits).toEqual([]);
	});

	it.each(['garbage', '%20', 'WzEsMl0=', Buffer.from('[1]').toString('base64url'), Buffer.from('[-1,2]').toString('base64url')])(
		'takes no cursor but its own: %s',
		async (cursor) => {
			const told = await problem(manager('GET', `/api/visits?${range}&limit=5&cursor=${cursor}`));
			expect(told).toMatchObject({ answered: 400, code: 'invalid', fields: [{ field: 'cursor' }] });
			if (cursor !== '%20') expect(JSON.stringify(told)).not.toContain(cursor);
		},
	);

	it.each(['limit=0', 'limit=501', 'limit=all', 'state=lost'])('refuses %s', async (query) => {
		expect(await problem(manager('GET', `/api/visits?${range}&${query}`))).toMatchObject({ answered: 400, code: 'invalid' });
	});
});

describe('the log', () => {
	it('is walked by next, every event once and in order', async () => {
		await walkIn(house);
		await manager('POST', '/api/checkins', checkIn());
		const all = await house.log.read(0, 1000);
		const seqs: number[] = [];
		let after: number | null = 0;
		while (after !== null) {
			const { events, next }: LogAnswer = (await (await manager('GET', `/api/log?after=${after}&limit=2`)).json()) as LogAnswer;
			seqs.push(...events.map(({ seq }) => seq));
			after = next;
		}
		expect(seqs).toEqual(all.map(({ seq }) => seq));
	});
});
