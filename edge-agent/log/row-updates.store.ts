import type { Statement } from 'better-sqlite3';
import type { LoggedEvent } from '../contract/events.js';
import type { Connection } from '../store/database.store.js';
import { rowUpdates } from './projections/index.js';

/** Writes what events change in the projections' rows. */
export class RowUpdates {
	readonly #database: Connection;
	readonly #statements = new Map<string, { readonly statement: Statement; readonly names: readonly string[] }>();

	constructor(database: Connection) {
		this.#database = database;
	}

	write(event: LoggedEvent): void {
		for (const { sql, values } of rowUpdates(event)) {
			const { statement, names } = this.#statement(sql);
			statement.run(names.map((name) => values[name] ?? null));
		}
	}

	/** Values are bound by place: better-sqlite3 looks each name up for as long as the row takes to write. */
	#statement(sql: string): { readonly statement: Statement; readonly names: readonly string[] } {
		const known = this.#statements.get(sql);
		if (known) return known;
		const names = Array.from(sql.matchAll(/@(\w+)/g), ([, name = '']) => name);
		const made = { statement: this.#database.prepare(sql.replace(/@\w+/g, '?')), names };
		this.#statements.set(sql, made);
		return made;
	}
}
