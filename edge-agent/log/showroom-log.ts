import { type KeySources, keySources } from '../config/environment.source.js';
import type { AlertView, CustomerDetails, CustomerView, StaffView, VisitView } from '../contract/api.js';
import type { EventDraft, LoggedEvent } from '../contract/events.js';
import type { Figures, SummaryDetails, SummaryView } from '../contract/figures.api.js';
import { StoreError } from '../store/store-error.js';
import type { ConsentQueries, ConsentRows } from './consent-rows.store.js';
import { LogFollower } from './follower.js';
import type { ImportRecord } from './import-rows.store.js';
import type {
	CustomerPage,
	Follower,
	FollowerPlace,
	Handle,
	Missing,
	OwnTemplate,
	RowChange,
	ShowroomLog,
	ShowroomQueries,
	TemplateChanges,
	WhichAlerts,
} from './log.types.js';
import type { LogReader } from './log-reader.store.js';
import type { Verification } from './log-verify.js';
import type { WriterMethods } from './log-writer.worker.js';
import type { ReceptionRows } from './reception-rows.store.js';
import { Thread } from './thread.client.js';
import type { Answer, Answers } from './thread-calls.js';
import { type ExportFormat, exportVisits } from './visits-export.js';

export interface ShowroomLogOptions {
	/** Made with its database on start where missing. */
	readonly dataDir: string;
	/** Where the database's key may be; by default what the environment says. */
	readonly keys?: KeySources;
	/** Told what no caller hears of: a follower's failing turn, a listener that threw, a thread that died. */
	readonly onProblem?: (message: string, error: unknown) => void;
	/** A thread died; every call fails from now on. */
	readonly onDeath?: (error: Error) => void;
}

/** The showroom log of a data directory, ready to be started. */
export function openShowroomLog(options: ShowroomLogOptions): ShowroomLogClient {
	return new ShowroomLogClient(options);
}

/** The main thread's end of the log: hands writing and reading to a thread each, and itself never touches SQLite. */
export class ShowroomLogClient implements ShowroomLog, ShowroomQueries {
	readonly #writer: Thread<WriterMethods>;
	readonly #reader: Thread<LogReader>;
	readonly #onProblem: (message: string, error: unknown) => void;
	readonly #listeners = new Set<(events: readonly LoggedEvent[]) => void>();
	readonly #followers = new Map<string, LogFollower>();
	#newestSeq = 0;

	constructor({ dataDir, keys = keySources(), onProblem = () => {}, onDeath: whenDead = () => {} }: ShowroomLogOptions) {
		const { credentialsDirectory, environmentKey } = keys;
		const data = { dataDir, sources: { credentialsDirectory, environmentKey } };
		const onDeath = (error: Error) => {
			onProblem('a thread of the log died: nothing more is written or read', error);
			whenDead(error);
		};
		this.#writer = new Thread('log-writer', new URL('./log-writer.worker.js', import.meta.url), data, {
			onMessage: (message) => this.#heard(message),
			onDeath,
		});
		this.#reader = new Thread('log-reader', new URL('./log-reader.worker.js', import.meta.url), data, { onDeath });
		this.#onProblem = onProblem;
	}

	/** @throws StoreError when the data directory cannot be used; nothing runs then. */
	async start(): Promise<void> {
		try {
			this.#newestSeq = Number(await this.#writer.start());
			await this.#reader.start();
		} catch (error) {
			await this.stop();
			throw error;
		}
	}

	/** Ends the followers after their current turn; what was appended before is durable when this answers. */
	async stop(): Promise<void> {
		await Promise.all([...this.#followers.values()].map((follower) => follower.stop()));
		this.#followers.clear();
		// The writer last: only it can empty the write-ahead log on closing.
		await this.#reader.stop();
		await this.#writer.stop();
	}

	/** @throws StoreError `invalid` when a draft or change is not valid: then nothing of this call was written; `disk-full` and others. */
	async append(drafts: readonly EventDraft[], changes: readonly RowChange[] = []): Promise<LoggedEvent[]> {
		return this.#writer.call('append', JSON.stringify(drafts), changes);
	}

	async erasePerson(draft: EventDraft, person: string, level: 'face' | 'everything'): Promise<void> {
		await this.append([draft], [{ table: 'persons', id: person, erase: level }]);
	}

	read(after: number, limit: number): Promise<LoggedEvent[]> {
		return this.#reader.call('read', after, limit);
	}

	async lastSeq(): Promise<number> {
		return this.#newestSeq;
	}

	onAppended(listener: (events: readonly LoggedEvent[]) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	followers(): FollowerPlace[] {
		return [...this.#followers].map(([name, { place }]) => ({ name, ...place }));
	}

	/** @throws Error when a follower of this name runs already: two would share one cursor. */
	follow(name: string, handle: Handle, begin: 'start' | 'end' = 'start'): Follower {
		if (this.#followers.has(name)) throw new Error(`the log has a follower named ${name} already`);
		const follower = new LogFollower(
			{
				cursor: (name) => this.#reader.call('cursor', name),
				moveCursor: (name, seq) => this.#writer.call('moveCursor', name, seq),
				read: (after, limit) => this.read(after, limit),
				newestSeq: () => this.#newestSeq,
				failed: (name, error, retryMs) => this.#onProblem(`the log's follower ${name} failed and tries again in ${retryMs} ms`, error),
			},
			name,
			begin === 'start' ? 0 : this.#newestSeq,
			handle,
		);
		this.#followers.set(name, follower);
		follower.start();
		return {
			stop: async () => {
				await follower.stop();
				if (this.#followers.get(name) === follower) this.#followers.delete(name);
			},
		};
	}

	visits(which: { readonly from: number; readonly to: number } | { readonly ids: readonly string[] }): Promise<VisitView[]> {
		return this.#reader.call('visits', which);
	}

	alerts(which: WhichAlerts): Promise<AlertView[]> {
		return this.#reader.call('alerts', which);
	}

	/** What is known about consent. */
	readonly consent: ConsentQueries = {
		notices: () => this.#askConsent('notices'),
		consentOf: (person, modelId) => this.#askConsent('consentOf', person, modelId),
		validGrants: () => this.#askConsent('validGrants'),
		enrolled: () => this.#askConsent('enrolled'),
		processingRecords: (person) => this.#askConsent('processingRecords', person),
		trigger: () => this.#askConsent('trigger'),
		dueTexts: (before) => this.#askConsent('dueTexts', before),
		erasureTail: (list) => this.#askConsent('erasureTail', list),
	};

	#askConsent<K extends keyof ConsentRows>(question: K, ...args: Parameters<ConsentRows[K]>): Promise<ReturnType<ConsentRows[K]>> {
		return this.#reader.call('consent', question, args) as Promise<ReturnType<ConsentRows[K]>>;
	}

	readonly visitList = this.#askReception('visitList');
	readonly visitEvents = this.#askReception('visitEvents');
	readonly visitTexts = this.#askReception('visitTexts');
	readonly guests = this.#askReception('guests');
	readonly guest = this.#askReception('guest');
	readonly guestsByTelephone = this.#askReception('guestsByTelephone');
	readonly tasks = this.#askReception('tasks');
	readonly outcomesDue = this.#askReception('outcomesDue');
	readonly dutyRows = this.#askReception('dutyRows');
	readonly rotaRows = this.#askReception('rotaRows');
	readonly rotaTurns = this.#askReception('rotaTurns');
	readonly wishes = this.#askReception('wishes');
	readonly why = this.#askReception('why');

	#askReception<K extends keyof ReceptionRows>(question: K) {
		return (...args: Parameters<ReceptionRows[K]>) =>
			this.#reader.call('reception', question, args) as Promise<ReturnType<ReceptionRows[K]>>;
	}

	accessRecords(): Promise<{ id: string; value: string }[]> {
		return this.#reader.call('accessRecords');
	}

	staff(): Promise<StaffView[]> {
		return this.#reader.call('staff');
	}

	customerPage(search: string, offset: number, limit: number): Promise<CustomerPage> {
		return this.#reader.call('customerPage', search, offset, limit);
	}

	customer(id: string): Promise<CustomerDetails | null> {
		return this.#reader.call('customer', id);
	}

	searchCustomers(text: string, limit?: number): Promise<CustomerView[]> {
		return this.#reader.call('searchCustomers', text, limit);
	}

	customersByTelephone(telephone: string): Promise<CustomerView[]> {
		return this.#reader.call('customersByTelephone', telephone);
	}

	customers(): Promise<CustomerView[]> {
		return this.#reader.call('customers');
	}

	namesOf(people: readonly string[]): Promise<ReadonlyMap<string, string>> {
		return this.#reader.call('namesOf', people);
	}

	templateChanges(modelId: string, place: number): Promise<TemplateChanges> {
		return this.#reader.call('templateChanges', modelId, place);
	}

	templatesOf(person: string, modelId: string): Promise<OwnTemplate[]> {
		return this.#reader.call('templatesOf', person, modelId);
	}

	photographsOf(person: string): Promise<Uint8Array[]> {
		return this.#reader.call('photographsOf', person);
	}

	missing(modelId: string, person: string | null = null): Promise<Missing[]> {
		return this.#reader.call('missing', modelId, person);
	}

	figures(from: number, to: number, targetMs: number): Promise<Figures> {
		return this.#reader.call('figures', from, to, targetMs);
	}

	looseEnds(from: number, to: number): Promise<Pick<SummaryDetails, 'unreceived' | 'openOutcomes'>> {
		return this.#reader.call('looseEnds', from, to);
	}

	summaries(limit: number): Promise<SummaryView[]> {
		return this.#reader.call('summaries', limit);
	}

	summary(day: string): Promise<SummaryView | null> {
		return this.#reader.call('summary', day);
	}

	imports(): Promise<ImportRecord[]> {
		return this.#reader.call('imports');
	}

	pendingDeliveries(staff: string): Promise<{ alert: string; step: number }[]> {
		return this.#reader.call('pendingDeliveries', staff);
	}

	firstUnsettledSeq(): Promise<number> {
		return this.#reader.call('firstUnsettledSeq');
	}

	/** Whether every event is as it was appended; else the first that is not. */
	verify(): Promise<Verification> {
		return this.#reader.call('verify');
	}

	/** Visits opened in [from, to) (Unix ms) as a text in pieces. */
	exportVisits(from: number, to: number, format: ExportFormat): AsyncGenerator<string> {
		const pages = {
			visitPage: (...args: Parameters<LogReader['visitPage']>) => this.#reader.call('visitPage', ...args),
			staff: () => this.staff(),
		};
		return exportVisits(pages, from, to, format);
	}

	/** Whoever waits for their append gets its part of what has become durable. */
	#heard({ answers, appended, problem }: Answers): readonly Answer[] {
		if (problem)
			this.#onProblem("the log's head could not be authenticated; it is tried again", new StoreError(problem.code, problem.message));
		if (appended === undefined) return answers;
		// Written by the log's own thread, of checked events.
		const events = JSON.parse(appended) as LoggedEvent[];
		this.#newestSeq = events.at(-1)?.seq ?? this.#newestSeq;
		if (events.length > 0) this.#tell(events);
		return answers.map((answer) => ('part' in answer ? { call: answer.call, value: events.slice(...answer.part) } : answer));
	}

	#tell(events: readonly LoggedEvent[]): void {
		for (const listener of this.#listeners) {
			try {
				listener(events);
			} catch (error) {
				this.#onProblem('a listener of the log threw', error);
			}
		}
		for (const follower of this.#followers.values()) follower.wake();
	}
}
