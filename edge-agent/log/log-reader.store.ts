import { setImmediate } from 'node:timers/promises';
import type { AlertView, CustomerView, StaffView, VisitView } from '../contract/api.js';
import type { EventType, LoggedEvent } from '../contract/events.js';
import type { Template } from '../gallery/gallery.types.js';
import type { Connection } from '../store/database.store.js';
import { explain } from '../store/store-error.js';
import { AlertRows } from './alert-rows.store.js';
import { EventRows, loggedEvent } from './event-rows.store.js';
import { type ChainHead, EMPTY_CHAIN, followChain, type Verification } from './log-verify.js';
import { PeopleRows } from './people-rows.store.js';
import { type VisitPlace, VisitRows } from './visit-rows.store.js';

const PAGE = 1000;

/** Everything that is asked of the log, over a reading connection. Knows no threads. */
export class LogReader {
	readonly #database: Connection;
	readonly #events: EventRows;
	readonly #visits: VisitRows;
	readonly #alerts: AlertRows;
	readonly #people: PeopleRows;
	readonly #cursor;
	readonly #unsettled;

	constructor(database: Connection) {
		this.#database = database;
		this.#events = new EventRows(database);
		this.#visits = new VisitRows(database);
		this.#alerts = new AlertRows(database);
		this.#people = new PeopleRows(database);
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

	/** How far the follower of this name has come; 0 for a new one. */
	cursor(name: string): number {
		return this.#cursor.get(name) ?? 0;
	}

	visits(which: { readonly from: number; readonly to: number } | { readonly ids: readonly string[] }): VisitView[] {
		return 'ids' in which ? this.#visits.byIds(which.ids) : this.#visits.between(which.from, which.to);
	}

	/** Visits for an export, oldest first, a page at a time. */
	visitPage(after: VisitPlace, to: number): { visits: VisitView[]; next: VisitPlace | null } {
		return this.#visits.page(after, to, PAGE);
	}

	alerts(which: { readonly open: true } | { readonly ids: readonly string[] }): AlertView[] {
		return 'ids' in which ? this.#alerts.byIds(which.ids) : this.#alerts.unsettled();
	}

	staff(): StaffView[] {
		return this.#people.staff();
	}

	customers(): CustomerView[] {
		return this.#people.customers();
	}

	templates(modelId: string): Template[] {
		return this.#people.templates(modelId);
	}

	pendingDeliveries(staff: string): { alert: string; step: number }[] {
		return this.#alerts.pending(staff);
	}

	firstUnsettledSeq(): number {
		return this.#unsettled.get() ?? this.lastSeq() + 1;
	}

	/**
	 * Follows the hash chain from the first event to the last one. Between pages the thread does its other work, and no read
	 * transaction holds back the writer's checkpoints.
	 */
	async verify(): Promise<Verification> {
		let head: ChainHead = EMPTY_CHAIN;
		for (;;) {
			const step = this.#verifyPage(head);
			if ('problem' in step) return { ok: false, events: step.seq - 1, first: step };
			if (step.seq === head.seq) return { ok: true, events: head.seq };
			head = step;
			await setImmediate();
		}
	}

	#verifyPage(head: ChainHead): ReturnType<typeof followChain> {
		try {
			return followChain(head, this.#events.after(head.seq, PAGE));
		} catch (error) {
			const { code } = explain(error, this.#database.name);
			if (code !== 'damaged') throw error;
			return this.#verifyDamagedPage(head);
		}
	}

	/** Row by row up to the one that cannot be read. */
	#verifyDamagedPage(from: ChainHead): ReturnType<typeof followChain> {
		let head = from;
		for (;;) {
			let rows: ReturnType<EventRows['after']>;
			try {
				rows = this.#events.after(head.seq, 1);
			} catch {
				return { seq: head.seq + 1, id: null, problem: 'unreadable' };
			}
			const step = followChain(head, rows);
			if ('problem' in step || step.seq === head.seq) return step;
			head = step;
		}
	}
}
