import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ClipOptions, renderClip } from '../../../edge-agent/demo/clip.source.js';
import { decode } from '../../../edge-agent/demo/encoder.source.js';
import { type Film, frameMs } from '../../../edge-agent/demo/film.js';
import { persons } from '../../../edge-agent/demo/persons.js';
import { Stage } from '../../../edge-agent/demo/stage.js';

const [person, other] = persons;
if (!person || !other) throw new Error('no persons');
const walk = { path: 'in', view: 'front', pace: 1, lane: 0, sway: 0.1, phase: 0 } as const;
const film: Film = {
	durationMs: 1200,
	actors: [
		{ look: person, walks: [{ ...walk, startMs: -8500 }] },
		{ look: other, walks: [{ ...walk, path: 'out', view: 'back', startMs: -6000 }] },
	],
};

let directory = '';
beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), 'demo-clip-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const options = (more: Partial<ClipOptions> = {}): ClipOptions => ({
	directory: join(directory, 'clips'),
	ffmpeg: 'ffmpeg',
	onProgress: () => undefined,
	signal: new AbortController().signal,
	...more,
});

describe('renderClip', () => {
	it('makes an H.264 file that shows what the stage drew, the same bytes every time, without blocking this thread', async () => {
		const delay = monitorEventLoopDelay({ resolution: 5 });
		delay.enable();
		const progress: number[] = [];
		const file = await renderClip(film, 'one', options({ onProgress: (done) => progress.push(done) }));
		delay.disable();
		expect(delay.percentile(95) / 1e6).toBeLessThan(40);
		expect(progress.at(-1)).toBe(1);

		const stream = execFileSync('ffprobe', ['-v', 'error', '-show_streams', '-of', 'json', file], { encoding: 'utf8' });
		expect(JSON.parse(stream).streams).toMatchObject([
			{ codec_name: 'h264', profile: 'Main', width: 1280, height: 720, has_b_frames: 0, r_frame_rate: '25/1', nb_frames: '30' },
		]);

		const stage = await Stage.build(film);
		let frames = 0;
		for await (const frame of decode('ffmpeg', file)) {
			if (frames === 20) {
				const drawn = stage.frame(frameMs(frames));
				const error = drawn.reduce((sum, value, i) => sum + Math.abs(value - (frame.data[i] ?? 0)), 0) / drawn.length;
				expect(error).toBeLessThan(4);
				expect(frame.mediaMs).toBe(800);
			}
			frames++;
		}
		expect(frames).toBe(30);

		const again = await renderClip(film, 'two', options());
		expect(readFileSync(again).equals(readFileSync(file))).toBe(true);
	});

	it('takes a clip that is there already', async () => {
		const file = await renderClip(film, 'one', options());
		writeFileSync(file, 'kept');
		await renderClip(film, 'one', options({ ffmpeg: '/nowhere/ffmpeg' }));
		expect(readFileSync(file, 'utf8')).toBe('kept');
	});

	it('says what to install where ffmpeg is missing, and leaves nothing behind', async () => {
		await expect(renderClip(film, 'one', options({ ffmpeg: '/nowhere/ffmpeg' }))).rejects.toThrow(/ffmpeg was not found.*Install it/);
		expect(readdirSync(join(directory, 'clips'))).toEqual([]);
	});

	it('says so where this ffmpeg has no libx264', async () => {
		const without = join(directory, 'ffmpeg-without-x264');
		// The real ffmpeg, asked for an encoder under a name it does not have.
		writeFileSync(without, `#!/bin/bash\nexec ffmpeg "\${@/libx264/libx264-absent}" 2> >(sed s/libx264-absent/libx264/ >&2)\n`);
		chmodSync(without, 0o755);
		await expect(renderClip(film, 'one', options({ ffmpeg: without }))).rejects.toThrow(/without libx264/);
		expect(readdirSync(join(directory, 'clips'))).toEqual([]);
	});

	it('can be stopped, and leaves nothing behind', async () => {
		const controller = new AbortController();
		const long: Film = { ...film, durationMs: 60_000 };
		const rendering = renderClip(long, 'one', options({ signal: controller.signal, onProgress: () => controller.abort() }));
		await expect(rendering).rejects.toThrow(/abort/i);
		expect(readdirSync(join(directory, 'clips'))).toEqual([]);
	});
});
