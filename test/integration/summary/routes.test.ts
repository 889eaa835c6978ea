import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { now } from '../../../edge-agent/clock.js';
import type { FiguresAnswer, SummariesAnswer, SummaryDetails } from '../../../edge-agent/contract/figures.api.js';
import { SummaryClock } from '../../../edge-agent/summary/summary-clock.js';
import { type House, openHouse, people, removeFolder, temporaryFolder } from '../sockets/house.js';
import { afterClosing, at, day, figures, rows, untilClosing } from './day.js';

process.env.TZ = 'Asia/Shanghai';

let dataDir: string;
let house: House;
let manager: string;

beforeEach(async () => {
	dataDir = await temporaryFolder();
	const evening = () => ({ ...now(), wall: at('18:15') });
	house = await openHouse(dataDir, { clock: evening });
	await house.log.append(untilClosing, [...people, ...rows]);
	const clock = new SummaryClock({
		...{ log: house.log, queries: house.log, hours: [{ days: [1], from: '09:00', to: '18:00' }], afterMinutes: 15, targetMs: 60_000 },
		now: evening,
		onProblem: (message, error) => house.problems.push([message, error]),
	});
	await clock.look();
	await house.log.append(afterClosing);
	manager = await house.cookie('ma');
});
afterEach(async () => {
	await house.close();
	expect(house.problems).toEqual([]);
	await removeFolder(dataDir);
});

const get = (path: string, headers: Record<string, string> = { cookie: manager }) => fetch(`${house.url}${path}`, { headers });

it('figures of any span, beside as long a time before', async () => {
	const ask = async (from: number, to: number, more = '') =>
		(await (await get(`/api/figures?from=${from}&to=${to}${more}`)).json()) as FiguresAnswer;
	const { figures: today, before } = await ask(at('00:00'), at('00:00', '2026-11-24'), '&compare=true');
	// What came in after the summary counts.
	expect(today).toMatchObject({ visits: 10, received: 8, waiting: 0, orders: 2, openOutcomes: 4, targetMs: 60_000 });
	expect(before).toMatchObject({ from: at('00:00', '2026-11-22'), to: at('00:00'), visits: 1 });
	const week = await ask(at('00:00', '2026-11-23'), at('00:00', '2026-11-30'), '&compare=true');
	expect([week.figures.visits, week.before?.visits, week.before?.known]).toEqual([11, 2, 1]);
	expect((await ask(at('09:00'), at('10:00'))).before).toBeNull();
	for (const query of ['', 'from=5&to=5', 'from=0&to=99999999999', 'from=-1&to=5', 'from=1&to=5&compare=yes'])
		expect((await get(`/api/figures?${query}`)).status).toBe(400);
});

it('the days that were summed up, and one of them with what is still open', async () => {
	const { summaries } = (await (await get('/api/summaries')).json()) as SummariesAnswer;
	expect(summaries.map((summary) => summary.day)).toEqual([day]);
	const details = (await (await get(`/api/summaries/${day}`)).json()) as SummaryDetails;
	expect(details).toMatchObject({ day, madeAt: at('18:15'), figures, now: { orders: 2, openOutcomes: 4 } });
	expect(details.unreceived.map(({ visit, told }) => [visit, told])).toEqual([['v8', ['bo', 'ma']]]);
	expect(details.openOutcomes.map(({ staff, visits }) => [staff, visits.length])).toEqual([
		['anna', 2],
		['bo', 1],
		['ma', 1],
	]);
	for (const path of ['2026-11-24', '2026-02-30', 'yesterday', '2026-11-24/page', 'yesterday/page']) {
		const answer = await get(`/api/summaries/${path}`);
		expect([answer.status, JSON.stringify(await answer.json())]).toEqual([404, expect.stringContaining('no-such-summary')]);
	}
});

it('are for managers, and programs that may read visits; the page for managers', async () => {
	const { token } = await house.access.tokens.make({ name: '报表', scopes: ['read:visits'], days: 1 }, 'cli');
	const paths = [`/api/figures?from=0&to=5`, '/api/summaries', `/api/summaries/${day}`, `/api/summaries/${day}/page`];
	const statuses = (headers: Record<string, string>) => Promise.all(paths.map(async (path) => (await get(path, headers)).status));
	expect(await statuses({ cookie: manager })).toEqual([200, 200, 200, 200]);
	expect(await statuses({ authorization: `Bearer ${token}` })).toEqual([200, 200, 200, 403]);
	expect(await statuses({ cookie: await house.cookie('anna') })).toEqual([403, 403, 403, 403]);
	expect(await statuses({})).toEqual([401, 401, 401, 401]);
});

it('the page says what the figures are, in both languages, and names no visitor', async () => {
	await house.log.append([], [{ table: 'staff', id: 'bo', name: '<薄> & "波"', role: 'consultant', onDuty: true }]);
	const page = async (query: string, language: string) => {
		const answer = await get(`/api/summaries/${day}/page${query}`, { cookie: manager, 'accept-language': language });
		expect(answer.headers.get('content-type')).toBe('text/html; charset=UTF-8');
		expect(answer.headers.get('cache-control')).toBe('no-store');
		return answer.text();
	};
	const [zh, en] = [await page('', 'zh-CN'), await page('?lang=en', 'zh-CN')];
	expect(await page('', 'en-GB')).toContain('<html lang="en-GB">');
	expect((await get(`/api/summaries/${day}/page?lang=fr`)).status).toBe(400);
	for (const text of ['城北店', '2026年11月23日星期一', '到店批次', '13 人次', '无人接待离店', '6 / 8', '日报生成于 18:15', '未填结果'])
		expect(zh).toContain(text);
	for (const text of ['Monday', 'Received in time', '13 persons', '6 of 8', 'Summed up at 18:15', 'Left without anybody'])
		expect(en).toContain(text);
	for (const html of [zh, en]) {
		expect(html).toContain('&lt;薄&gt; &amp; &quot;波&quot;');
		for (const secret of ['李雷', '王芳', '赵敏', '周杰', '13800138000', '<script', 'javascript:', ' onclick', 'http'])
			expect(html).not.toContain(secret);
		expect(unbalanced(html)).toEqual([]);
	}
	const kept = process.env.SUMMARY_PAGES;
	if (kept) {
		mkdirSync(kept, { recursive: true });
		writeFileSync(join(kept, 'zh.html'), zh);
		writeFileSync(join(kept, 'en.html'), en);
	}
});

const voids = new Set(['meta', 'br', 'link', 'img', 'hr']);

/** What is wrong with the page's tags: each is closed in turn, and attributes stand in quotes and once. */
function unbalanced(html: string): string[] {
	const problems: string[] = [];
	const open: string[] = [];
	const body = html.replace(/^<!doctype html>\n/, '').replace(/<style>[^<]*<\/style>/, '');
	if (body.length === html.length) problems.push('no doctype');
	for (const [whole, closing, name = '', attributes = ''] of body.matchAll(/<(\/?)([a-z][a-z0-9]*)([^<>]*)>/gi)) {
		if (closing) {
			if (open.pop() !== name) problems.push(`${whole} closes nothing`);
			continue;
		}
		const names = [...attributes.matchAll(/\s([a-zA-Z0-9-]+)="[^"]*"/g)].map(([, attribute]) => attribute);
		if (attributes.replaceAll(/\s[a-zA-Z0-9-]+="[^"]*"/g, '') !== '') problems.push(`${whole}: attributes`);
		if (new Set(names).size !== names.length) problems.push(`${whole}: an attribute twice`);
		if (!voids.has(name)) open.push(name);
	}
	const text = body.replaceAll(/<[^<>]*>/g, '');
	if (/[<>]|&(?!(amp|lt|gt|quot|#39);)/.test(text)) problems.push('unescaped text');
	return [...problems, ...open];
}
