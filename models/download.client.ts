import { type FileHandle, open, rm } from 'node:fs/promises';
import { sha256OfFile } from './atomic-file.store.js';
import { FetchError, type FetchFault } from './model-error.js';

export interface Download {
	readonly url: string;
	/** What the file must turn out to be. */
	readonly expected: { readonly bytes: number; readonly sha256: string };
	/** Where it is put; what lies there from an interrupted download is continued. */
	readonly part: string;
	/** How long the server may say nothing. */
	readonly silenceMs: number;
	/** Ends it; what came is kept. */
	readonly signal: AbortSignal | undefined;
	/** Bytes that are there so far. */
	readonly onBytes: (received: number) => void;
}

/** What went wrong with one try. */
class Broken extends Error {
	constructor(
		readonly fault: FetchFault,
		message: string,
	) {
		super(message);
	}
}

/**
 * Downloads a file, whole and checked by SHA-256, into `part`. What an interrupted download left there is continued if the server can
 * (a Range request), and begun anew if it cannot, or if the whole turns out to be another file.
 *
 * @throws FetchError naming the address. What came is kept for the next time unless the server sends another file.
 */
export async function download(order: Download): Promise<void> {
	const { url, expected, part } = order;
	const file = await open(part, 'a+');
	let kept = 0;
	try {
		try {
			for (let from = await usable(file, expected.bytes); ; from = 0) {
				const begun = await receive(order, file, from);
				await file.sync();
				if ((await sha256OfFile(part)) === expected.sha256) return;
				await file.truncate(0);
				// What was continued may have been of another version.
				if (begun === 0) throw new Broken('wrong-file', 'its SHA-256 is wrong: another file than is meant');
			}
		} finally {
			kept = (await file.stat()).size;
			await file.close();
		}
	} catch (cause) {
		const fault = cause instanceof Broken ? cause.fault : 'interrupted';
		if (fault === 'wrong-file' || kept === 0) await rm(part, { force: true });
		const next =
			fault !== 'wrong-file' && kept > 0 ? `${kept} of ${expected.bytes} bytes are kept: run the same again to continue` : 'Try again';
		throw new FetchError(
			fault,
			`${url} could not be fetched: ${reasonOf(cause)}. ${next}, or download it elsewhere and run \`showroom models fetch --from FOLDER\`.`,
			{ cause },
		);
	}
}

/** Bytes that can be continued from; more of them than the file has are of another one. */
async function usable(file: FileHandle, bytes: number): Promise<number> {
	const { size } = await file.stat();
	if (size <= bytes) return size;
	await file.truncate(0);
	return 0;
}

/** Appends what is missing from `from` on. Answers from where the server really began. */
async function receive({ url, expected, silenceMs, signal, onBytes }: Download, file: FileHandle, from: number): Promise<number> {
	if (from === expected.bytes) return from;
	const silence = new AbortController();
	const timer = setTimeout(() => silence.abort(new Error(`nothing came for ${silenceMs / 1000} s`)), silenceMs);
	try {
		// Compressed, neither the length nor the place to continue from would be the file's.
		const headers = { 'accept-encoding': 'identity', ...(from > 0 && { range: `bytes=${from}-` }) };
		const response = await fetch(url, { headers, signal: signal ? AbortSignal.any([silence.signal, signal]) : silence.signal }).catch(
			(cause: unknown) => {
				throw new Broken('unreachable', reasonOf(cause));
			},
		);
		const begun = beginning(response, from, expected.bytes);
		if (begun !== from) await file.truncate(0);
		let received = begun;
		onBytes(received);
		for await (const piece of response.body ?? []) {
			timer.refresh();
			received += piece.byteLength;
			if (received > expected.bytes)
				throw new Broken('wrong-file', `it is longer than ${expected.bytes} bytes: another file than is meant`);
			await file.appendFile(piece);
			onBytes(received);
		}
		if (received < expected.bytes) throw new Broken('interrupted', `it broke off after ${received} of ${expected.bytes} bytes`);
		return begun;
	} finally {
		clearTimeout(timer);
		silence.abort();
	}
}

/** The byte that the answer begins with. @throws Broken where it cannot be the file */
function beginning(response: Response, from: number, bytes: number): number {
	const { status, statusText, headers } = response;
	const continued = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '');
	// 416: the server's file ends before.
	if (status === 416) throw new Broken('wrong-file', 'the server has another, shorter file than is meant');
	if (!response.ok) throw new Broken('refused', `the server answered ${status} ${statusText}`);
	if (headers.get('content-type')?.startsWith('text/html'))
		throw new Broken('wrong-file', 'the server sent a web page (of a proxy, or one that asks to sign in) and not the file');
	const begun = status === 206 ? Number(continued?.[1]) : 0;
	if (begun !== 0 && begun !== from) throw new Broken('wrong-file', `the server continued at another place than byte ${from}`);
	const length = headers.get('content-length');
	const total = length === null ? bytes : begun + Number(length);
	if (total !== bytes) throw new Broken('wrong-file', `it is ${total} bytes long where ${bytes} are meant: damaged, or another file`);
	return begun;
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}
