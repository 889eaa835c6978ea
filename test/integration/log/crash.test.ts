import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openShowroomLog } from '../../../edge-agent/log/showroom-log.js';

const compiled = join(import.meta.dirname, '../../../dist/edge-agent/log');

it('after kill -9 has every acknowledged event once, whole calls only, and a chain that verifies; several times over', async () => {
	const dataDir = mkdtempSync(join(tmpdir(), 'showroom-crash-'));
	const acknowledged = new Map<string, number>();
	const acted = new Set<number>();
	for (let round = 0; round < 6; round++) {
		const output = join(dataDir, `output-${round}`);
		const file = openSync(output, 'w');
		const child = spawn(process.execPath, [join(import.meta.dirname, 'append-loop.mjs'), compiled, dataDir], {
			stdio: ['ignore', file, 'inherit'],
		});
		const exit = once(child, 'exit');
		await expect.poll(() => child.exitCode !== null || statSync(output).size > 0, { timeout: 15_000, interval: 5 }).toBe(true);
		await sleep(50 + 40 * round);
		child.kill('SIGKILL');
		expect(await exit).toEqual([null, 'SIGKILL']);
		closeSync(file);
		for (const line of readFileSync(output, 'utf8').split('\n').slice(0, -1)) {
			const [what, seq, id] = line.split(' ');
			if (what === 'acted') acted.add(Number(seq));
			else acknowledged.set(String(id), Number(seq));
		}
	}

	const log = openShowroomLog({ dataDir });
	await log.start();
	const stored = new Map<string, number>();
	let events = await log.read(0, 10_000);
	while (events.length > 0) {
		for (const { id, seq } of events) stored.set(id, seq);
		events = await log.read(events.at(-1)?.seq ?? 0, 10_000);
	}
	const last = await log.lastSeq();
	expect(stored.size).toBe(last);
	expect(acknowledged.size).toBeGreaterThan(100);
	expect([...acknowledged].filter(([id, seq]) => stored.get(id) !== seq)).toEqual([]);
	expect(await log.verify()).toMatchObject({ ok: true, events: last });
	// Two events and one row a call: an odd count would be half a call.
	expect(last % 2).toBe(0);
	const visits = await log.visits({ from: 0, to: Number.MAX_SAFE_INTEGER });
	expect(visits).toHaveLength(last / 2);
	expect(await log.firstUnsettledSeq()).toBe(last + 1);

	// The follower's cursor survived as well: what it has not acted on comes now, and nothing was passed over.
	const done = new Promise<void>((resolve) => {
		log.follow('acted', async (batch) => {
			for (const { seq } of batch) acted.add(seq);
			if (batch.at(-1)?.seq === last) resolve();
		});
	});
	if (!acted.has(last)) await done;
	expect(acted.size).toBe(last);
	await log.stop();
	rmSync(dataDir, { recursive: true });
});
