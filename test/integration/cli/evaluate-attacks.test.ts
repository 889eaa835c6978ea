import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { persons } from '../../../edge-agent/demo/persons.js';
import { presentationKinds } from '../../../edge-agent/demo/presentation-clips.js';
import { writeClip } from '../../../edge-agent/demo/presentation-clips.source.js';
import { seededRandom } from '../../../edge-agent/demo/random.js';
import { showroom } from './command.js';

const dir = mkdtempSync(join(tmpdir(), 'showroom-attacks-'));
const clips = join(dir, 'clips');
const look = persons.find(({ id }) => id === 'p06');
const evaluate = (folder: string) => showroom(['evaluate', 'attacks', folder, '--data', join(dir, 'data'), '--json']);

beforeAll(async () => {
	if (!look) throw new Error('the cast has changed');
	for (const kind of ['bona-fide', 'print']) {
		mkdirSync(join(clips, kind), { recursive: true });
		const pictures = await presentationKinds[kind]?.(look, ['left', 'right'], seededRandom(1));
		await writeClip('ffmpeg', join(clips, kind, 'p06.left-right.mkv'), pictures ?? []);
	}
}, 60_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('tells APCER of each kind of attack and BPCER apart', async () => {
	const ran = await evaluate(clips);
	expect(ran.code, ran.err).toBe(0);
	expect(ran.json()).toEqual([
		{
			apcer: { print: { presentations: 1, accepted: 0, apcer: 0, interval: expect.any(Array), outcomes: { flat: 1 } } },
			bpcer: { presentations: 1, rejected: 0, bpcer: 0, interval: expect.any(Array), outcomes: { passed: 1 } },
			...{ model: 'none', recogniser: 'face-api/fp32/a1' },
		},
	]);
}, 120_000);

it('says what it expects of the folder, and which film it cannot read', async () => {
	const empty = await evaluate(join(dir, 'nothing'));
	expect([empty.code, empty.err]).toEqual([1, expect.stringContaining('cannot be read')]);
	const broken = join(dir, 'broken');
	mkdirSync(join(broken, 'print'), { recursive: true });
	writeFileSync(join(broken, 'print', 'a.mp4'), 'no film');
	const refused = await evaluate(broken);
	expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/a\.mp4 cannot be read as a film/)]);
}, 120_000);
