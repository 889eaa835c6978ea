import Database from 'better-sqlite3';
import { StoreKeys } from '../../../edge-agent/store/keys.js';
import { migrate } from '../../../edge-agent/store/migrate.js';
import { migrations } from '../../../edge-agent/store/migrations/index.js';

export const testKeys = new StoreKeys(Buffer.alloc(32, 7));

/** A database of the current schema in memory, sealed under `testKeys`. */
export function memoryDatabase(): Database.Database {
	const database = new Database(':memory:');
	migrate(database, migrations, testKeys);
	return database;
}
