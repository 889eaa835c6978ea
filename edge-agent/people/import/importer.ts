import type { KeySources } from '../../config/environment.source.js';
import type { Actor } from '../../contract/events.js';
import type { ImportChange, ImportKind, ImportView, PeopleFormat } from '../../contract/import.api.js';
import type { Instant, Language } from '../../contract/vocabulary.js';
import type { ImportRecord } from '../../log/import-rows.store.js';
import type { ShowroomLog, ShowroomQueries } from '../../log/log.types.js';
import type { DraftRow } from './draft.js';
import { ImportJobs } from './import-jobs.js';
import { ImportRefused } from './import-refused.js';
import { ImportThread } from './import-thread.client.js';
import { ImportWriter } from './import-writer.js';
import type { JudgedRow } from './judged.js';
import { isRecent, isUndoable, type LiveImport, liveView, newDraft, recordView, undoing } from './live-import.js';

export interface ImporterOptions {
	readonly dataDir: string;
	readonly keys?: KeySources;
	readonly log: Pick<ShowroomLog, 'append'>;
	readonly queries: Pick<ShowroomQueries, 'imports'>;
	readonly now: () => Instant;
	readonly newId: () => string;
	readonly onProblem: (message: string, error: unknown) => void;
}

const DRAFT_MS = 30 * 60_000;
const SWEEP_MS = 60_000;
const MOST_DRAFTS = 5;

/**
 * Brings customers and staff in from files and out again. Files are read in a thread of their own, and nothing is written before it is
 * confirmed. An import that a crash or a full disk interrupts is taken back as soon as that can be done.
 */
export class Importer {
	readonly #options: ImporterOptions;
	readonly #thread: ImportThread;
	readonly #writer: ImportWriter;
	readonly #jobs: ImportJobs;
	readonly #live = new Map<string, LiveImport>();
	/** Files on their way in. */
	#uploads = 0;
	#sweep: NodeJS.Timeout | undefined;
	#stopping = false;

	constructor(options: ImporterOptions) {
		const { dataDir, keys, log, queries, now, newId, onProblem } = options;
		this.#options = options;
		this.#thread = new ImportThread(
			dataDir,
			keys,
			() => this.#uploads > 0 || this.#jobs.busy || this.#having('preview', 'writing').length > 0,
			() => {
				for (const { id } of this.#having('preview')) this.#live.delete(id);
			},
		);
		this.#writer = new ImportWriter({ log, thread: this.#thread, now, newId, isStopping: () => this.#stopping });
		this.#jobs = new ImportJobs({
			...{ queries, onProblem, writer: this.#writer },
			onEnded: (live) => {
				this.#touch(live);
				this.#forgetFile(live.id);
			},
		});
	}

	/** Takes back what was left half-written, finishes what was half taken back. @throws StoreError */
	async start(): Promise<void> {
		for (const record of await this.#options.queries.imports()) {
			if (record.state === 'writing' || record.state === 'undoing') await this.#jobs.finish(undoing(record, record.actor as Actor), record);
			if (record.state === 'done' && !isRecent(record.at, this.#wall())) await this.#writer.settle(record);
		}
		this.#sweep = setInterval(() => void this.sweep(), SWEEP_MS).unref();
	}

	/** What is being written ends after its batch, and is taken back at the next start. */
	async stop(): Promise<void> {
		this.#stopping = true;
		clearInterval(this.#sweep);
		await this.#jobs.ended();
		this.#live.clear();
		this.#thread.retire();
		await this.#thread.ended();
	}

	/**
	 * Takes a file and judges it; writes nothing.
	 *
	 * @param body the file's bytes in pieces
	 * @throws ImportRefused `bad-file`, `too-large`, `import-busy`
	 */
	async upload(kind: ImportKind, by: Actor, file: string, body: AsyncIterable<Uint8Array>): Promise<ImportView> {
		const drafts = this.#having('preview');
		const mine = drafts.filter((one) => one.kind === kind && one.by === by);
		if (drafts.length - mine.length + this.#uploads >= MOST_DRAFTS) throw new ImportRefused('import-busy');
		const id = this.#options.newId();
		this.#uploads += 1;
		try {
			const answer = await this.#thread.read(id, kind, file, body);
			if ('bad' in answer) throw new ImportRefused('bad-file', { code: answer.bad, what: answer.what });
			for (const before of mine) this.#drop(before.id);
			const at = this.#wall();
			const live = newDraft(id, kind, by, at, answer.view, at + DRAFT_MS);
			this.#live.set(id, live);
			return liveView(live, at);
		} finally {
			this.#uploads -= 1;
			this.#thread.retire();
		}
	}

	/** Drafts and what was imported, newest first. */
	async list(kind: ImportKind): Promise<ImportView[]> {
		const now = this.#wall();
		const live = [...this.#live.values()].filter((one) => one.kind === kind).map((one) => liveView(one, now));
		const records = (await this.#options.queries.imports()).filter(({ id, kind: of }) => of === kind && !this.#live.has(id));
		return [...live, ...records.map((record) => recordView(record, now))].sort((a, b) => b.at - a.at);
	}

	/** @throws ImportRefused `no-such-import` */
	async view(kind: ImportKind, id: string): Promise<ImportView> {
		const live = this.#live.get(id);
		if (live?.kind === kind) {
			this.#touch(live);
			return liveView(live, this.#wall());
		}
		return recordView(await this.#record(kind, id), this.#wall());
	}

	/** @throws ImportRefused `no-such-import`; `bad-file` when it cannot be read so, and then it stays as it was */
	async change(kind: ImportKind, id: string, change: ImportChange): Promise<ImportView> {
		const live = this.#draft(kind, id);
		const answer = await this.#thread.use((thread) => thread.call('change', id, change));
		if ('bad' in answer) throw new ImportRefused('bad-file', { code: answer.bad, what: answer.what });
		live.draft = answer.view;
		return liveView(live, this.#wall());
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
		return this.#thread.use((thread) => thread.call('rows', id, show, offset, limit));
	}

	/** Begins to write. @throws ImportRefused `no-such-import`, `import-not-ready`, `import-waits` */
	async confirm(kind: ImportKind, id: string, by: Actor): Promise<ImportView> {
		const live = this.#draft(kind, id);
		this.#mayBegin();
		// At once, so that a second click confirms nothing.
		live.state = 'writing';
		try {
			const ready = await this.#thread.use((thread) => thread.call('prepare', id));
			if (ready === null) throw new ImportRefused('import-not-ready');
			live.progress = { done: 0, total: ready.total };
			const record = this.#writer.record(live, by, ready.counts);
			this.#jobs.begin(live, record, async () => {
				if (!(await this.#writer.write(record, live))) return;
				Object.assign(live, { state: 'done', at: this.#wall(), result: ready.counts, draft: null, progress: null });
			});
		} catch (error) {
			live.state = 'preview';
			throw error;
		}
		return liveView(live, this.#wall());
	}

	/** Forgets a draft; stops what is being written and takes it back. @throws ImportRefused `no-such-import` */
	async cancel(kind: ImportKind, id: string): Promise<void> {
		const live = this.#live.get(id);
		if (live?.kind !== kind) throw new ImportRefused('no-such-import');
		live.cancelled = true;
		await this.#jobs.ended(id);
		this.#drop(id);
	}

	/** Begins to take a finished import back. @throws ImportRefused `no-such-import`, `import-not-undoable`, `import-waits` */
	async undo(kind: ImportKind, id: string, by: Actor): Promise<ImportView> {
		const record = await this.#record(kind, id);
		if (!isUndoable(record, this.#wall()) || this.#jobs.has(id)) throw new ImportRefused('import-not-undoable');
		this.#mayBegin();
		const live = undoing(record, by);
		this.#live.set(id, live);
		const owed: ImportRecord = { ...record, state: 'undoing', actor: by };
		this.#jobs.begin(live, owed, async () => {
			const { total } = live.progress ?? { total: 0 };
			live.undone = await this.#writer.takeBack(owed, (done) => {
				live.progress = { done, total };
			});
			live.state = 'undone';
		});
		return liveView(live, this.#wall());
	}

	/** Resolves when nothing more is being done about it. */
	async settled(id: string): Promise<ImportView | null> {
		await this.#jobs.ended(id);
		const live = this.#live.get(id);
		return live ? liveView(live, this.#wall()) : null;
	}

	/** Everybody as a file; recorded as processing before it is handed out. */
	async exported(kind: ImportKind, format: PeopleFormat, language: Language, by: Actor): Promise<Uint8Array> {
		const file = await this.#thread.use((thread) => thread.call('exported', kind, format, language));
		await this.#writer.exported(kind, by);
		return file;
	}

	/** Forgets what nobody has asked for in half an hour, and tries again to take back what could not be; called every minute. */
	async sweep(): Promise<void> {
		const now = this.#wall();
		for (const { id, expiresAt } of this.#live.values()) if (expiresAt < now && !this.#jobs.has(id)) this.#drop(id);
		await this.#jobs.payBack();
		this.#thread.retire();
	}

	/** One after the other: of two files that hold the same people, the second one has to find those of the first. @throws ImportRefused */
	#mayBegin(): void {
		if (this.#jobs.busy || this.#having('writing').length > 0) throw new ImportRefused('import-waits');
	}

	#having(...states: readonly LiveImport['state'][]): LiveImport[] {
		return [...this.#live.values()].filter(({ state }) => states.includes(state));
	}

	async #record(kind: ImportKind, id: string): Promise<ImportRecord> {
		const record = (await this.#options.queries.imports()).find((one) => one.id === id && one.kind === kind);
		if (!record) throw new ImportRefused('no-such-import');
		return record;
	}

	#draft(kind: ImportKind, id: string): LiveImport {
		const live = this.#live.get(id);
		if (live?.kind !== kind || live.state !== 'preview') throw new ImportRefused('no-such-import');
		this.#touch(live);
		return live;
	}

	#touch(live: LiveImport): void {
		live.expiresAt = this.#wall() + DRAFT_MS;
	}

	#drop(id: string): void {
		this.#live.delete(id);
		this.#forgetFile(id);
	}

	/** Out of the thread's memory as well; with the last one the thread ends. */
	#forgetFile(id: string): void {
		this.#thread.drop(id).catch((error) => this.#options.onProblem('a file could not be forgotten', error));
	}

	#wall(): number {
		return this.#options.now().wall;
	}
}
