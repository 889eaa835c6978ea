import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../../models/atomic-file.store.js';
import { type Settings, settingsSchema } from './settings.js';

/** Camera addresses hold passwords: nobody else on the machine reads them. */
const OWNER_ONLY = 0o600;

/** The settings made in the console; the defaults before anybody made one. @throws Error for people, when the file is damaged */
export async function readSettings(dataDir: string): Promise<Settings> {
	const path = settingsPath(dataDir);
	let text: string;
	try {
		text = await readFile(path, 'utf8');
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return settingsSchema.parse({});
		throw new Error(`${path} cannot be read: give it back to the user who runs this program.`, { cause: error });
	}
	const settings = settingsSchema.safeParse(parsed(text));
	// What is wrong is not printed: it could be a password.
	if (!settings.success) throw new Error(`${path} is damaged: restore it from a backup, or remove it and set the cameras up again.`);
	return settings.data;
}

export async function writeSettings(dataDir: string, settings: Settings): Promise<void> {
	await replaceFile(settingsPath(dataDir), async (file) => {
		await file.chmod(OWNER_ONLY);
		await file.writeFile(`${JSON.stringify(settings, null, '\t')}\n`);
	});
}

function settingsPath(dataDir: string): string {
	return join(dataDir, 'settings.json');
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
