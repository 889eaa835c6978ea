import { randomBytes } from 'node:crypto';
import {
	closeSync,
	existsSync,
	fchmodSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type KeySources, keySources } from '../config/environment.source.js';
import type { Connection } from './database.store.js';
import { KEY_BYTES, readMasterKey, StoreKeys } from './keys.js';
import { explain, StoreError } from './store-error.js';

export const CREDENTIAL = 'showroom-master-key';

export type KeyOrigin = 'credential' | 'environment' | 'file';

/** A master key that was found, as what is derived from it. */
export interface FoundKeys {
	readonly keys: StoreKeys;
	readonly origin: KeyOrigin;
	/** Where it lies, for people. */
	readonly where: string;
}

/** The file that holds the master key when neither systemd nor the environment brings it. */
export function keyFile(dataDir: string): string {
	return join(dataDir, 'keys', 'master.key');
}

/** During a rotation, the next key's file. */
export function nextKeyFile(dataDir: string): string {
	return `${keyFile(dataDir)}.next`;
}

/** The id of the key that a database is sealed under; null while it is sealed under none (it is new, or older than sealing). */
export function sealedUnder(database: Connection): string | null {
	const there = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'master_key'").get();
	const id = there ? database.prepare('SELECT id FROM master_key').pluck().get() : undefined;
	return typeof id === 'string' ? id : null;
}

/**
 * The key of an existing database: of all that are there, in the order credential, environment, file, the one that it is sealed under.
 *
 * @throws StoreError `key-missing`, `key-wrong` or `key-exposed`, saying what is missing, where it was looked for and what to do
 */
export function findKeys(database: Connection, sources: KeySources = keySources()): FoundKeys {
	const dataDir = dirname(database.name);
	const id = sealedUnder(database);
	if (id === null) throw new StoreError('older-schema', `${database.name} is not sealed yet: start the agent once to bring it up to date`);
	const { found, looked } = search(dataDir, sources);
	const right = found.find(({ keys }) => keys.id === id);
	for (const other of found) if (other !== right) other.keys.wipe();
	if (right) return right;
	const kept = `Names, telephones and templates in ${database.name} are sealed under master key ${id}`;
	const restore = `Put that key back where it was, or restore a backup together with its key; without it nobody can read them. Nothing was changed.`;
	const wrong = found.map(({ keys, where }) => `${where} holds key ${keys.id}`);
	throw wrong.length > 0
		? new StoreError('key-wrong', `${kept}, and that is not the key here: ${wrong.join('; ')}. Looked in: ${looked.join('; ')}. ${restore}`)
		: new StoreError('key-missing', `${kept}, which is missing. Looked in: ${looked.join('; ')}. ${restore}`);
}

/** The key to seal a database under that has none yet: the first that is there, else one made now and kept in the key's file. @throws StoreError */
export function firstKeys(dataDir: string, sources: KeySources): FoundKeys {
	const [first, ...others] = search(dataDir, sources).found;
	for (const { keys } of others) keys.wipe();
	if (first) return first;
	const master = randomBytes(KEY_BYTES);
	writeKeyFile(keyFile(dataDir), master);
	return found(master, 'file', keyFile(dataDir));
}

/** Ends a rotation that a crash interrupted: the file of the key that the database is sealed under stays, the other one goes. */
export function settleKeyFiles(dataDir: string, id: string): void {
	const next = nextKeyFile(dataDir);
	if (!existsSync(next)) return;
	const master = readMasterKey(readFileSync(next));
	if (master && found(master, 'file', next).keys.id === id) replaceKeyFile(dataDir);
	else overwriteAndRemove(next);
}

/** Writes a key for its owner's eyes only, onto the disk. */
export function writeKeyFile(file: string, master: Buffer): void {
	const text = Buffer.from(`${master.toString('base64')}\n`);
	try {
		mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
		const part = `${file}.part`;
		rmSync(part, { force: true });
		const handle = openSync(part, 'wx', 0o600);
		fchmodSync(handle, 0o600);
		writeSync(handle, text);
		fsyncSync(handle);
		closeSync(handle);
		renameSync(part, file);
		syncFolder(dirname(file));
	} catch (error) {
		throw explain(error, file);
	} finally {
		text.fill(0);
	}
}

/** The next key's file becomes the key's file; the old key is overwritten first. */
export function replaceKeyFile(dataDir: string): void {
	const file = keyFile(dataDir);
	if (existsSync(file)) overwrite(file);
	renameSync(nextKeyFile(dataDir), file);
	syncFolder(dirname(file));
}

/** A key from a file that only its owner may read. @throws StoreError `key-missing`, `key-wrong`, `key-exposed` */
export function readKeyFile(file: string): Buffer {
	let content: Buffer;
	try {
		// Windows has no such bits; there the data directory's own rights protect it.
		const others = process.platform === 'win32' ? 0 : statSync(file).mode & 0o077;
		if (others !== 0)
			throw new StoreError(
				'key-exposed',
				`others on this machine may read the master key in ${file}: run chmod 600 on it, and consider \`showroom keys rotate\``,
			);
		content = readFileSync(file);
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
			throw new StoreError('key-missing', `there is no key in ${file}`);
		throw explain(error, file);
	}
	const master = readMasterKey(content);
	content.fill(0);
	if (!master) throw notAKey(file);
	return master;
}

function search(dataDir: string, { credentialsDirectory, environmentKey }: KeySources): { found: FoundKeys[]; looked: string[] } {
	const all: FoundKeys[] = [];
	const looked: string[] = [];
	if (credentialsDirectory === null) looked.push('systemd credentials (none given)');
	else {
		const file = join(credentialsDirectory, CREDENTIAL);
		const there = existsSync(file);
		looked.push(`${file} (${there ? 'there' : 'not there'})`);
		if (there) all.push(found(masterOf(readCredential(file), file), 'credential', file));
	}
	looked.push(`SHOWROOM_MASTER_KEY (${environmentKey === null ? 'not set' : 'set'})`);
	if (environmentKey !== null)
		all.push(found(masterOf(Buffer.from(environmentKey), 'SHOWROOM_MASTER_KEY'), 'environment', 'SHOWROOM_MASTER_KEY'));
	const file = keyFile(dataDir);
	looked.push(`${file} (${existsSync(file) ? 'there' : 'not there'})`);
	const next = nextKeyFile(dataDir);
	const rotating = existsSync(next);
	if (existsSync(file)) {
		try {
			all.push(found(readKeyFile(file), 'file', file));
		} catch (error) {
			// A rotation that was interrupted had begun to overwrite it: its successor is there.
			if (!rotating) throw error;
		}
	}
	if (rotating) all.push(found(readKeyFile(next), 'file', next));
	return { found: all, looked };
}

function readCredential(file: string): Buffer {
	try {
		return readFileSync(file);
	} catch (error) {
		throw explain(error, file);
	}
}

function masterOf(content: Buffer, where: string): Buffer {
	const master = readMasterKey(content);
	content.fill(0);
	if (!master) throw notAKey(where);
	return master;
}

/** Takes the master key: it is wiped here. */
function found(master: Buffer, origin: KeyOrigin, where: string): FoundKeys {
	const keys = new StoreKeys(master);
	master.fill(0);
	return { keys, origin, where };
}

function notAKey(where: string): StoreError {
	return new StoreError('key-wrong', `${where} holds no master key: it must be 32 bytes, or their base64 (44 characters)`);
}

function overwriteAndRemove(file: string): void {
	overwrite(file);
	rmSync(file);
	syncFolder(dirname(file));
}

function overwrite(file: string): void {
	const handle = openSync(file, 'r+');
	writeSync(handle, Buffer.alloc(statSync(file).size, '-'), 0, undefined, 0);
	fsyncSync(handle);
	closeSync(handle);
}

/** So that a new name survives a power cut; Windows cannot open folders, and needs not. */
function syncFolder(folder: string): void {
	if (process.platform === 'win32') return;
	const handle = openSync(folder, 'r');
	fsyncSync(handle);
	closeSync(handle);
}
