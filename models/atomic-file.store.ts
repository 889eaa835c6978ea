import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const hourMs = 3_600_000;

/**
 * Writes a file so that its name always means a whole one, whatever crashes and whoever else writes it at the same time: into
 * a file beside it, onto the disk, then renamed. Where `write` throws, nothing changes.
 */
export async function replaceFile(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
	const folder = dirname(path);
	await mkdir(folder, { recursive: true });
	const temporary = `${path}.${randomUUID()}.part`;
	const file = await open(temporary, 'wx');
	try {
		try {
			await write(file);
			await file.sync();
			await removeOldParts(path, (await file.stat()).mtimeMs);
		} finally {
			await file.close();
		}
		await putInPlace(temporary, path);
	} catch (error) {
		await rm(temporary, { force: true });
		throw error;
	}
}

/** Gives a file that is on the disk its name, in the same folder, so that a power cut leaves the old one or the new one. */
export async function putInPlace(temporary: string, path: string): Promise<void> {
	await rename(temporary, path);
	await syncFolder(dirname(path));
}

/** What a crash left behind; younger parts may be somebody else's, at work. */
async function removeOldParts(path: string, nowMs: number): Promise<void> {
	const folder = dirname(path);
	for (const name of await readdir(folder)) {
		const part = join(folder, name);
		if (!part.startsWith(`${path}.`) || !name.endsWith('.part')) continue;
		const age = await stat(part).then(
			({ mtimeMs }) => nowMs - mtimeMs,
			() => 0,
		);
		if (age > hourMs) await rm(part, { force: true });
	}
}

/** So that the new name survives a power cut; Windows cannot open folders, and needs not. */
async function syncFolder(folder: string): Promise<void> {
	if (process.platform === 'win32') return;
	const handle = await open(folder);
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/** The SHA-256 of a file, in hexadecimal digits; read piece by piece, so that the thread stays free. */
export async function sha256OfFile(path: string): Promise<string> {
	const hash = createHash('sha256');
	for await (const piece of createReadStream(path, { highWaterMark: 1 << 18 })) hash.update(piece);
	return hash.digest('hex');
}
