// Loaded into every thread with --import: the thread that DOOMED names dies once the file DOOM is there.
import { existsSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const { DOOMED, DOOM } = process.env;
if (!isMainThread && process.argv[1]?.includes(DOOMED)) {
	setInterval(() => {
		if (existsSync(DOOM)) throw new Error('a bug in this thread');
		if (existsSync(`${DOOM}.quietly`)) process.exit(0);
	}, 50).unref();
}
