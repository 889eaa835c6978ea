import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const commits = 100;

/**
 * How often a commit makes the kernel bring the write-ahead log onto the disk: counted with `strace` over a hundred appends of one event in a
 * process of its own. null where there is no strace, or it may not trace.
 *
 * @param dir where a folder for it may be made for the while
 */
export async function fsyncsPerCommit(dir: string): Promise<number | null> {
	const own = await mkdtemp(join(dir, 'fsyncs-'));
	const trace = join(own, 'trace');
	const script = fileURLToPath(new URL('./log-fsyncs.process.js', import.meta.url));
	try {
		await promisify(execFile)('strace', [
			...['-f', '-y', '-qq', '-e', 'trace=fsync,fdatasync', '-o', trace],
			...[process.execPath, script, join(own, 'data'), String(commits)],
		]);
		return syncsBetweenMarks(await readFile(trace, 'utf8')) / commits;
	} catch {
		return null;
	} finally {
		await rm(own, { recursive: true, force: true });
	}
}

/** How many syncs of a write-ahead log a trace shows between the two of a file called `mark`. */
export function syncsBetweenMarks(trace: string): number {
	const calls = [...trace.matchAll(/^\d+ +f(?:data)?sync\(\d+<(.*?)>/gm)].map(([, file = '']) => file);
	const [first, last] = [calls.findIndex(isMark), calls.findLastIndex(isMark)];
	return calls.slice(first, last).filter((file) => file.endsWith('-wal')).length;
}

const isMark = (file: string): boolean => file.endsWith('/mark');
