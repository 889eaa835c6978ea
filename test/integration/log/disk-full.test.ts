import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openShowroomLog } from '../../../edge-agent/log/showroom-log.js';
import { alertOpened, visitOpened } from '../../unit/log/drafts.js';

const mounted = mountSmallDisk();
afterAll(() => {
	if (!mounted) return;
	execFileSync('umount', ['--lazy', mounted]);
	rmSync(mounted, { recursive: true });
});

function mountSmallDisk(): string | null {
	const directory = mkdtempSync(join(tmpdir(), 'showroom-full-'));
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', directory], { stdio: 'ignore' });
		return directory;
	} catch {
		rmSync(directory, { recursive: true });
		return null;
	}
}

it.skipIf(!mounted)(
	'on a full disk fails every waiting call with that reason, writes nothing of them, and goes on once there is room',
	async () => {
		const dataDir = join(String(mounted), 'data');
		mkdirSync(dataDir);
		const log = openShowroomLog({ dataDir });
		await log.start();
		await log.append([visitOpened('before')]);
		const ballast = join(String(mounted), 'ballast');
		const { bavail, bsize } = statfsSync(String(mounted));
		writeFileSync(ballast, Buffer.alloc((bavail - 8) * bsize));

		let acknowledged = 1;
		let failures: PromiseRejectedResult[] = [];
		for (let round = 0; failures.length === 0 && round < 50; round++) {
			const calls = Array.from({ length: 20 }, (_, call) =>
				log.append([visitOpened(`${round}-${call}`), alertOpened(`a${round}-${call}`, 'v', ['s1'])]),
			);
			const settled = await Promise.allSettled(calls);
			failures = settled.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
			acknowledged += 2 * (settled.length - failures.length);
		}
		expect(failures.length).toBeGreaterThan(0);
		for (const { reason } of failures) expect(reason).toMatchObject({ code: 'disk-full', message: expect.stringContaining('Make room') });
		expect(await log.lastSeq()).toBe(acknowledged);
		expect(await log.verify()).toMatchObject({ ok: true, events: acknowledged });
		expect(await log.visits({ from: 0, to: 9e15 })).toHaveLength(1 + (acknowledged - 1) / 2);

		rmSync(ballast);
		const [event] = await log.append([visitOpened('after')]);
		expect(event?.seq).toBe(acknowledged + 1);
		expect(await log.verify()).toMatchObject({ ok: true, events: acknowledged + 1 });
		await log.stop();
	},
);
