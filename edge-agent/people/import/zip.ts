import type { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { BadFileError } from './bad-file.js';
import { MAX_UNPACKED_BYTES } from './limits.js';

/**
 * The archive that a workbook is (PKWARE's APPNOTE 6.3, without ZIP64: a file has 50 MB at most). Parts are unpacked one by one as they are
 * read, so that one that swells is noticed while it does.
 */
export interface ZipParts {
	has(name: string): boolean;
	/** The part's text in pieces. @throws BadFileError `bomb`, `damaged`, `password` */
	read(name: string): AsyncGenerator<string>;
}

interface Entry {
	readonly method: number;
	readonly encrypted: boolean;
	readonly packed: number;
	readonly header: number;
}

const MAX_ENTRIES = 5000;
const STORED = 0;
const DEFLATED = 8;

/** @throws BadFileError `damaged` when this is no archive */
export function openZip(bytes: Uint8Array): ZipParts {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const entries = directory(file);
	return {
		has: (name) => entries.has(name.toLowerCase()),
		read: (name) => unpack(file, entries.get(name.toLowerCase())),
	};
}

function directory(file: Buffer): Map<string, Entry> {
	// The end record has 22 bytes and a comment of at most 65,535.
	const end = file.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
	if (end < 0 || end < file.length - 22 - 0xffff || end + 22 > file.length) throw new BadFileError('damaged');
	const count = file.readUInt16LE(end + 10);
	if (count > MAX_ENTRIES) throw new BadFileError('bomb');
	const entries = new Map<string, Entry>();
	let at = file.readUInt32LE(end + 16);
	for (let index = 0; index < count; index++) {
		if (at + 46 > file.length || file.readUInt32LE(at) !== 0x02014b50) throw new BadFileError('damaged');
		const nameLength = file.readUInt16LE(at + 28);
		const name = file.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/');
		entries.set(name.toLowerCase(), {
			encrypted: (file.readUInt16LE(at + 8) & 1) === 1,
			method: file.readUInt16LE(at + 10),
			packed: file.readUInt32LE(at + 20),
			header: file.readUInt32LE(at + 42),
		});
		at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
	}
	return entries;
}

async function* unpack(file: Buffer, entry: Entry | undefined): AsyncGenerator<string> {
	if (!entry || entry.header + 30 > file.length || file.readUInt32LE(entry.header) !== 0x04034b50) throw new BadFileError('damaged');
	if (entry.encrypted) throw new BadFileError('password');
	const from = entry.header + 30 + file.readUInt16LE(entry.header + 26) + file.readUInt16LE(entry.header + 28);
	const packed = file.subarray(from, from + entry.packed);
	const decoder = new TextDecoder('utf-8');
	let bytes = 0;
	try {
		for await (const piece of pieces(entry.method, packed)) {
			bytes += piece.length;
			if (bytes > MAX_UNPACKED_BYTES) throw new BadFileError('bomb');
			yield decoder.decode(piece, { stream: true });
		}
	} catch (error) {
		// zlib's own errors: the archive is not what it says.
		throw error instanceof BadFileError ? error : new BadFileError('damaged');
	}
}

function pieces(method: number, packed: Buffer): Iterable<Buffer> | AsyncIterable<Buffer> {
	if (method === STORED) return [packed];
	if (method !== DEFLATED) throw new BadFileError('damaged');
	const inflate: Readable = createInflateRaw({ chunkSize: 256 * 1024 }).end(packed);
	return inflate;
}
