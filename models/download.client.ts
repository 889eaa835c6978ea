import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { ModelError } from './model-error.js';

/** What the download must turn out to be. */
export interface Expected {
	readonly bytes: number;
	readonly sha256: string;
}

/**
 * Downloads into an open file and checks size and SHA-256. Throws a `ModelError` that names the address where the server cannot be
 * reached, refuses, falls silent for `silenceMs`, or sends something else.
 */
export async function download(url: string, expected: Expected, file: FileHandle, silenceMs: number): Promise<void> {
	const silence = new AbortController();
	const timer = setTimeout(() => silence.abort(new Error(`nothing came for ${silenceMs / 1000} s`)), silenceMs);
	const hash = createHash('sha256');
	let received = 0;
	try {
		const response = await fetch(url, { signal: silence.signal });
		if (!response.ok || response.body === null) throw new Error(`the server answered ${response.status} ${response.statusText}`);
		for await (const piece of response.body) {
			timer.refresh();
			received += piece.byteLength;
			if (received > expected.bytes) throw new Error(`it is longer than ${expected.bytes} bytes: another file than is meant`);
			hash.update(piece);
			await file.writeFile(piece);
		}
		if (received < expected.bytes) throw new Error(`it broke off after ${received} of ${expected.bytes} bytes`);
		if (hash.digest('hex') !== expected.sha256) throw new Error('its SHA-256 is wrong: another file than is meant');
	} catch (cause) {
		throw new ModelError(
			`${url} could not be fetched: ${reasonOf(cause)}. Try again, or download it elsewhere and run \`showroom models fetch --from FOLDER\`.`,
			{ cause },
		);
	} finally {
		clearTimeout(timer);
		silence.abort();
	}
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}
