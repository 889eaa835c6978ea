import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { benchLog, type LogBench } from '../../../edge-agent/bench/log.bench.js';

let dir = '';
beforeAll(() => {
	dir = mkdtempSync(join(tmpdir(), 'showroom-bench-log-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const positive = expect.toSatisfy((value: unknown) => typeof value === 'number' && value > 0, 'a positive number');
const shape: Record<keyof LogBench, unknown> = {
	...{ synchronous: 2, visits: 300, events: 2400, openMs: positive },
	fsyncs: expect.toSatisfy((value: unknown) => value === null || (typeof value === 'number' && value >= 1), 'null, or one and more'),
	...{ appendsPerSecond: positive, rawPerSecond: positive, ratio: positive, groupedPerSecond: positive },
	queryMs: { day: { p95: positive }, name: { p95: positive }, week: { p95: positive } },
	eventLoopDelayMs: { p99: positive },
};

it('fills a log with what was asked, measures it, and fills it only once', async () => {
	const said: string[] = [];
	const bench = () => benchLog({ visits: 300, data: dir, queries: 3, turns: 2 }, (text) => said.push(text));
	expect(await bench()).toEqual(shape);
	expect(said.filter((text) => text.startsWith('2400 events'))).toEqual([expect.stringMatching(/ a second, \d+ MB$/)]);
	// Nothing but the log is left in the folder.
	expect(readdirSync(dir).toSorted()).toEqual(['heads.log', 'keys', 'showroom.db', 'writer.lock']);
	const again = await bench();
	expect(again.visits).toBeGreaterThan(300);
	expect(said.filter((text) => text.includes('events, there already'))).toHaveLength(1);
});

it('does not add to a log that holds other visits', async () => {
	await expect(benchLog({ visits: 900_000, data: dir, queries: 1, turns: 1 }, () => {})).rejects.toThrow(/holds \d+ visits, not 900000/);
});
