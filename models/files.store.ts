import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FetchError, ModelError } from './model-error.js';

/** A folder that holds more was hardly meant: a whole disk, say. */
const MOST_FILES = 20_000;

/** All files in a folder and below, in the order of their names; those behind symbolic links too, folders behind them not. */
export async function filesBelow(folder: string, most = MOST_FILES): Promise<string[]> {
	let entries: Awaited<ReturnType<typeof readFolder>>;
	try {
		entries = await readFolder(folder);
	} catch (cause) {
		throw new FetchError('bad-folder', `The folder ${folder} cannot be read.`, { cause });
	}
	const files: string[] = [];
	for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) files.push(...(await filesBelow(path, most - files.length)));
		else if (entry.isFile() || (entry.isSymbolicLink() && (await sizeOf(path)) !== null)) files.push(path);
		if (files.length > most) throw new FetchError('bad-folder', `${folder} holds more than ${MOST_FILES} files: name a smaller folder.`);
	}
	return files.filter((path) => !basename(path).endsWith('.part'));
}

function readFolder(folder: string) {
	return readdir(folder, { withFileTypes: true });
}

/** Bytes of a file; null where there is none. */
export async function sizeOf(path: string): Promise<number | null> {
	try {
		const found = await stat(path);
		return found.isFile() ? found.size : null;
	} catch (cause) {
		if (isNoEntry(cause)) return null;
		throw new ModelError(`${path} cannot be read.`, { cause });
	}
}

/** There is no such file or folder. */
export function isNoEntry(error: unknown): boolean {
	return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
