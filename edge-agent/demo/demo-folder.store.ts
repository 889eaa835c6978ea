import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const MARK = 'demo.json';
const DATABASE = ['showroom.db', 'showroom.db-wal', 'showroom.db-shm', 'erasures.jsonl'];

/**
 * Makes a folder ready for a demo: models and clips stay, the last demo's showroom goes.
 * @throws Error when the folder holds a real showroom's data, which a demo must never touch
 */
export async function prepareDemoFolder(dir: string): Promise<void> {
	await mkdir(dir, { recursive: true });
	const marked = await exists(join(dir, MARK));
	if (!marked && (await exists(join(dir, 'showroom.db')))) {
		throw new Error(`${dir} holds a showroom's data; the demo needs a folder of its own. Give another one with --data.`);
	}
	await writeFile(join(dir, MARK), '{"purpose":"demo: its showroom is made anew at each start"}\n');
	for (const file of DATABASE) await rm(join(dir, file), { force: true });
}

async function exists(path: string): Promise<boolean> {
	return access(path).then(
		() => true,
		() => false,
	);
}
