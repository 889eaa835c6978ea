import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Side } from '../vision/presentation/challenge.js';
import { yuvFromRgb } from '../vision/yuv.js';
import type { Look } from './drawing/look.js';
import { clipRate, presentationKinds } from './presentation-clips.js';
import { kioskPicture, type Portrait } from './turned-head.js';

/** Writes pictures as a video file; the container is what its name says (`.mkv`, `.y4m`). @throws Error with what ffmpeg said */
export async function writeClip(ffmpeg: string, file: string, pictures: readonly Portrait[]): Promise<void> {
	const { width, height } = kioskPicture;
	const raw = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${width}x${height}`, '-r', String(clipRate), '-i', 'pipe:0'];
	const coded = file.endsWith('.y4m') ? [] : ['-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj420p'];
	const child = spawn(ffmpeg, ['-hide_banner', '-loglevel', 'error', '-y', ...raw, ...coded, file], { stdio: ['pipe', 'ignore', 'pipe'] });
	let said = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		said += text;
	});
	child.stdin.on('error', () => undefined);
	const ended = once(child, 'close');
	for (const { pixels } of pictures) {
		if (!child.stdin.write(yuvFromRgb(pixels, width, height))) await Promise.race([once(child.stdin, 'drain'), ended]);
	}
	child.stdin.end();
	const [code] = await ended;
	if (code !== 0) throw new Error(`${ffmpeg} could not write ${file}: ${said.trim()}`);
}

/** Writes the folder that `evaluate attacks` reads: of each drawn person one clip of each kind, with a lot of its own. */
export async function writePresentations(ffmpeg: string, folder: string, looks: readonly Look[], random: () => number): Promise<void> {
	const side = (): Side => (random() < 0.5 ? 'left' : 'right');
	for (const [kind, pictures] of Object.entries(presentationKinds)) {
		await mkdir(join(folder, kind), { recursive: true });
		for (const look of looks) {
			const asked = [side(), side()] as const;
			await writeClip(ffmpeg, join(folder, kind, `${look.id}.${asked.join('-')}.mkv`), await pictures(look, asked, random));
		}
	}
}
