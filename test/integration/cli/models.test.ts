import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeChanceGallery } from '../../../edge-agent/demo/chance-gallery.source.js';
import { arcFaceShaped } from '../models/arcface-shaped.js';
import { Command, showroom } from './command.js';

const testdata = process.env.SHOWROOM_TESTDATA;
const dir = mkdtempSync(join(tmpdir(), 'showroom-add-'));
const data = join(dir, 'data');
const drawn = join(dir, 'drawn');
const run = (...args: string[]) => showroom([...args, '--data', data]);

beforeAll(async () => {
	if (testdata) await writeChanceGallery(drawn, 12, 4);
	writeFileSync(join(dir, 'tiny.onnx'), arcFaceShaped(512));
}, 120_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('tells wrong usage', async () => {
	expect((await run('models', 'add', join(dir, 'tiny.onnx'))).code).toBe(2);
	const named = ['--name', 'tiny', '--licence', 'MIT', '--source', 'here'];
	const { code, err } = await run('models', 'add', join(dir, 'tiny.onnx'), ...named, '--mean', '1,2');
	expect(code).toBe(2);
	expect(err).toContain('three numbers');
	const unknown = await run('evaluate', dir, '--model', 'tiny');
	expect(unknown.code).toBe(2);
	expect(unknown.err).toContain('tiny is no recogniser; there are sface');
});

it.skipIf(!testdata)(
	'a recogniser of 512 numbers is added, measured, calibrated, used and removed',
	async () => {
		expect((await run('models', 'fetch', 'yunet', '--from', join(testdata ?? '', 'models'))).code).toBe(0);
		const tiny = ['--name', 'tiny', '--licence', 'MIT', '--source', 'made by a test', '--colour', 'BGR'];
		const added = await run('models', 'add', join(dir, 'tiny.onnx'), ...tiny, '--json');
		expect(added.code, added.err).toBe(0);
		expect(added.json()).toEqual([{ added: 'tiny', modelId: expect.stringMatching(/^tiny-/), dimension: 512 }]);
		expect((await run('models', 'list')).out).toMatch(/tiny +here +added by this store/);

		const measured = await run('evaluate', drawn, '--model', 'tiny', '--json');
		expect(measured.code, measured.err).toBe(0);
		const [{ model, verification }] = measured.json<{ model: object; verification: { eer: number } }>() as [
			{ model: object; verification: { eer: number } },
		];
		expect(model).toMatchObject({ name: 'tiny', metric: 'cosine' });
		expect(verification.eer).toBeLessThan(0.45);

		// Nothing is known of its distances.
		const refused = await run('models', 'use', 'tiny');
		expect(refused.code).toBe(1);
		expect(refused.err).toContain('calibrate thresholds DIR --model tiny');
		const calibrated = await run('calibrate', 'thresholds', drawn, '--model', 'tiny', '--json');
		expect(calibrated.code, calibrated.err).toBe(0);
		const used = await run('models', 'use', 'tiny', '--json');
		expect(used.code, used.err).toBe(0);
		expect((await run('models', 'verify', 'tiny')).code).toBe(0);
		const [{ findings }] = (await run('doctor', '--json')).json<{ findings: object[] }>() as [{ findings: object[] }];
		expect(findings).toContainEqual(
			expect.objectContaining({ name: 'calibration', state: 'ok', message: expect.stringContaining('12 people') }),
		);
		// Its descriptors are longer than the others', and so are the gallery's.
		const seen = await run('watch', join(drawn, 'drawn-0001', '1.jpg'), '--gallery', drawn, '--model', 'tiny', '--json');
		expect(seen.code, seen.err).toBe(0);
		expect(seen.json()[0]).toMatchObject({ score: expect.any(Number) });

		// Without its calibration the agent says so, and goes on receiving people.
		rmSync(join(data, 'models', 'tiny.calibration.json'));
		const agent = new Command(['start', '--data', data, '--port', '0']);
		await agent.says(/Console: /, 60_000);
		expect(agent.err + agent.out).toContain('it recognises nobody');
		expect(await agent.kill('SIGTERM')).toBe(0);

		expect((await run('models', 'remove', 'tiny')).err).toContain('tiny is in use');
		expect((await run('models', 'use', 'face-api')).code).toBe(0);
		expect((await run('models', 'remove', 'tiny')).code).toBe(0);
		expect((await run('models', 'list')).out).not.toMatch(/^ *tiny /m);
	},
	300_000,
);

it('face-api in 8-bit integers is taken only where it is faster here, with both figures', async () => {
	const { code, err } = await run('models', 'use', 'face-api-int8');
	expect(err).toMatch(/[\d.]+ ms a frame of three faces in 8-bit integers, [\d.]+ ms in 32-bit floats/);
	const [{ active }] = (await run('models', 'list', '--json')).json<{ active: string }>() as [{ active: string }];
	expect(active).toBe(code === 0 ? 'face-api-int8' : 'face-api');
	expect(err).toContain(code === 0 ? '0.1 points of TAR' : 'face-api-int8 is not faster on this machine');
}, 120_000);
