import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { showroom } from './command.js';

// Whole programs start here, several a test.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const testdata = process.env.SHOWROOM_TESTDATA;
const knn = join(testdata ?? '', 'faces/face_recognition/examples/knn_examples');
const photo = (name: string) => join(knn, 'test', name);
const video = (name: string) => join(testdata ?? '', 'video', name);

interface Line {
	readonly t: number;
	readonly track: number;
	readonly person: string | null;
	readonly score: number | null;
}

let data: string;
beforeAll(async () => {
	data = mkdtempSync(join(tmpdir(), 'showroom-people-'));
	if (testdata) await showroom(['models', 'fetch', '--from', join(testdata, 'models/mobilefacenet'), '--data', data]);
	if (testdata) await showroom(['models', 'fetch', '--from', join(testdata, 'models/yunet'), '--data', data]);
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** The sightings that `watch --json` prints before its summary. */
async function watch(source: string, ...options: string[]): Promise<Line[]> {
	const ran = await showroom(['watch', source, '--json', '--data', data, ...options]);
	expect({ source, code: ran.code, err: ran.err }).toMatchObject({ code: 0 });
	const lines = ran.json<Line | { readonly summary: { readonly sightings: number } }>();
	const sightings = lines.filter((line) => 'track' in line);
	expect(lines.at(-1)).toMatchObject({ summary: { sightings: sightings.length } });
	return sightings;
}

const named = (sightings: readonly Line[]) => sightings.flatMap(({ person }) => person ?? []).sort();

describe.skipIf(!testdata)('real people, with SHOWROOM_TESTDATA', () => {
	describe.each(['face-api', 'mobilefacenet'])('seen with %s', (model) => {
		it('those who are enrolled are named, and nobody else is', async () => {
			const enrolled = ['--gallery', join(knn, 'train'), '--model', model];
			expect(named(await watch(photo('alex_lacamoire1.jpg'), ...enrolled))).toEqual(['alex_lacamoire']);
			expect(named(await watch(photo('obama1.jpg'), ...enrolled))).toEqual(['obama']);
			expect(named(await watch(photo('obama_and_biden.jpg'), ...enrolled))).toEqual(['biden', 'obama']);
			// She is enrolled, he is not.
			const couple = await watch(photo('kit_with_rose.jpg'), ...enrolled);
			expect(named(couple)).toEqual(['rose_leslie']);
			expect(couple).toHaveLength(2);
			const stranger = await watch(photo('johnsnow_test1.jpg'), ...enrolled);
			expect(stranger.map(({ person }) => person)).toEqual([null]);
		});
	});

	// face-api's SSD sees one of the three people who walk and pause, here as in face-api itself; YuNet sees everybody.
	it.each([
		['face-api', 'intel_face-demographics-walking-and-pause_preview.gif', 1],
		['face-api', 'intel_face-demographics-walking_preview.gif', 2],
		['face-api', 'intel_head-pose-female-and-male_preview.gif', 2],
		['face-api', 'pexels-8090198-sd_640_338.mp4', 1],
		['mobilefacenet', 'intel_face-demographics-walking-and-pause_preview.gif', 3],
		['mobilefacenet', 'intel_face-demographics-walking_preview.gif', 2],
		['mobilefacenet', 'intel_head-pose-female-and-male_preview.gif', 2],
		['mobilefacenet', 'pexels-8090198-sd_640_338.mp4', 1],
	])('without anybody enrolled nobody is known: %s on %s', async (model, name, people) => {
		const sightings = await watch(video(name), '--model', model, '--rate', name.startsWith('pexels') ? '2' : '5');
		expect(sightings.length).toBeGreaterThanOrEqual(people);
		for (const sighting of sightings) expect(sighting).toMatchObject({ person: null, score: null });
	});

	it.each(['face-api', 'mobilefacenet'])('faces too small to read are nobody to %s, even with people enrolled', async (model) => {
		const enrolled = ['--gallery', join(knn, 'train'), '--model', model];
		const sightings = await watch(video('caviar_EnterExitCrossingPaths1front.mp4'), ...enrolled, '--rate', '5');
		expect(named(sightings)).toEqual([]);
	});
});
