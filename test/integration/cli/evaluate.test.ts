import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calibrationSchema } from '../../../calibration/calibration.js';
import { writeChanceGallery } from '../../../edge-agent/demo/chance-gallery.source.js';
import { readCalibration } from '../../../edge-agent/gallery/calibration.store.js';
import { showroom } from './command.js';

const dir = mkdtempSync(join(tmpdir(), 'showroom-evaluate-'));
const data = join(dir, 'data');
const drawn = join(dir, 'drawn');
afterAll(() => rmSync(dir, { recursive: true, force: true }));

interface Evaluation {
	readonly model: { readonly name: string };
	readonly detector: { readonly images: number; readonly noFace: number; readonly unreadable: number };
	readonly verification: { readonly pairs: { readonly same: number; readonly different: number }; readonly eer: number };
	readonly identification: Record<'enrolled' | 'templates' | 'probes' | 'strangers', number> & {
		readonly fnirAtFpir: Readonly<Record<string, number | null>>;
	};
	readonly intervals: { readonly eer: readonly [number, number] };
}

beforeAll(async () => {
	await writeChanceGallery(drawn, 12, 4);
}, 120_000);

describe('showroom evaluate', () => {
	it('measures a folder of people', async () => {
		const { code, err, json } = await run('evaluate', drawn, '--model', 'face-api', '--json');
		expect(code, err).toBe(0);
		const [answer] = json<Evaluation>();
		expect(answer?.model.name).toBe('face-api');
		expect(answer?.detector).toEqual({ images: 48, noFace: expect.any(Number), unreadable: 0 });
		expect(answer?.detector.noFace).toBeLessThan(3);
		// All pairs of the photographs that showed a face: twelve times six, and the rest.
		expect(answer?.verification.pairs.same).toBeGreaterThan(60);
		expect(answer?.verification.eer).toBeLessThan(0.2);
		expect(answer?.intervals.eer[1]).toBeGreaterThanOrEqual(answer?.verification.eer ?? 1);
		// Persons 3, 6, 9 and 12 are strangers.
		expect(answer?.identification).toMatchObject({ enrolled: 8 });
		expect(answer?.identification.fnirAtFpir).toMatchObject({ '0.003': null, '0.01': null, '0.1': expect.any(Number) });
	}, 120_000);

	it('compares the pairs of a file, with strangers from a folder of their own', async () => {
		const pairs = join(dir, 'pairs.csv');
		writeFileSync(pairs, 'a,b,same\ndrawn-0001/1.jpg,drawn-0001/2.jpg,1\ndrawn-0001/1.jpg,drawn-0002/2.jpg,0\n');
		const strangers = join(dir, 'strangers', 'Wang Lei');
		await mkdir(strangers, { recursive: true });
		await copyFile(join(drawn, 'drawn-0005', '1.jpg'), join(strangers, '1.jpg'));
		const { code, err, json } = await run('evaluate', drawn, '--pairs', pairs, '--strangers', join(dir, 'strangers'), '--json');
		expect(code, err).toBe(0);
		const [answer] = json<Evaluation>();
		expect(answer?.verification.pairs).toEqual({ same: 1, different: 1 });
		expect(answer?.identification).toMatchObject({ enrolled: 12, strangers: 1 });
		writeFileSync(pairs, 'a,b,same\nx\n');
		const refused = await run('evaluate', drawn, '--pairs', pairs);
		expect(refused.code).toBe(1);
		expect(refused.err).toMatch(/pairs\.csv, line 2/);
	}, 120_000);
});

it("showroom calibrate thresholds writes the store's calibration, which doctor then names, and a report", async () => {
	const before = await run('doctor', '--json');
	expect(before.out).toMatch(/shipped calibration of face-api/);
	const { code, err, json } = await run('calibrate', 'thresholds', drawn, '--json');
	expect(code, err).toBe(0);
	const [answer] = json<{
		calibration: string;
		report: string;
		people: number;
		plans: { templates: number; threshold: { distance: number } }[];
	}>();
	expect(answer?.people).toBe(12);
	const distances = answer?.plans.map(({ threshold }) => threshold.distance) ?? [];
	expect([...distances].sort((a, b) => b - a)).toEqual(distances);
	const own = await readCalibration(join(data, 'models'), 'face-api/fp32/a1');
	expect(calibrationSchema.parse(own).people).toBe(12);
	expect((await run('doctor', '--json')).out).toMatch(/the store's own, of \d{4}-/);
	const few = await run('calibrate', 'thresholds', join(dir, 'strangers'));
	expect(few.code).toBe(1);
	expect(few.err).toMatch(/too few to calibrate/);
}, 120_000);

async function run(...args: string[]) {
	const done = await showroom([...args, '--data', data]);
	return { code: done.code, out: done.out, err: done.err, json: <T>() => done.json<T>() };
}
