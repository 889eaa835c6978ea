import type { Actor, EventDraft } from '../../contract/events.js';
import type { ImportCounts, ImportKind, UndoneView } from '../../contract/import.api.js';
import type { Instant } from '../../contract/vocabulary.js';
import type { ImportRecord } from '../../log/import-rows.store.js';
import type { RowChange, ShowroomLog } from '../../log/log.types.js';
import type { StaffEvent } from './changes.js';
import type { ImportThread } from './import-thread.client.js';
import type { LiveImport } from './live-import.js';

export interface ImportWriterOptions {
	readonly log: Pick<ShowroomLog, 'append'>;
	readonly thread: ImportThread;
	readonly now: () => Instant;
	readonly newId: () => string;
	/** The agent ends: what is being done ends after its batch. */
	readonly isStopping: () => boolean;
}

/** Each erasure writes the database anew, so larger steps than in writing; longer ones would keep everybody else's writing waiting. */
const TAKE_BACK = 1000;
const MOST_NAMED = 100;

/**
 * Writes what was confirmed into the log, batch by batch, with a row beside each person that says how to take them back; and takes them back.
 * The record of the import comes first and says `writing` or `undoing` until everything is done.
 */
export class ImportWriter {
	readonly #options: ImportWriterOptions;

	constructor(options: ImportWriterOptions) {
		this.#options = options;
	}

	/** The record that a confirmed draft begins with. */
	record({ id, kind }: Pick<LiveImport, 'id' | 'kind'>, by: Actor, counts: ImportCounts): ImportRecord {
		return { id, kind, state: 'writing', at: this.#options.now().wall, actor: by, ...counts, removed: 0, restored: 0, kept: 0 };
	}

	/** Answers whether it is written, and taken back otherwise; null: the agent ends, and the next start takes it back. @throws StoreError */
	async write(record: ImportRecord, live: Pick<LiveImport, 'progress' | 'cancelled'>): Promise<boolean | null> {
		const { log, thread, now, isStopping } = this.#options;
		const { id, kind, added, updated, skipped } = record;
		const by = record.actor as Actor;
		const total = live.progress?.total ?? 0;
		await log.append([], [row(record)]);
		for (let from = 0; from < total && !live.cancelled; ) {
			if (isStopping()) return null;
			const { changes, events, next } = await thread.use((desk) => desk.call('batch', id, from));
			await log.append(this.#staffEvents(events, by), changes);
			from = next;
			live.progress = { done: from, total };
		}
		if (live.cancelled) {
			await this.takeBack(record);
			return false;
		}
		const type = kind === 'customers' ? 'customers.imported' : 'staff.imported';
		const events = [
			this.#event(type, by, id, { import: id, added, updated, skipped }),
			this.#event('person.changed', by, id, { person: null, purpose: 'import' }),
		];
		await log.append(events, [row({ ...record, state: 'done', at: now().wall })]);
		return true;
	}

	/**
	 * Takes everybody back whom the import holds rows of. One that was never finished leaves no trace. May be called again after it failed.
	 *
	 * @throws StoreError
	 */
	async takeBack(record: ImportRecord, onProgress: (done: number) => void = () => {}): Promise<UndoneView> {
		const { log, thread, isStopping } = this.#options;
		const { id } = record;
		const actor = record.actor as Actor;
		let { removed, restored, kept } = record;
		const keptPeople: { readonly id: string; readonly name: string }[] = [];
		for (;;) {
			const plan = await thread.use((desk) => desk.call('takeBack', id, TAKE_BACK));
			if (plan === null) break;
			[removed, restored, kept] = [removed + plan.removed, restored + plan.restored, kept + plan.kept.length];
			keptPeople.push(...plan.names.slice(0, MOST_NAMED - keptPeople.length));
			await log.append(this.#staffEvents(plan.events, actor), [...plan.changes, row({ ...record, removed, restored, kept })]);
			onProgress(removed + restored + kept);
			if (isStopping()) return { removed, restored, kept, keptPeople };
		}
		const undone = { removed, restored, kept };
		if (record.state === 'undoing')
			await log.append(
				[this.#event('import.undone', actor, id, { import: id, ...undone })],
				[row({ ...record, state: 'undone', ...undone })],
			);
		else await log.append([], [row({ ...record, state: 'forgotten' })]);
		return { ...undone, keptPeople };
	}

	/** From now on it cannot be taken back. */
	async settle(record: ImportRecord): Promise<void> {
		await this.#options.log.append([], [row({ ...record, state: 'final' })]);
	}

	/** Records that everybody's data has left the house in a file. */
	async exported(kind: ImportKind, by: Actor): Promise<void> {
		await this.#options.log.append([this.#event('person.exported', by, kind, { person: null, purpose: 'export' })]);
	}

	#staffEvents(events: readonly StaffEvent[], actor: Actor): EventDraft[] {
		return events.map(({ type, body }) => this.#event(type, actor, body.staff, body));
	}

	#event<T extends EventDraft['type']>(type: T, actor: Actor, subject: string, body: Extract<EventDraft, { type: T }>['body']): EventDraft {
		const { now, newId } = this.#options;
		return { id: newId(), type, at: now(), actor, subject, cause: null, body } as EventDraft;
	}
}

function row(record: ImportRecord | (Omit<ImportRecord, 'state'> & { readonly state: 'forgotten' })): RowChange {
	return { table: 'imports', ...record };
}
