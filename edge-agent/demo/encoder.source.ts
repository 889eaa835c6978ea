import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { YuvFrame } from '../vision/vision.types.js';
import { picture } from './drawing/background.js';
import { frameMs, frameRate } from './film.js';

const size = `${picture.width}x${picture.height}`;
const rawFormat = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p'];

/** H.264 as an entrance camera sends it: main profile, no B-frames, a key frame every two seconds, 2 Mbit/s. Same frames, same bytes. */
const encoding = [
	...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'main', '-bf', '0', '-g', '50', '-threads', '1'],
	...['-b:v', '2M', '-maxrate', '2M', '-bufsize', '4M'],
	...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
	...['-fflags', '+bitexact', '-flags:v', '+bitexact', '-map_metadata', '-1', '-movflags', '+faststart', '-f', 'mp4'],
];

export interface Encoder {
	/** Takes one picture (planar YUV 4:2:0); resolves when there is room for the next. */
	write(picture: Uint8Array): Promise<void>;
	/** Resolves once the file is whole. */
	finish(): Promise<void>;
	/** Ends ffmpeg at once; the file is unfinished. */
	abort(): void;
}

/**
 * Starts ffmpeg writing an MP4 file.
 *
 * @throws Error saying what to install, where ffmpeg or its libx264 is missing (from `write` or `finish`)
 */
export function startEncoder(ffmpeg: string, file: string): Encoder {
	const input = [...rawFormat, '-s', size, '-r', String(frameRate), '-i', 'pipe:0'];
	const child = spawn(ffmpeg, ['-hide_banner', '-loglevel', 'error', '-y', ...input, ...encoding, file], {
		stdio: ['pipe', 'ignore', 'pipe'],
	});
	const ended = endOf(child, ffmpeg);
	// Whoever waits for `ended` hears why ffmpeg ended; a write after that fails with EPIPE, which says nothing.
	ended.catch(() => undefined);
	child.stdin.on('error', () => undefined);
	return {
		async write(bytes) {
			if (child.stdin.write(bytes)) return;
			const tooEarly = ended.then(() => Promise.reject(new Error('ffmpeg ended before the film did')));
			await Promise.race([once(child.stdin, 'drain').catch(() => tooEarly), tooEarly]);
		},
		async finish() {
			child.stdin.end();
			await ended;
		},
		abort() {
			child.kill('SIGKILL');
		},
	};
}

/** The pictures of a file made by `startEncoder`, in order, each in memory of its own. */
export async function* decode(ffmpeg: string, file: string): AsyncGenerator<YuvFrame> {
	const child = spawn(ffmpeg, ['-hide_banner', '-loglevel', 'error', '-i', file, ...rawFormat, 'pipe:1'], {
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const ended = endOf(child, ffmpeg);
	ended.catch(() => undefined);
	const bytes = (picture.width * picture.height * 3) / 2;
	let data = new Uint8Array(bytes);
	let filled = 0;
	let count = 0;
	try {
		for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
			for (let at = 0; at < chunk.length; ) {
				const part = chunk.subarray(at, at + bytes - filled);
				data.set(part, filled);
				filled += part.length;
				at += part.length;
				if (filled < bytes) continue;
				yield { ...picture, data, mediaMs: frameMs(count), receivedMs: 0 };
				count++;
				data = new Uint8Array(bytes);
				filled = 0;
			}
		}
		await ended;
	} finally {
		child.kill('SIGKILL');
	}
}

/** Resolves when the child has ended well; otherwise rejects with what went wrong and what to do. */
async function endOf(child: ChildProcessByStdio<Writable | null, Readable | null, Readable>, ffmpeg: string): Promise<void> {
	let errors = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		errors = (errors + text).slice(-2000);
	});
	const [code] = await once(child, 'close').catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'ENOENT') throw error;
		throw new Error(`ffmpeg was not found as "${ffmpeg}". Install it (Debian: apt install ffmpeg) or name its path in the configuration.`);
	});
	if (code === 0) return;
	if (/Unknown encoder 'libx264'|Unrecognized option 'preset'/.test(errors)) {
		throw new Error(
			`"${ffmpeg}" cannot encode H.264: it was built without libx264. Install an ffmpeg that has it (Debian: apt install ffmpeg).`,
		);
	}
	throw new Error(`ffmpeg failed${code === null ? '' : ` with exit code ${code}`}: ${errors.trim() || 'it gave no reason'}`);
}
