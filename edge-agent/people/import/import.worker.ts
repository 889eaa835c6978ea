import { getPriority, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { uuidv7 } from 'uuidv7';
import type { DraftView, ImportChange, ImportCounts, ImportKind, PeopleFormat } from '../../contract/import.api.js';
import type { Language } from '../../contract/vocabulary.js';
import { ImportRows } from '../../log/import-rows.store.js';
import { LogReader } from '../../log/log-reader.store.js';
import { type Answer, type Answers, type Call, failure, serve, type ThreadData } from '../../log/thread-calls.js';
import { openForReading } from '../../store/database.store.js';
import { findKeys } from '../../store/keys.store.js';
import { PersonKeys } from '../../store/person-keys.store.js';
import { type BadFileCode, BadFileError } from './bad-file.js';
import { type Batch, type TakeBack, toTakeBack, toWrite } from './changes.js';
import { Draft, type DraftRow, type StoredPeople } from './draft.js';
import type { JudgedRow } from './judged.js';
import { peopleFile, peopleTable } from './people-table.js';

/** A draft as it is now, or why the file cannot be imported. */
export type DraftAnswer = { readonly view: Omit<DraftView, 'expiresAt'> } | { readonly bad: BadFileCode; readonly what: string };

/** How many people one answer holds at most, so that main is busy with it for a moment only. */
const BATCH = 200;
const MOST_NAMED = 100;
const NICE = 10;

/**
 * Files on their way into the store. They are read and judged here, and stay here: main sees them a page or a batch at a time, and all of it is
 * gone from memory when this thread ends.
 */
export class ImportDesk {
	readonly #reader: LogReader;
	readonly #rows: ImportRows;
	readonly #uploads = new Map<string, Uint8Array[]>();
	readonly #drafts = new Map<string, Draft>();
	readonly #takingBack = new Map<string, StoredPeople>();
	/** What is being written, by draft. */
	readonly #prepared = new Map<string, { readonly writes: ReturnType<Draft['writes']>; readonly disabled: StoredPeople['disabled'] }>();

	constructor(reader: LogReader, rows: ImportRows) {
		this.#reader = reader;
		this.#rows = rows;
	}

	/** A piece of a file. */
	push(id: string, piece: Uint8Array): void {
		const pieces = this.#uploads.get(id);
		if (pieces) pieces.push(piece);
		else this.#uploads.set(id, [piece]);
	}

	/** The file is complete. */
	async read(id: string, kind: ImportKind, file: string): Promise<DraftAnswer> {
		const bytes = Buffer.concat(this.#uploads.get(id) ?? []);
		this.#uploads.delete(id);
		const draft = new Draft(kind, file, bytes);
		const answer = await answered(draft, () => draft.read(this.#people()));
		if ('view' in answer) this.#drafts.set(id, draft);
		return answer;
	}

	change(id: string, change: ImportChange): Promise<DraftAnswer> {
		const draft = this.#draft(id);
		return answered(draft, () => draft.change(change, this.#people()));
	}

	rows(id: string, show: 'all' | JudgedRow['state'], offset: number, limit: number): { total: number; rows: DraftRow[] } {
		return this.#draft(id).rows(show, offset, limit);
	}

	/** Forgets a file, whole or not. */
	drop(id: string): void {
		this.#uploads.delete(id);
		this.#drafts.delete(id);
		this.#prepared.delete(id);
	}

	/** Judges the file once more against the store as it now is, and holds ready what is to be written. null: there is nothing to write. */
	prepare(id: string): { readonly total: number; readonly counts: ImportCounts } | null {
		const people = this.#people();
		const draft = this.#draft(id);
		draft.judge(people);
		if (!draft.ready) return null;
		const writes = draft.writes();
		this.#prepared.set(id, { writes, disabled: people.disabled });
		return { total: writes.length, counts: draft.counts() };
	}

	/** What the rows from this one on write. */
	batch(id: string, from: number): Batch & { readonly next: number } {
		const { writes, disabled } = this.#prepared.get(id) ?? { writes: [], disabled: new Set<string>() };
		const some = writes.slice(from, from + BATCH);
		return { ...toWrite(id, some, disabled, uuidv7), next: from + some.length };
	}

	/** How to take back so many of an import's people; null: none is left. */
	takeBack(id: string, most: number): (TakeBack & { readonly names: readonly { readonly id: string; readonly name: string }[] }) | null {
		const some = this.#rows.people(id, most);
		if (some.length === 0) {
			this.#takingBack.delete(id);
			return null;
		}
		// Read once; what each of them needs to be known of changes only by taking them back.
		const stored = this.#takingBack.get(id) ?? this.#people();
		this.#takingBack.set(id, stored);
		const plan = toTakeBack(id, some, stored);
		const kept = new Set(plan.kept.slice(0, MOST_NAMED));
		const names =
			kept.size === 0
				? []
				: [...stored.customers, ...stored.staff].flatMap((one) => (kept.has(one.id) ? [{ id: one.id, name: one.name }] : []));
		return { ...plan, names };
	}

	/** Everybody as a file. */
	exported(kind: ImportKind, format: PeopleFormat, language: Language): Promise<Uint8Array> {
		return peopleFile(peopleTable(kind, this.#people(), language), format);
	}

	#draft(id: string): Draft {
		const draft = this.#drafts.get(id);
		if (!draft) throw new Error('there is no such draft');
		return draft;
	}

	#people(): StoredPeople {
		const notes = this.#rows.notes();
		return {
			customers: this.#reader.customers().map(({ id, name, telephone, consultant }) => ({
				...{ id, name, telephone, consultant },
				...(notes.get(id) ?? { model: null, note: null }),
			})),
			staff: this.#reader.staff().map(({ id, name, role, onDuty }) => ({ id, name, role, onDuty })),
			disabled: new Set(
				this.#reader.accessRecords().flatMap(({ id, value }) => (isDisabled(id, value) ? [id.slice('account/'.length)] : [])),
			),
		};
	}
}

function isDisabled(id: string, value: string): boolean {
	return id.startsWith('account/') && (JSON.parse(value) as { disabled?: unknown }).disabled === true;
}

async function answered(draft: Draft, work: () => Promise<void>): Promise<DraftAnswer> {
	try {
		await work();
		return { view: draft.view() };
	} catch (error) {
		if (error instanceof BadFileError) return { bad: error.code, what: error.what };
		throw error;
	}
}

const port = parentPort;
if (port) {
	// Everybody else first: visitors at the door do not wait for a file. On Linux this is the thread's own, elsewhere it would be the whole agent's.
	if (process.platform === 'linux') setPriority(Math.max(getPriority(), NICE));
	const { dataDir, sources } = workerData as ThreadData;
	serve(port, dataDir, () => {
		const database = openForReading(dataDir);
		const { keys } = findKeys(database, sources);
		const desk = new ImportDesk(new LogReader(database, () => keys), new ImportRows(database, new PersonKeys(database, keys)));
		// Main calls only what ImportDesk has: `Thread<ImportDesk>` sees to it.
		const methods = desk as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
		// One after the other: a file is whole before it is read, and read before it is asked for.
		let turn = Promise.resolve();
		return {
			started: null,
			receive({ call, method, args }: Call) {
				turn = turn
					.then(() => methods[method]?.(...args))
					.then(
						(value): Answer => ({ call, value }),
						(error): Answer => ({ call, failure: failure(error, dataDir) }),
					)
					.then((answer) => port.postMessage({ answers: [answer] } satisfies Answers));
			},
			stop() {
				database.close();
				keys.wipe();
			},
		};
	});
}
