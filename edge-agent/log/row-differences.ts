/** A value of a row. */
export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

/** Where a stored row is not what the log says. */
export interface Difference {
	readonly table: string;
	/** The row's key; of several columns with `/` between. */
	readonly row: string;
	/** null: the whole row is on one side only. */
	readonly column: string | null;
	/** null as well where there is no such row. */
	readonly stored: Value;
	readonly log: Value;
}

/** One row on both sides; null: not on this one. */
export type Pair = { readonly stored: Row; readonly log: Row | null } | { readonly stored: null; readonly log: Row };

/**
 * Two tables' rows side by side, each read once and none kept.
 * @param stored in the order of the key, as `log`: text by its UTF-8 bytes, as SQLite has it
 */
export function* sideBySide(key: readonly string[], stored: Iterator<Row>, log: Iterator<Row>): Generator<Pair> {
	try {
		let [left, right] = [stored.next(), log.next()];
		while (!left.done || !right.done) {
			const order = left.done ? 1 : right.done ? -1 : byKey(key, left.value, right.value);
			if (order <= 0 && !left.done) {
				yield { stored: left.value, log: order === 0 && !right.done ? right.value : null };
				left = stored.next();
			} else if (!right.done) yield { stored: null, log: right.value };
			if (order >= 0) right = log.next();
		}
	} finally {
		// A statement that is still being read keeps its connection busy.
		stored.return?.();
		log.return?.();
	}
}

/** How the rows of a pair differ; nothing when they are the same. */
export function differencesOf(table: string, key: readonly string[], { stored, log }: Pair): Difference[] {
	const there = stored ?? log;
	const row = key.map((column) => String(there[column])).join('/');
	if (!stored || !log) return [{ table, row, column: null, stored: null, log: null, ...(stored ? { stored: row } : { log: row }) }];
	return Object.keys(log)
		.filter((column) => stored[column] !== log[column])
		.map((column) => ({ table, row, column, stored: stored[column] ?? null, log: log[column] ?? null }));
}

function byKey(key: readonly string[], a: Row, b: Row): number {
	for (const column of key) {
		const order = compare(a[column] ?? null, b[column] ?? null);
		if (order !== 0) return order;
	}
	return 0;
}

function compare(a: Value, b: Value): number {
	if (a === b) return 0;
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}
