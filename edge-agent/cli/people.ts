import { type Command, InvalidArgumentError } from 'commander';
import type { z } from 'zod';
import { type CustomerView, checkInSchema, type StaffView } from '../contract/api.js';
import type { RowChange } from '../log/log.types.js';
import { LogReader } from '../log/log-reader.store.js';
import { LogWriter } from '../log/log-writer.store.js';
import { openForReading, openForWriting } from '../store/database.store.js';
import { firstLine } from './secret-input.js';
import { note } from './terminal.js';

/** Everybody in a data directory, also while an agent runs. @throws StoreError when there is no such directory: a mistyped one is not made. */
export function readPeople(dataDir: string): { customers: CustomerView[]; staff: StaffView[] } {
	const database = openForReading(dataDir);
	try {
		const reader = new LogReader(database);
		return { customers: reader.customers(), staff: reader.staff() };
	} finally {
		database.close();
	}
}

/** Writes one row; makes data directory and database where missing. @throws StoreError `held` while an agent runs */
export function writeRow(dataDir: string, change: RowChange): void {
	const connection = openForWriting(dataDir);
	try {
		for (const outcome of new LogWriter(connection.database, connection.master.keys).commit([
			{ kind: 'append', drafts: [], changes: [change] },
		]))
			if ('error' in outcome) throw outcome.error;
	} finally {
		connection.close();
	}
}

/** The id of the one member of staff of this id or name. @throws Error that names everybody there is */
export function findStaff(staff: readonly StaffView[], wanted: string): string {
	const found = staff.filter(({ id, name }) => id === wanted || name === wanted);
	if (found.length === 1 && found[0]) return found[0].id;
	const known = staff.map(({ id, name }) => `${name} (${id})`).join(', ') || 'nobody yet; `showroom users add` adds somebody';
	throw new Error(`${found.length === 0 ? 'no' : 'more than one'} member of staff is called "${wanted}"; there are: ${known}`);
}

export const telephoneHelp =
	'digits, with or without +, spaces and dashes; - reads it from standard input, so that it stands in no process list';

/** What `--telephone` gave; wrong usage when that is none, without repeating it. */
export async function telephoneOf(option: string | undefined, command: Command): Promise<string | null> {
	if (option === undefined) return null;
	// Given as an argument, it is in the process list: from now on it is not.
	if (option !== '-') process.title = 'showroom';
	else if (process.stdin.isTTY) note('the telephone, then Enter:');
	const typed = checkInSchema.shape.telephone.safeParse(option === '-' ? await firstLine('telephone') : option);
	if (!typed.success) command.error('error: --telephone is none: give digits, with or without +, spaces and dashes', { exitCode: 2 });
	return typed.data;
}

/** An option's value by a schema. @throws InvalidArgumentError: wrong usage */
export function checked<T>(schema: z.ZodType<T>, text: string): T {
	const result = schema.safeParse(text);
	if (!result.success) throw new InvalidArgumentError(result.error.issues.map(({ message }) => message).join('; '));
	return result.data;
}
