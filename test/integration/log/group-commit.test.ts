import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openShowroomLog } from '../../../edge-agent/log/showroom-log.js';
import { visitOpened } from '../../unit/log/drafts.js';

it('many calls at once are durable much sooner than one after the other', async () => {
	// Beside the sources: /tmp is memory on some machines, where a commit costs nothing.
	const dataDir = mkdtempSync(join(import.meta.dirname, '.group-commit-'));
	const log = openShowroomLog({ dataDir });
	await log.start();
	await log.append([visitOpened('first')]);

	const oneByOne = performance.now();
	for (let n = 0; n < 200; n++) await log.append([visitOpened(`single-${n}`)]);
	const singleMs = (performance.now() - oneByOne) / 200;

	const together = performance.now();
	const caller = async (name: number) => {
		for (let n = 0; n < 50; n++) await log.append([visitOpened(`group-${name}-${n}`)]);
	};
	await Promise.all([...Array(64).keys()].map(caller));
	const groupMs = (performance.now() - together) / (64 * 50);

	console.log(`one by one ${Math.round(1000 / singleMs)} events/s, 64 callers together ${Math.round(1000 / groupMs)} events/s`);
	expect(groupMs).toBeLessThan(singleMs / 2);
	await log.stop();
	rmSync(dataDir, { recursive: true });
});
