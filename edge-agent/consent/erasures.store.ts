import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../store/store-error.js';
import type { ListTail } from './erasure-list.js';

/** The list's name at every place. */
export const ERASURES = 'erasures.jsonl';

/**
 * Brings a place's list of erasures up to date with the log and answers once that is on the disk. The list itself says how far it is, so
 * that nothing is lost over a crash, an unplugged disk or another one in its stead.
 *
 * @param folder must be there: a backup disk that is not mounted is not to be mistaken for an empty one
 * @param tailOf answers what a list lacks
 * @throws Error for people, saying what to do
 */
export async function catchUp(folder: string, tailOf: (list: string) => Promise<ListTail>): Promise<void> {
	const path = join(folder, ERASURES);
	try {
		const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
		try {
			await append(file, await tailOf(await file.readFile('utf8')));
		} finally {
			await file.close();
		}
		await syncFolder(folder);
	} catch (error) {
		throw new Error(problem(path, folder, error), { cause: error });
	}
}

/** A line that was never finished is written over. */
async function append(file: FileHandle, { at, lines }: ListTail): Promise<void> {
	if (lines === '') return;
	await file.truncate(at);
	const bytes = Buffer.from(lines);
	for (let done = 0; done < bytes.length; ) done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
	await file.sync();
}

/** So that a new file's name is on the disk as well; some network disks cannot do that and need not. */
async function syncFolder(folder: string): Promise<void> {
	const handle = await open(folder, constants.O_RDONLY);
	try {
		await handle.sync();
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && (error.code === 'EINVAL' || error.code === 'ENOTSUP'))) throw error;
	} finally {
		await handle.close();
	}
}

function problem(path: string, folder: string, error: unknown): string {
	if (error instanceof StoreError && error.code === 'damaged')
		return `${path}: ${error.message}. Move it away and keep it; a whole new one is written in its place`;
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	if (code === 'ENOENT' || code === 'ENOTDIR') return `there is no folder ${folder}: connect or mount the backup disk`;
	if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
		return `${path} may not be written: check the disk and who owns the folder`;
	if (code === 'ENOSPC' || code === 'EDQUOT') return `the disk of ${folder} is full: make room`;
	return `${path}: ${error instanceof Error ? error.message : String(error)}`;
}
