import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { extname, join, parse } from 'node:path';

const PICTURES = new Set(['.jpg', '.jpeg', '.png', '.webp', '.avif', '.tif', '.tiff', '.gif']);

export interface PersonFolder {
	readonly person: string;
	readonly photos: readonly string[];
}

/** A gallery folder that cannot be used; says what to do. */
export class GalleryFolderError extends Error {
	override readonly name = 'GalleryFolderError';
}

/**
 * Reads a gallery folder: a folder a person named after them with their photographs, or pictures named after the person (`Li Na.jpg`).
 * Other files are told by name and left out, hidden ones without a word.
 * @throws GalleryFolderError when the folder cannot be read; an empty one answers []
 */
export async function readGalleryFolder(folder: string, say: (message: string) => void): Promise<PersonFolder[]> {
	const people: PersonFolder[] = [];
	const leaveOut = (...path: string[]) => say(`${join(...path)} is left out: it is no picture by its name (${[...PICTURES].join(', ')})`);
	for (const entry of await entries(folder)) {
		if (entry.isDirectory()) {
			const photos: string[] = [];
			for (const photo of await entries(join(folder, entry.name))) {
				if (isPicture(photo)) photos.push(join(folder, entry.name, photo.name));
				else leaveOut(folder, entry.name, photo.name);
			}
			if (photos.length > 0) people.push({ person: entry.name, photos });
		} else if (isPicture(entry)) people.push({ person: parse(entry.name).name, photos: [join(folder, entry.name)] });
		else leaveOut(folder, entry.name);
	}
	return people;
}

async function entries(folder: string): Promise<Dirent[]> {
	try {
		const found = await readdir(folder, { withFileTypes: true });
		return found.filter(({ name }) => !name.startsWith('.')).sort((a, b) => a.name.localeCompare(b.name));
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
		const why =
			code === 'ENOENT'
				? 'is not there'
				: code === 'ENOTDIR'
					? 'is a file; give the folder that holds one folder of photographs a person'
					: code === 'EACCES' || code === 'EPERM'
						? 'may not be read by this user; change its permissions'
						: `cannot be read (${code})`;
		throw new GalleryFolderError(`the gallery ${folder} ${why}`);
	}
}

function isPicture(entry: Dirent): boolean {
	return (entry.isFile() || entry.isSymbolicLink()) && PICTURES.has(extname(entry.name).toLowerCase());
}
