import { type KeySources, keySources } from '../../config/environment.source.js';
import type { Actor, EventDraft } from '../../contract/events.js';
import type { DraftView, ImportChange, ImportCounts, ImportKind, ImportView, PeopleFormat, UndoneView } from '../../contract/import.api.js';
import type { Instant, Language } from '../../contract/vocabulary.js';
import type { ImportRecord } from '../../log/import-rows.store.js';
import type { RowChange, ShowroomLog, ShowroomQueries } from '../../log/log.types.js';
import { Thread } from '../../log/thread.client.js';
import type { StaffEvent } from './changes.js';
import type { DraftRow } from './draft.js';
import type { DraftAnswer, ImportDesk } from './import.worker.js';
import { ImportRefused } from './import-refused.js';
import type { JudgedRow } from './judged.js';
import { MAX_FILE_BYTES } from './limits.js';

export interface ImporterOptions {
	readonly dataDir: string;
	readonly keys?: KeySources;
	readonly log: Pick<ShowroomLog, 'append'>;
	readonly queries: Pick<ShowroomQueries, 'imports'>;
	readonly now: () => Instant;
	readonly newId: () => string;
	readonly onProblem: (message: string, error: unknown) => void;
}

interface Live {
	readonly id: string;
	readonly kind: ImportKind;
	readonly by: Actor;
	at: number;
	state: ImportView['state'];
	progress: ImportView['progress'];
	draft: Omit<DraftView, 'expiresAt'> | null;
	expiresAt: number;
	result: ImportCounts | null;
	undone: UndoneView | null;
	cancelled: boolean;
}

const DRAFT_MS = 30 * 60_000;
const SWEEP_MS = 60_000;
const MOST_DRAFTS = 5;
const UNDO_DAYS_MS = 30 * 86_400_000;
/** Each erasure writes the database anew, so larger steps than in writing; longer ones would keep everybody else's writing waiting. */
const TAKE_BACK = 1000;

/**
 * Brings customers and staff in from files and out again. Files are read in a thread of their own; what is confirmed goes into the log batch by
 * batch, with a row beside each person that says how to take them back: an import that a crash interrupts is taken back at the next start.
 */
export class Importer {
	readonly #options: ImporterOptions;
	readonly #live = new Map<string, Live>();
	readonly #jobs = new Map<string, Promise<void>>();
	#thread: Promise<Thread<ImportDesk>> | null = null;
	#ended: Promise<unknown> = Promise.resolve();
	#users = 0;
	#sweep: NodeJS.Timeout | undefined;
	#stopping = false;

	constructor(options: ImporterOptions) {
		this.#options = options;
	}

	/** Takes back what was left half-written, finishes what was half taken back. */
	async start(): Promise<void> {
		const { log, queries, now } = this.#options;
		for (const record of await queries.imports()) {
			if (record.state === 'writing' || record.state === 'undoing') await this.#takeBack(record);
			if (record.state === 'done' && !isRecent(record.at, now().wall)) await log.append([], [row({ ...record, state: 'final' })]);
		}
		this.#sweep = setInterval(() => this.dropExpired(), SWEEP_MS).unref();
	}

	/** What is being written ends after its batch, and is taken back at the next start. */
	async stop(): Promise<void> {
		this.#stopping = true;
		clearInterval(this.#sweep);
		await Promise.all(this.#jobs.values());
		this.#live.clear();
		this.#retire();
		await this.#ended;
	}

	/**
	 * Takes a file and judges it; writes nothing.
	 *
	 * @param body the file's bytes in pieces
	 * @throws ImportRefused `bad-file`, `too-large`, `import-busy`
	 */
	async upload(kind: ImportKind, by: Actor, file: string, body: AsyncIterable<Uint8Array>): Promise<ImportView> {
		const mine = [...this.#live.values()].filter((one) => one.state === 'preview' && one.kind === kind && one.by === by);
		const drafts = [...this.#live.values()].filter(({ state }) => state === 'preview');
		if (drafts.length - mine.length >= MOST_DRAFTS) throw new ImportRefused('import-busy');
		return this.#use(async (thread) => {
			const { now, newId } = this.#options;
			const id = newId();
			let answer: DraftAnswer;
			try {
				let bytes = 0;
				for await (const piece of body) {
					bytes += piece.length;
					if (bytes > MAX_FILE_BYTES) throw new ImportRefused('too-large');
					// A copy, because a piece may be part of a larger buffer, all of which would go along.
					await thread.call('push', id, new Uint8Array(piece));
				}
				answer = await thread.call('read', id, kind, file);
			} catch (error) {
				await thread.call('drop', id).catch(() => {});
				throw error;
			}
			if ('bad' in answer) throw new ImportRefused('bad-file', { code: answer.bad, what: answer.what });
			for (const before of mine) await this.#drop(before.id);
			const at = now().wall;
			const live: Live = {
				...{ id, kind, by, at, state: 'preview', progress: null, draft: answer.view, expiresAt: at + DRAFT_MS },
				...{ result: null, undone: null, cancelled: false },
			};
			this.#live.set(id, live);
			return this.#view(live);
		});
	}

	/** Drafts and what was imported, newest first. */
	async list(kind: ImportKind): Promise<ImportView[]> {
		const live = [...this.#live.values()].filter((one) => one.kind === kind).map((one) => this.#view(one));
		const records = (await this.#options.queries.imports()).filter(({ id, kind: of }) => of === kind && !this.#live.has(id));
		return [...live, ...records.map((record) => this.#recordView(record))].sort((a, b) => b.at - a.at);
	}

	/** @throws ImportRefused `no-such-import` */
	async view(kind: ImportKind, id: string): Promise<ImportView> {
		const live = this.#live.get(id);
		if (live?.kind === kind) {
			this.#touch(live);
			return this.#view(live);
		}
		return this.#recordView(await this.#record(kind, id));
	}

	/** @throws ImportRefused `no-such-import`; `bad-file` when it cannot be read so, and then it stays as it was */
	async change(kind: ImportKind, id: string, change: ImportChange): Promise<ImportView> {
		const live = this.#draft(kind, id);
		const answer = await this.#use((thread) => thread.call('change', id, change));
		if ('bad' in answer) throw new ImportRefused('bad-file', { code: answer.bad, what: answer.what });
		live.draft = answer.view;
		return this.#view(live);
	}

	/** @throws ImportRefused `no-such-import` */
	async rows(
		kind: ImportKind,
		id: string,
		show: 'all' | JudgedRow['state'],
		offset: number,
		limit: number,
	): Promise<{ total: number; rows: DraftRow[] }> {
		this.#draft(kind, id);
		return this.#use((thread) => thread.call('rows', id, show, offset, limit));
	}

	/** Begins to write. @throws ImportRefused `no-such-import`, `import-not-ready` */
	async confirm(kind: ImportKind, id: string, by: Actor): Promise<ImportView> {
		const live = this.#draft(kind, id);
		// At once, so that a second click confirms nothing.
		live.state = 'writing';
		const ready = await this.#use((thread) => thread.call('prepare', id)).catch((error) => {
			live.state = 'preview';
			throw error;
		});
		if (ready === null) {
			live.state = 'preview';
			throw new ImportRefused('import-not-ready');
		}
		live.progress = { done: 0, total: ready.total };
		this.#job(live, () => this.#write(live, by, ready.counts));
		return this.#view(live);
	}

	/** Forgets a draft; stops what is being written and takes it back. @throws ImportRefused `no-such-import` */
	async cancel(kind: ImportKind, id: string): Promise<void> {
		const live = this.#live.get(id);
		if (live?.kind !== kind) throw new ImportRefused('no-such-import');
		live.cancelled = true;
		await this.#jobs.get(id);
		await this.#drop(id);
	}

	/** Begins to take a finished import back. @throws ImportRefused `no-such-import`, `import-not-undoable` */
	async undo(kind: ImportKind, id: string, by: Actor): Promise<ImportView> {
		const record = await this.#record(kind, id);
		if (!this.#isUndoable(record) || this.#jobs.has(id)) throw new ImportRefused('import-not-undoable');
		const { at, added, updated, skipped } = record;
		const live: Live = {
			...{ id, kind, by, at, state: 'undoing', progress: { done: 0, total: added + updated }, draft: null, expiresAt: 0 },
			...{ result: { added, updated, skipped }, undone: null, cancelled: false },
		};
		this.#live.set(id, live);
		this.#job(live, async () => {
			live.undone = await this.#takeBack({ ...record, state: 'undoing', actor: by }, (done) => {
				live.progress = { done, total: added + updated };
			});
			live.state = 'undone';
		});
		return this.#view(live);
	}

	/** Resolves when nothing more is being done about it. */
	async settled(id: string): Promise<ImportView | null> {
		await this.#jobs.get(id);
		const live = this.#live.get(id);
		return live ? this.#view(live) : null;
	}

	/** Everybody as a file; recorded as processing before it is handed out. */
	async exported(kind: ImportKind, format: PeopleFormat, language: Language, by: Actor): Promise<Uint8Array> {
		const file = await this.#use((thread) => thread.call('exported', kind, format, language));
		await this.#options.log.append([this.#event('person.exported', by, kind, { person: null, purpose: 'export' })]);
		return file;
	}

	async #write(live: Live, by: Actor, counts: ImportCounts): Promise<void> {
		const { log, now } = this.#options;
		const { id, kind } = live;
		const record: ImportRecord = {
			...{ id, kind, state: 'writing', at: now().wall, actor: by, ...counts, removed: 0, restored: 0, kept: 0 },
		};
		try {
			await this.#use(async (thread) => {
				const total = live.progress?.total ?? 0;
				await log.append([], [row(record)]);
				for (let from = 0; from < total && !live.cancelled; ) {
					// The agent ends: whatever stands there is taken back at the next start.
					if (this.#stopping) return;
					const { changes, events, next } = await thread.call('batch', id, from);
					await log.append(
						events.map((event) => this.#staffEvent(event, by)),
						changes,
					);
					from = next;
					live.progress = { done: from, total };
				}
				if (live.cancelled) {
					await this.#takeBack(record);
					return;
				}
				const type = kind === 'customers' ? 'customers.imported' : 'staff.imported';
				const events = [
					this.#event(type, by, id, { import: id, ...counts }),
					this.#event('person.changed', by, id, { person: null, purpose: 'import' }),
				];
				await log.append(events, [row({ ...record, state: 'done', at: now().wall })]);
				await thread.call('drop', id);
				Object.assign(live, { state: 'done', at: now().wall, result: counts, draft: null, progress: null });
			});
		} catch (error) {
			live.state = 'failed';
			live.draft = null;
			await this.#use((thread) => thread.call('drop', id)).catch(() => {});
			this.#options.onProblem('an import could not be written and is taken back', error);
			await this.#takeBack(record).catch((problem) => this.#options.onProblem('an import is taken back at the next start', problem));
		}
	}

	/** Takes everybody back whom the import holds rows of. One that was never finished leaves no trace. */
	async #takeBack(record: ImportRecord, onProgress: (done: number) => void = () => {}): Promise<UndoneView> {
		const { log } = this.#options;
		const { id } = record;
		const actor = record.actor as Actor;
		return this.#use(async (thread) => {
			let { removed, restored, kept } = record;
			const keptPeople: { readonly id: string; readonly name: string }[] = [];
			const finished = record.state === 'undoing';
			for (;;) {
				const plan = await thread.call('takeBack', id, TAKE_BACK);
				if (plan === null) break;
				[removed, restored, kept] = [removed + plan.removed, restored + plan.restored, kept + plan.kept.length];
				keptPeople.push(...plan.names.slice(0, 100 - keptPeople.length));
				await log.append(
					plan.events.map((event) => this.#staffEvent(event, actor)),
					[...plan.changes, row({ ...record, removed, restored, kept })],
				);
				onProgress(removed + restored + kept);
				if (this.#stopping) return { removed, restored, kept, keptPeople };
			}
			const undone = { removed, restored, kept };
			if (finished)
				await log.append(
					[this.#event('import.undone', actor, id, { import: id, ...undone })],
					[row({ ...record, state: 'undone', ...undone })],
				);
			else await log.append([], [row({ ...record, state: 'forgotten' })]);
			return { ...undone, keptPeople };
		});
	}

	#job(live: Live, work: () => Promise<void>): void {
		const job = work()
			.catch((error) => {
				live.state = 'failed';
				this.#options.onProblem('an import could not be taken back; it is tried again at the next start', error);
			})
			.finally(() => {
				this.#jobs.delete(live.id);
				this.#touch(live);
				this.#retire();
			});
		this.#jobs.set(live.id, job);
	}

	#event<T extends EventDraft['type']>(type: T, actor: Actor, subject: string, body: Extract<EventDraft, { type: T }>['body']): EventDraft {
		const { now, newId } = this.#options;
		return { id: newId(), type, at: now(), actor, subject, cause: null, body } as EventDraft;
	}

	#staffEvent({ type, body }: StaffEvent, actor: Actor): EventDraft {
		return this.#event(type, actor, body.staff, body);
	}

	#view(live: Live): ImportView {
		const { id, kind, state, progress, by, at, draft, expiresAt, result, undone } = live;
		const undoable = state === 'done' && isRecent(at, this.#options.now().wall);
		return { id, kind, state, undoable, progress, by, at, draft: draft && { ...draft, expiresAt }, result, undone };
	}

	#recordView(record: ImportRecord): ImportView {
		const { id, kind, state, actor: by, at, added, updated, skipped, removed, restored, kept } = record;
		return {
			...{ id, kind, by, at, progress: null, draft: null, result: { added, updated, skipped }, undoable: this.#isUndoable(record) },
			state: state === 'final' ? 'done' : state,
			undone: state === 'undone' ? { removed, restored, kept, keptPeople: [] } : null,
		};
	}

	#isUndoable({ state, at }: ImportRecord): boolean {
		return state === 'done' && isRecent(at, this.#options.now().wall);
	}

	async #record(kind: ImportKind, id: string): Promise<ImportRecord> {
		const record = (await this.#options.queries.imports()).find((one) => one.id === id && one.kind === kind);
		if (!record) throw new ImportRefused('no-such-import');
		return record;
	}

	#draft(kind: ImportKind, id: string): Live {
		const live = this.#live.get(id);
		if (live?.kind !== kind || live.state !== 'preview') throw new ImportRefused('no-such-import');
		this.#touch(live);
		return live;
	}

	#touch(live: Live): void {
		live.expiresAt = this.#options.now().wall + DRAFT_MS;
	}

	/** Forgets drafts that nobody has asked for in half an hour; called every minute. */
	dropExpired(): void {
		const now = this.#options.now().wall;
		for (const { id, expiresAt } of this.#live.values())
			if (expiresAt < now && !this.#jobs.has(id))
				this.#drop(id).catch((error) => this.#options.onProblem('a draft could not be forgotten', error));
	}

	async #drop(id: string): Promise<void> {
		this.#live.delete(id);
		if (this.#thread) await this.#use((thread) => thread.call('drop', id));
	}

	/** Work with the thread, which is started for it and ends when nobody needs it: with it goes all that it read. */
	async #use<T>(work: (thread: Thread<ImportDesk>) => Promise<T>): Promise<T> {
		this.#users += 1;
		try {
			this.#thread ??= this.#ended.then(() => this.#newThread());
			return await work(await this.#thread);
		} finally {
			this.#users -= 1;
			this.#retire();
		}
	}

	async #newThread(): Promise<Thread<ImportDesk>> {
		const { dataDir, keys = keySources() } = this.#options;
		const { credentialsDirectory, environmentKey } = keys;
		const data = { dataDir, sources: { credentialsDirectory, environmentKey } };
		const thread = new Thread<ImportDesk>('import', new URL('./import.worker.js', import.meta.url), data, { onDeath: () => this.#died() });
		await thread.start();
		return thread;
	}

	#died(): void {
		this.#thread = null;
		for (const { id, state } of this.#live.values()) if (state === 'preview') this.#live.delete(id);
	}

	#retire(): void {
		const needed =
			this.#users > 0 || this.#jobs.size > 0 || [...this.#live.values()].some(({ state }) => state === 'preview' || state === 'writing');
		if (needed || !this.#thread) return;
		this.#ended = this.#thread.then(
			(thread) => thread.stop(),
			() => {},
		);
		this.#thread = null;
	}
}

function isRecent(at: number, now: number): boolean {
	return now - at < UNDO_DAYS_MS;
}

function row(record: ImportRecord | (Omit<ImportRecord, 'state'> & { readonly state: 'forgotten' })): RowChange {
	return { table: 'imports', ...record };
}
