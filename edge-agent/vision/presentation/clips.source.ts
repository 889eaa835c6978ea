import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { YuvFrame } from '../vision.types.js';
import type { Side } from './challenge.js';

/** One presentation, filmed. */
export interface Clip {
	/** Its folder's name. */
	readonly kind: string;
	readonly file: string;
	/** The sides that were asked for, where the file's name says. */
	readonly asked: readonly [Side, Side] | null;
}

/** Pictures a second, about as many as a kiosk sends. */
const RATE = 8;

/** The clips of a folder of folders, in the order of their names. @throws Error saying what was expected */
export async function findClips(folder: string): Promise<Clip[]> {
	const entries = await readdir(folder, { withFileTypes: true }).catch((cause) => {
		throw new Error(`the folder ${folder} cannot be read`, { cause });
	});
	const kinds = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
	const clips: Clip[] = [];
	for (const kind of kinds.sort()) {
		const files = await readdir(join(folder, kind), { withFileTypes: true });
		for (const { name } of files.filter((file) => file.isFile() && !file.name.startsWith('.')).sort((a, b) => (a.name < b.name ? -1 : 1)))
			clips.push({ kind, file: join(folder, kind, name), asked: askedIn(name) });
	}
	if (clips.length === 0) throw new Error(`${folder} holds no clips: put a folder bona-fide and one for each kind of attack into it`);
	return clips;
}

/** `anna.left-right.mp4` was asked left, then right. */
function askedIn(name: string): readonly [Side, Side] | null {
	const found = /\.(left|right)-(left|right)\.[^.]+$/.exec(name);
	return found ? [found[1] as Side, found[2] as Side] : null;
}

/** A film's pictures, 8 a second, at most 640 pixels wide, each in memory of its own. @throws Error with what ffmpeg said */
export async function* clipPictures(ffmpeg: string, file: string): AsyncGenerator<YuvFrame> {
	const filter = `fps=${RATE},scale='2*trunc(min(640,iw)/2)':-2`;
	const child = spawn(
		ffmpeg,
		['-hide_banner', '-loglevel', 'error', '-i', file, '-vf', filter, '-pix_fmt', 'yuv420p', '-f', 'yuv4mpegpipe', 'pipe:1'],
		{ stdio: ['ignore', 'pipe', 'pipe'] },
	);
	let said = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		said = (said + text).slice(-2000);
	});
	const ended = once(child, 'close').catch((error) => {
		throw new Error(`ffmpeg could not be started as "${ffmpeg}": ${error.message}`);
	});
	ended.catch(() => undefined);
	try {
		let rest = Buffer.alloc(0);
		let size: { readonly width: number; readonly height: number } | null = null;
		let count = 0;
		for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
			rest = Buffer.concat([rest, chunk]);
			for (;;) {
				// A line of text, and after each FRAME line the picture.
				const line = rest.indexOf('\n');
				if (line < 0) break;
				const header = rest.toString('latin1', 0, line);
				const found = /^YUV4MPEG2 .*?W(\d+) .*?H(\d+)/.exec(header);
				if (found) size = { width: Number(found[1]), height: Number(found[2]) };
				const bytes = found || !size ? 0 : (size.width * size.height * 3) / 2;
				if (rest.length < line + 1 + bytes) break;
				if (size && bytes > 0) {
					const mediaMs = (count++ * 1000) / RATE;
					yield { ...size, data: new Uint8Array(rest.subarray(line + 1, line + 1 + bytes)), mediaMs, receivedMs: mediaMs };
				}
				rest = rest.subarray(line + 1 + bytes);
			}
		}
		const [code] = await ended;
		if (code !== 0) throw new Error(`${file} cannot be read as a film: ${said.trim()}`);
	} finally {
		child.kill('SIGKILL');
	}
}
