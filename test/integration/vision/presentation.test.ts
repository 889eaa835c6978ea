import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { persons } from '../../../edge-agent/demo/persons.js';
import { presentationKinds } from '../../../edge-agent/demo/presentation-clips.js';
import { seededRandom } from '../../../edge-agent/demo/random.js';
import type { Portrait } from '../../../edge-agent/demo/turned-head.js';
import { decisionThreshold } from '../../../edge-agent/gallery/decision-threshold.js';
import { distances } from '../../../edge-agent/gallery/distance.js';
import { createFaceEngine, type ModelSet } from '../../../edge-agent/vision/engine.js';
import { beginChallenge, type Side } from '../../../edge-agent/vision/presentation/challenge.js';
import { clipPictures } from '../../../edge-agent/vision/presentation/clips.source.js';
import { PresentedFace } from '../../../edge-agent/vision/presentation/presented-face.js';
import type { FaceEngine, YuvFrame } from '../../../edge-agent/vision/vision.types.js';
import { yuvFromRgb } from '../../../edge-agent/vision/yuv.js';
import { modelsForTests } from './engine-models.js';

const testdata = process.env.SHOWROOM_TESTDATA;
const look = persons.find(({ id }) => id === 'p06');
const other = persons.find(({ id }) => id === 'p03');
if (!look || !other) throw new Error('the cast has changed');

type Sides = readonly [Side, Side];
const frames = (pictures: readonly Portrait[]): YuvFrame[] =>
	pictures.map(({ pixels, width, height }, i) => ({
		...{ width, height, data: yuvFromRgb(pixels, width, height) },
		...{ mediaMs: i * 125, receivedMs: i * 125 },
	}));
const drawn = async (kind: string, asked: Sides, who = look) =>
	frames((await presentationKinds[kind]?.(who, asked, seededRandom(3))) ?? []);

const sets: readonly { readonly set: ModelSet; readonly needs: boolean }[] = [
	{ set: { recogniser: 'face-api' }, needs: false },
	{ set: { recogniser: 'mobilefacenet' }, needs: true },
];

describe.each(sets)('a presented face, with $set.recogniser', ({ set, needs }) => {
	describe.skipIf(needs && !testdata)('and its networks', () => {
		let engine: FaceEngine;
		let films: string;
		let removeModels = () => {};
		beforeAll(async () => {
			const models = await modelsForTests(needs ? testdata : undefined);
			removeModels = models.remove;
			engine = await createFaceEngine({ ...set, models });
			films = mkdtempSync(join(tmpdir(), 'presentation-'));
		}, 120_000);
		afterAll(async () => {
			await engine?.stop();
			removeModels();
			if (films) rmSync(films, { recursive: true });
		});

		/** How the challenge for these sides ends with these pictures. */
		async function present([first, second]: Sides, pictures: AsyncIterable<YuvFrame> | Iterable<YuvFrame>): Promise<string> {
			const lot = (side: Side) => (side === 'left' ? 0 : 0.5);
			const threshold = decisionThreshold(engine.modelId, 15_000, null).distance;
			const face = new PresentedFace(beginChallenge([lot(first), lot(second)], 0), {
				...{ engine, distance: distances[engine.metric], threshold, network: null },
			});
			for await (const picture of pictures) {
				const challenge = await face.look(picture, picture.mediaMs);
				if (challenge.state !== 'waiting') return challenge.state === 'failed' ? challenge.reason : challenge.state;
			}
			return 'waiting';
		}

		/** A film cut from another by this filter. */
		const film = (name: string, source: string, ...how: string[]) => {
			const file = join(films, name);
			execFileSync('ffmpeg', ['-v', 'error', '-y', ...how.flatMap((part) => (part === 'SOURCE' ? ['-i', source] : [part])), '-an', file]);
			return clipPictures('ffmpeg', file);
		};

		it('passes when a drawn person turns as asked, and not when they turn otherwise', async () => {
			expect(await present(['left', 'right'], await drawn('bona-fide', ['left', 'right']))).toBe('passed');
			expect(await present(['right', 'left'], await drawn('bona-fide', ['left', 'right']))).toBe('wrong-side');
		}, 60_000);

		it('does not pass as a print, flat or bent', async () => {
			for (const kind of ['print', 'bent-print'])
				expect(await present(['left', 'right'], await drawn(kind, ['left', 'right']))).not.toBe('passed');
		}, 60_000);

		it('is another face when somebody else takes the place in between', async () => {
			const theirs = await drawn('bona-fide', ['left', 'right']);
			const others = await drawn('bona-fide', ['left', 'right'], other);
			// The other one turns; the first looks straight before and after.
			const swapped = theirs.map((frame, i) => (i > 4 && i < 60 ? (others[i] ?? frame) : frame));
			expect(['changed', 'lost']).toContain(await present(['left', 'right'], swapped));
		}, 60_000);

		it.skipIf(!testdata)(
			'passes on a film of a real person who turns, asked for the sides that they turned to',
			async () => {
				const source = join(testdata ?? '', 'video/pexels-8090198-sd_640_338.mp4');
				const part = (from: number, to: number) => `trim=${from}:${to},setpts=PTS-STARTPTS`;
				const cut = [
					`[0:v]split=5[a][b][c][d][e]`,
					`[a]${part(2, 5.6)}[a1]`,
					`[b]${part(2, 5.6)},reverse[b1]`,
					`[c]${part(25.3, 29)},reverse[c1]`,
					`[d]${part(25.3, 29)}[d1]`,
					`[e]${part(29, 31)}[e1]`,
					`[a1][b1][c1][d1][e1]concat=n=5:v=1[out]`,
				].join(';');
				const turning = () => film('turning.mkv', source, 'SOURCE', '-filter_complex', cut, '-map', '[out]');
				expect(await present(['right', 'left'], turning())).toBe('passed');
				expect(await present(['left', 'right'], turning())).toBe('wrong-side');
				// Its first picture, as a print that is turned.
				const squeeze = 'W*0.22*(1-cos(on/7))/2';
				const print = `perspective=x0='${squeeze}':y0=0:x1='W-${squeeze}':y1=0:x2='${squeeze}':y2=H:x3='W-${squeeze}':y3=H:eval=frame:sense=destination`;
				const held = () => film('held.mkv', source, 'SOURCE', '-vf', `trim=end_frame=1,loop=loop=250:size=1,setpts=N/25/TB,${print}`);
				for (const asked of [
					['right', 'right'],
					['left', 'left'],
				] as const)
					expect(await present(asked, held())).toBe('flat');
			},
			120_000,
		);
	});
});
