import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { Pair } from '../../calibration/evaluation.js';

/** A list of pairs that cannot be used; names the line and says what to do. */
export class PairsError extends Error {
	override readonly name = 'PairsError';
}

const SAME = new Map([
	...['1', 'true', 'yes', 'same'].map((word) => [word, true] as const),
	...['0', 'false', 'no', 'different'].map((word) => [word, false] as const),
]);

/**
 * Reads which photographs to compare. Either comma-separated `a,b,same`: paths of two photographs, absolute or below `folder`, and 1, true, yes or
 * same, 0, false, no or different (a first line that names the columns is skipped); or LFW's pairs.txt, tab-separated: `name n m` for photographs n and m of
 * one person, `name n other m` for two people, `name/name_0001.jpg` being the first of `name`.
 *
 * @throws PairsError
 */
export async function readPairs(file: string, folder: string): Promise<Pair[]> {
	const text = await readFile(file, 'utf8').catch((cause) => {
		throw new PairsError(`the pairs ${file} cannot be read: is there such a file?`, { cause });
	});
	const pairs: Pair[] = [];
	for (const [index, line] of text
		.replace(/^\uFEFF/, '')
		.split(/\r?\n/)
		.entries()) {
		if (line.trim() === '' || (index === 0 && isHeading(line))) continue;
		const pair = line.includes('\t') ? lfwPair(line, folder) : csvPair(line, folder);
		if (!pair)
			throw new PairsError(
				`${file}, line ${index + 1}: "${line.slice(0, 120)}" is no pair; write two photographs and whether they show the same person: Li Na/1.jpg,Li Na/2.jpg,1`,
			);
		pairs.push(pair);
	}
	if (pairs.length === 0) throw new PairsError(`${file} holds no pairs`);
	return pairs;
}

/** The columns' names, which are no paths, or LFW's counts of folds and pairs. */
function isHeading(line: string): boolean {
	const names = /^[^,./\\]+,[^,./\\]+,[^,./\\]+$/.test(line) && !/,\s*"?(1|0|true|false|yes|no)"?\s*$/i.test(line);
	return names || /^\d+(\t\d+)?\s*$/.test(line);
}

function csvPair(line: string, folder: string): Pair | null {
	const fields = Array.from(line.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/g), ([, quoted, plain]) =>
		quoted === undefined ? (plain ?? '').trim() : quoted.replaceAll('""', '"'),
	);
	// The expression matches the empty end once more.
	const [a, b, word, ...more] = fields.at(-1) === '' ? fields.slice(0, -1) : fields;
	const same = SAME.get(word?.toLowerCase() ?? '');
	if (!a || !b || same === undefined || more.length > 0) return null;
	const path = (photo: string): string => (isAbsolute(photo) ? photo : join(folder, photo));
	return { a: path(a), b: path(b), same };
}

function lfwPair(line: string, folder: string): Pair | null {
	const fields = line.trim().split('\t');
	const photo = (name = '', n = ''): string => join(folder, name, `${name}_${n.padStart(4, '0')}.jpg`);
	const [name, n, third, fourth] = fields;
	if (!/^\d+$/.test(n ?? '')) return null;
	if (fields.length === 3 && /^\d+$/.test(third ?? '')) return { a: photo(name, n), b: photo(name, third), same: true };
	if (fields.length === 4 && /^\d+$/.test(fourth ?? '')) return { a: photo(name, n), b: photo(third, fourth), same: false };
	return null;
}
