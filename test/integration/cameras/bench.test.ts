import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { benchCameras } from '../../../edge-agent/bench/cameras.bench.js';

const modelsDir = mkdtempSync(join(tmpdir(), 'showroom-bench-test-'));
afterAll(() => rmSync(modelsDir, { recursive: true, force: true }));

it('plays a walker over RTSP, knows them, and counts what that costs', { timeout: 600_000 }, async () => {
	const options = { cameras: 1, width: 960, height: 540, rate: 10, seconds: 12, idle: false } as const;
	const result = await benchCameras({ ...options, recogniser: 'face-api', modelsDir, ffmpeg: 'ffmpeg' }, () => {});
	expect(result).toMatchObject({ cameras: 1, recognised: 1, model: 'face-api/fp32/a1' });
	expect(result.decisions).toMatchObject({ wrong: 0 });
	expect(result.decisions.right).toBeGreaterThan(0);
	expect(result.analysedPerSecond).toHaveLength(1);
	expect(result.analysedPerSecond[0]).toBeGreaterThan(2);
	expect(result.analysedPerSecond[0]).toBeLessThan(10.5);
	expect(result.cpuPercent.ffmpeg).toBeGreaterThan(0);
	expect(result.cpuPercent.node).toBeGreaterThan(0);
	expect(result.frameToDecisionMs?.p95).toBeGreaterThanOrEqual(result.frameToDecisionMs?.p50 ?? Number.POSITIVE_INFINITY);
});

it('says what to install where there is no ffmpeg', async () => {
	const options = { cameras: 1, width: 640, height: 360, rate: 10, seconds: 5, idle: true } as const;
	const bench = benchCameras({ ...options, recogniser: 'face-api', modelsDir, ffmpeg: 'no-such-ffmpeg' }, () => {});
	await expect(bench).rejects.toThrow(/install it/);
});
