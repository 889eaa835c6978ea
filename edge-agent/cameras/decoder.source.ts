import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { FfmpegEnd } from './ffmpeg-errors.js';
import { type FfmpegSaid, parseFfmpegLine } from './ffmpeg-output.js';
import { scrub } from './source-url.js';

export interface DecoderListener {
	said(said: FfmpegSaid): void;
	/** Whether `bytes` may be called. Once it may be again, call `resume`. */
	ready(): boolean;
	/** Bytes of frames. */
	bytes(chunk: Uint8Array): void;
	/** ffmpeg is gone and all it wrote has been handed over. Called once. */
	ended(end: FfmpegEnd): void;
}

export interface Decoder {
	/** undefined: it could not be started. */
	readonly pid: number | undefined;
	/** Reads on after the listener was not ready. */
	resume(): void;
	/** SIGKILL: a frozen ffmpeg does not hear SIGTERM. What it wrote and nobody read is lost. */
	kill(): void;
}

const keptLines = 40;
/** `[tcp @ 0x55f244699b00] `: which part of ffmpeg speaks. */
const speaker = /^\[[^\]]* @ (0x)?[0-9a-f]+\] /i;

/**
 * Starts one ffmpeg. It ends with us even after `kill -9`: its next frame finds nobody at the other end of stdout (and a stream without
 * frames ends by its own timeout).
 *
 * @param input written to stdin
 * @param secrets taken out of every line kept
 */
export function startDecoder(
	ffmpeg: string,
	args: readonly string[],
	input: string | Uint8Array,
	secrets: readonly string[],
	listener: DecoderListener,
): Decoder {
	// In a process group of its own: Ctrl+C in a terminal is for the agent, which then ends ffmpeg itself.
	const detached = process.platform !== 'win32';
	const child = spawn(ffmpeg, args, { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true, detached });
	const lines: string[] = [];
	const keep = (line: string) => {
		lines.push(scrub(line, secrets).replace(speaker, ''));
		if (lines.length > keptLines) lines.shift();
	};
	const kill = () => {
		child.stdout.destroy();
		child.kill('SIGKILL');
	};

	let nextIndex = 0;
	let frames = 0;
	let answered = false;
	createInterface({ input: child.stderr }).on('line', (line) => {
		const said = parseFfmpegLine(line);
		if (!said && !line.includes('showinfo')) keep(line);
		if (!said) return;
		// The two streams are matched by count: better no picture than a wrong one. The count starts anew when the picture's size changes.
		const lost = said.kind === 'frame' && said.index !== 0 && said.index !== nextIndex;
		if (said.kind === 'answered') answered = true;
		if (said.kind === 'frame') {
			nextIndex = said.index + 1;
			frames += 1;
		}
		if (lost || said.kind === 'options-unused') {
			keep(lost ? "error: a frame's announcement was lost" : line);
			kill();
			return;
		}
		listener.said(said);
	});
	// Not by 'data' and pause(): Node resumes a paused stdout when the child exits, and the reader is not ready then.
	const read = () => {
		while (listener.ready()) {
			const chunk: Buffer | null = child.stdout.read();
			if (chunk === null) return;
			listener.bytes(chunk);
		}
	};
	child.stdout.on('readable', read);

	let over = false;
	const end = (spawnError: string | null, exitCode: number | null) => {
		if (over) return;
		over = true;
		listener.ended({ spawnError, exitCode, lines, answered, frames });
	};
	child.on('error', (error: NodeJS.ErrnoException) => {
		if (child.pid === undefined) end(error.code ?? error.message, null);
	});
	child.on('close', (code) => end(null, code));
	// ffmpeg may be gone before it has read all: how it ended says why.
	child.stdin.on('error', () => {});
	child.stdin.end(input);
	return { pid: child.pid, resume: read, kill };
}
