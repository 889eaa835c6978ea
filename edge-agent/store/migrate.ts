import type { Connection } from './database.store.js';
import type { StoreKeys } from './keys.js';
import { type Migration, migrations } from './migrations/index.js';
import { StoreError } from './store-error.js';

/** 'SHOW': how a showroom database is told from any other SQLite file. */
const APPLICATION_ID = 0x53484f57;

/** How the file's schema compares to this program's. */
export type SchemaAge = 'new' | 'older' | 'current';

/**
 * Says whether the database is empty, older than this program or current.
 *
 * @throws StoreError `newer-schema` or `not-a-database` (somebody else's SQLite file).
 */
export function checkSchema(database: Connection, file: string, steps: readonly Migration[] = migrations): SchemaAge {
	const version = schemaVersion(database);
	const owner = database.pragma('application_id', { simple: true });
	const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
	if (owner !== APPLICATION_ID) {
		if (owner === 0 && version === 0 && tables === 0) return 'new';
		throw new StoreError('not-a-database', `${file} belongs to another program: name another data directory, or move the file away`);
	}
	if (version > steps.length)
		throw new StoreError(
			'newer-schema',
			`${file} was written by a newer version of this program (schema ${version}, this one knows ${steps.length}): install that version or a later one`,
		);
	return version === steps.length ? 'current' : 'older';
}

/** Applies the steps that the database has not had yet, each in a transaction of its own. Without `keys` only where there is nothing to seal. */
export function migrate(database: Connection, steps: readonly Migration[] = migrations, keys: StoreKeys | null = null): void {
	for (const [index, step] of steps.entries()) {
		if (index < schemaVersion(database)) continue;
		database
			.transaction(() => {
				step(database, keys);
				database.pragma(`application_id = ${APPLICATION_ID}`);
				database.pragma(`user_version = ${index + 1}`);
			})
			.immediate();
	}
}

function schemaVersion(database: Connection): number {
	return Number(database.pragma('user_version', { simple: true }));
}
