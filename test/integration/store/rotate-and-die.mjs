// Rotates a data directory's key and is killed at a chosen moment, as a power cut would.
// node rotate-and-die.mjs DIRECTORY-OF-THE-COMPILED-STORE DATA-DIR MOMENT
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { pathToFileURL } from 'node:url';

const [compiled, dataDir, moment] = process.argv.slice(2);
const die = () => process.kill(process.pid, 'SIGKILL');
const { renameSync, writeSync } = fs;
let keyWrites = 0;
fs.renameSync = (from, to) => {
	if (to.endsWith('master.key') && moment === 'before the old key is replaced') die();
	renameSync(from, to);
	if (to.endsWith('.next') && moment === 'when the new key is written') die();
	if (to.endsWith('master.key') && moment === 'after the old key is replaced') die();
};
fs.writeSync = (handle, ...rest) => {
	if (moment === 'while the new key is written') die();
	const written = writeSync(handle, ...rest);
	// The second write to a key's file overwrites the old one.
	if (++keyWrites === 2 && moment === 'when the old key is overwritten') die();
	return written;
};
syncBuiltinESMExports();
const { default: Database } = await import('better-sqlite3');
const { transaction } = Database.prototype;
Database.prototype.transaction = function (work) {
	return transaction.call(this, (...args) => {
		const result = work(...args);
		if (moment === 'within the transaction' && keyWrites === 1) die();
		return result;
	});
};
const { exec } = Database.prototype;
Database.prototype.exec = function (sql) {
	if (sql === 'VACUUM' && moment === 'after the transaction') die();
	return exec.call(this, sql);
};
const { rotateKeys } = await import(pathToFileURL(`${compiled}/keys-rotation.store.js`).href);
rotateKeys(dataDir, { credentialsDirectory: null, environmentKey: null }, null);
if (moment !== 'never') throw new Error(`it was not killed ${moment}`);
