import { createRequire } from 'node:module';
import Database from 'better-sqlite3';

/** sqlite-vec in memory: an exact search too, inside SQLite. */
export interface SqliteVec {
	/** @param values row by row */
	fill(values: Float32Array): void;
	/** The `count` nearest rows, nearest first. */
	nearest(probe: Float32Array, count: number): readonly { readonly row: number; readonly distance: number }[];
	stop(): void;
}

/** null where it is not installed: it is a development dependency. */
export async function openSqliteVec(length: number): Promise<SqliteVec | null> {
	let load: (database: Database.Database) => void;
	try {
		({ load } = createRequire(import.meta.url)('sqlite-vec'));
	} catch {
		return null;
	}
	const database = new Database(':memory:');
	load(database);
	database.exec(`CREATE VIRTUAL TABLE templates USING vec0(descriptor float[${length}])`);
	const insert = database.prepare('INSERT INTO templates (rowid, descriptor) VALUES (?, ?)');
	const search = database.prepare<[Buffer, number], { row: number; distance: number }>(
		'SELECT rowid AS row, distance FROM templates WHERE descriptor MATCH ? AND k = ? ORDER BY distance',
	);
	const bytes = (values: Float32Array): Buffer => Buffer.from(values.buffer, values.byteOffset, values.byteLength);
	return {
		fill(values) {
			database.transaction(() => {
				for (let row = 0; row * length < values.length; row++)
					insert.run(BigInt(row), bytes(values.subarray(row * length, (row + 1) * length)));
			})();
		},
		nearest: (probe, count) => search.all(bytes(probe), count),
		stop: () => database.close(),
	};
}
