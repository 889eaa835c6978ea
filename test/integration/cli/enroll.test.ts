import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { persons } from '../../../edge-agent/demo/persons.js';
import { enrolmentPhotos } from '../../../edge-agent/demo/photos.js';
import { showroom } from './command.js';

// Whole programs start here, several a test.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const testdata = process.env.SHOWROOM_TESTDATA;
const dir = mkdtempSync(join(tmpdir(), 'showroom-enroll-'));
const data = join(dir, 'data');
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Photographs of a drawn person, as files. */
async function photosOf(index: number): Promise<string[]> {
	const look = persons[index] ?? expect.fail('no such person');
	return (await enrolmentPhotos(look)).map((jpeg, take) => {
		const file = join(dir, `${index}-${take}.jpg`);
		writeFileSync(file, jpeg);
		return file;
	});
}

const run = (...args: string[]) => showroom([...args, '--data', data]);
const paper = ['--consent', 'paper', '--notice', '1'];
let li: string[];
beforeAll(async () => {
	li = await photosOf(3);
});

describe('showroom enroll', () => {
	it('takes no photograph twice', async () => {
		const [first = ''] = li;
		const ran = await run('enroll', '--name', '李雷', '--photo', first, first, ...paper, '--allow-photograph', '--json');
		expect(ran.code, ran.err).toBe(0);
		expect(ran.json()).toMatchObject([{ enrolled: [{ name: '李雷', templates: 1 }], refused: [{ photo: first, code: 'duplicate' }] }]);
		expect(ran.err).toContain(`${first}: it shows the same as a photograph enrolled already`);
	});

	it('names whom a face is enrolled as already, and goes on where somebody confirms that they are two', async () => {
		const args = ['enroll', '--name', '李雷之弟', '--photo', li[1] ?? '', ...paper];
		const refused = await run(...args);
		expect(refused.code).toBe(1);
		expect(refused.err).toMatch(/already enrolled as 李雷 \(.{36}\); with --anyway it is enrolled all the same/);
		expect((await run(...args, '--anyway')).code).toBe(0);
		const log = await run('log', 'show', '--type', 'customer.enrolled', '--json');
		const [first, twin] = log.json<{ body: object; subject: string }>();
		expect(twin?.body).toMatchObject({ despite: 'already-enrolled', other: first?.subject });
		expect(log.out).not.toContain('李雷');
	});

	it('enrols nobody without consent, and wants to know how it was given', async () => {
		const { code, err } = await run('enroll', '--name', '王芳', '--photo', li[0] ?? '');
		expect(code).toBe(2);
		expect(err).toMatch(/--consent paper/);
	});

	it('lists nobody as missing while the recogniser is the same', async () => {
		const ran = await run('enroll', '--missing', '--json');
		expect(ran.code).toBe(0);
		expect(ran.json()).toEqual([{ model: expect.stringMatching(/^face-api/), people: [] }]);
		expect((await run('doctor')).out).toMatch(/ok +enrolment +everybody enrolled has templates by face-api/);
	});

	it.skipIf(!testdata)('says whom another recogniser leaves without templates (with SHOWROOM_TESTDATA)', async () => {
		for (const model of ['mobilefacenet', 'yunet']) await run('models', 'fetch', '--from', join(testdata ?? '', 'models', model));
		const { code, err } = await run('models', 'use', 'mobilefacenet');
		expect(code, err).toBe(0);
		expect(err).toMatch(/enrolled again from their kept photographs while the agent runs: 1/);
		expect(err).toMatch(/must be photographed again .*: 1/);
		const missing = await run('enroll', '--missing', '--json');
		expect(missing.json()).toMatchObject([
			{
				people: [
					{ name: '李雷', reason: 'waiting' },
					{ name: '李雷之弟', reason: 'no-photograph' },
				],
			},
		]);
		expect((await run('doctor')).out).toMatch(/warning +enrolment +.*does not recognise: 2 \(1 of them/);
	});
});
