import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { AlertView, CustomerDetails, CustomerView, StaffView, VisitView } from '../contract/api.js';
import type { EventType, LoggedEvent } from '../contract/events.js';
import type { Figures, SummaryDetails, SummaryView } from '../contract/figures.api.js';
import type { Connection } from '../store/database.store.js';
import type { StoreKeys } from '../store/keys.js';
import { findKeys } from '../store/keys.store.js';
import { listCode } from '../store/list-key.store.js';
import { explain } from '../store/store-error.js';
import { AlertRows } from './alert-rows.store.js';
import { ConsentRows } from './consent-rows.store.js';
import { EnrolmentRows } from './enrolment-rows.store.js';
import { EventRows, loggedEvent } from './event-rows.store.js';
import { FiguresRows } from './figures-rows.store.js';
import { type ImportRecord, importRecords } from './import-rows.store.js';
import type { CustomerPage, Missing, OwnTemplate, TemplateChanges, WhichAlerts } from './log.types.js';
import { filedHeads, storedHeads } from './log-heads.store.js';
import { type ChainHead, EMPTY_CHAIN, followChain, HeadCheck, type Verification } from './log-verify.js';
import { PeopleRows } from './people-rows.store.js';
import { ReceptionRows } from './reception-rows.store.js';
import { TemplateRows } from './template-rows.store.js';
import { type VisitPlace, VisitRows } from './visit-rows.store.js';

const PAGE = 1000;
/** Who finds more than this types another letter. */
const MOST_FOUND = 500;

/** Everything that is asked of the log, over a reading connection. Knows no threads. */
export class LogReader {
	readonly #consent: ConsentRows;
	readonly #database: Connection;
	readonly #events: EventRows;
	readonly #visits: VisitRows;
	readonly #alerts: AlertRows;
	readonly #reception: ReceptionRows;
	readonly #people: PeopleRows;
	readonly #templates: TemplateRows;
	readonly #enrolment: EnrolmentRows;
	readonly #figures: FiguresRows;
	readonly #keys: () => StoreKeys;
	readonly #cursor;
	readonly #unsettled;

	/** @param keys what sealed texts are opened with; asked for when the first one is to be read. @throws StoreError where they are missing */
	constructor(database: Connection, keys: () => StoreKeys = () => findKeys(database).keys) {
		let known: StoreKeys | undefined;
		this.#keys = () => {
			known ??= keys();
			return known;
		};
		this.#database = database;
		this.#events = new EventRows(database);
		this.#people = new PeopleRows(database, this.#keys);
		this.#templates = new TemplateRows(database, () => this.#people.keys());
		this.#enrolment = new EnrolmentRows(database, () => this.#people.keys());
		this.#visits = new VisitRows(database, this.#people);
		this.#alerts = new AlertRows(database, this.#people);
		this.#figures = new FiguresRows(database);
		this.#reception = new ReceptionRows(database, this.#visits, this.#people);
		let code: ((text: string) => Buffer) | undefined;
		this.#consent = new ConsentRows(database, (text) => {
			code ??= listCode(database, this.#keys());
			return code(text);
		});
		this.#cursor = database.prepare<[string], number>('SELECT seq FROM cursors WHERE name = ?').pluck();
		this.#unsettled = database
			.prepare<[], number | null>(`
				SELECT min(seq) FROM (
					SELECT min(opened_seq) AS seq FROM visits WHERE closed_at IS NULL
					UNION ALL SELECT min(opened_seq) FROM alerts WHERE state IN ('open', 'acknowledged')
				)`)
			.pluck();
	}

	/** Events with seq > `after`, oldest first. */
	read(after: number, limit: number, type?: EventType): LoggedEvent[] {
		return this.#events.after(after, limit, type ?? null).map(loggedEvent);
	}

	/** The newest events, oldest first. */
	readNewest(limit: number, type?: EventType): LoggedEvent[] {
		return this.#events.newest(limit, type ?? null).map(loggedEvent);
	}

	lastSeq(): number {
		return this.#events.head()?.seq ?? 0;
	}

	/** How far the follower of this name has come; null for a new one. */
	cursor(name: string): number | null {
		return this.#cursor.get(name) ?? null;
	}

	visits(which: { readonly from: number; readonly to: number } | { readonly ids: readonly string[] }): VisitView[] {
		return 'ids' in which ? this.#visits.byIds(which.ids) : this.#visits.between(which.from, which.to);
	}

	/** Visits for an export, oldest first, a page at a time. */
	visitPage(after: VisitPlace, to: number): { visits: VisitView[]; next: VisitPlace | null } {
		return this.#visits.page(after, to, PAGE);
	}

	alerts(which: WhichAlerts): AlertView[] {
		if ('ids' in which) return this.#alerts.byIds(which.ids);
		return 'visits' in which ? this.#alerts.ofVisits(which.visits) : this.#alerts.unsettled();
	}

	/** Answers a question about consent. */
	consent<K extends keyof ConsentRows>(question: K, args: Parameters<ConsentRows[K]>): ReturnType<ConsentRows[K]> {
		const ask = this.#consent[question] as (...args: Parameters<ConsentRows[K]>) => ReturnType<ConsentRows[K]>;
		return ask.apply(this.#consent, args);
	}

	/** Answers a question of reception's. */
	reception<K extends keyof ReceptionRows>(question: K, args: Parameters<ReceptionRows[K]>): ReturnType<ReceptionRows[K]> {
		const ask = this.#reception[question] as (...args: Parameters<ReceptionRows[K]>) => ReturnType<ReceptionRows[K]>;
		return ask.apply(this.#reception, args);
	}

	accessRecords(): { id: string; value: string }[] {
		return this.#people.accessRecords();
	}

	staff(): StaffView[] {
		return this.#people.staff();
	}

	customers(): CustomerView[] {
		return this.#people.customers();
	}

	/** One page of those who fit `search` ('': everybody, by name). */
	customerPage(search: string, offset: number, limit: number): CustomerPage {
		const found = search === '' ? this.#people.customers() : this.#people.searchCustomers(search, MOST_FOUND);
		return { total: found.length, customers: found.slice(offset, offset + limit) };
	}

	/** null for somebody unknown, or erased. */
	customer(id: string): CustomerDetails | null {
		const customer = this.#people.customer(id);
		return customer && { ...customer, ...this.#people.customerNotes(id) };
	}

	/** Nobody unknown is in it. */
	namesOf(people: readonly string[]): ReadonlyMap<string, string> {
		return this.#people.namesOf(people);
	}

	searchCustomers(text: string, limit?: number): CustomerView[] {
		return this.#people.searchCustomers(text, limit);
	}

	customersByTelephone(telephone: string): CustomerView[] {
		return this.#people.customersByTelephone(telephone);
	}

	templateChanges(modelId: string, place: number): TemplateChanges {
		const changes = this.#templates.changesAfter(modelId, place);
		return { ...changes, names: this.#people.namesOf(changes.templates.people) };
	}

	templatesOf(person: string, modelId: string): OwnTemplate[] {
		return this.#enrolment.templatesOf(person, modelId);
	}

	photographsOf(person: string): Uint8Array[] {
		return this.#enrolment.photographsOf(person);
	}

	missing(modelId: string, person: string | null = null): Missing[] {
		return this.#enrolment.missing(modelId, person);
	}

	/** Of the visits opened in [from, to) (Unix ms). */
	figures(from: number, to: number, targetMs: number): Promise<Figures> {
		return this.#figures.figures(from, to, targetMs);
	}

	looseEnds(from: number, to: number): Pick<SummaryDetails, 'unreceived' | 'openOutcomes'> {
		return this.#figures.looseEnds(from, to);
	}

	summaries(limit: number): SummaryView[] {
		return this.#figures.summaries(limit);
	}

	summary(day: string): SummaryView | null {
		return this.#figures.summary(day);
	}

	/** Imports, newest first. */
	imports(): ImportRecord[] {
		return importRecords(this.#database);
	}

	pendingDeliveries(staff: string): { alert: string; step: number }[] {
		return this.#alerts.pending(staff);
	}

	firstUnsettledSeq(): number {
		return this.#unsettled.get() ?? this.lastSeq() + 1;
	}

	/**
	 * Follows the hash chain from the first event to the last one and holds the log's heads against it. Between pages the thread
	 * does its other work, and no read transaction holds back the writer's checkpoints. Without the database's key the heads are still
	 * compared, but nobody can say who made them.
	 */
	async verify(): Promise<Verification> {
		// Before the events: none of these heads is ahead of what is read then.
		const heads = new HeadCheck(
			this.#keysIfThere(),
			storedHeads(this.#database),
			this.#database.memory ? null : filedHeads(dirname(this.#database.name)),
		);
		let head: ChainHead = EMPTY_CHAIN;
		for (;;) {
			const step = this.#verifyPage(head, heads);
			if ('problem' in step) return { ok: false, events: step.seq - 1, first: step, heads: heads.found };
			if (step.seq === head.seq) break;
			head = step;
			await setImmediate();
		}
		const first = heads.atEnd(head.seq);
		return first
			? { ok: false, events: Math.min(first.seq - 1, head.seq), first, heads: heads.found }
			: { ok: true, events: head.seq, heads: heads.found };
	}

	#keysIfThere(): StoreKeys | null {
		try {
			return this.#keys();
		} catch {
			return null;
		}
	}

	#verifyPage(head: ChainHead, heads: HeadCheck): ReturnType<typeof followChain> {
		try {
			return followChain(head, this.#events.after(head.seq, PAGE), heads);
		} catch (error) {
			const { code } = explain(error, this.#database.name);
			if (code !== 'damaged') throw error;
			return this.#verifyDamagedPage(head, heads);
		}
	}

	/** Row by row up to the one that cannot be read. */
	#verifyDamagedPage(from: ChainHead, heads: HeadCheck): ReturnType<typeof followChain> {
		let head = from;
		for (;;) {
			let rows: ReturnType<EventRows['after']>;
			try {
				rows = this.#events.after(head.seq, 1);
			} catch {
				return { seq: head.seq + 1, id: null, problem: 'unreadable' };
			}
			const step = followChain(head, rows, heads);
			if ('problem' in step || step.seq === head.seq) return step;
			head = step;
		}
	}
}
