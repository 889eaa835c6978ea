import type { LoggedEvent } from '../contract/events.js';
import type { GuestView, RotaRow, TaskView, WhyView, Wishes } from '../contract/reception.api.js';
import type { Connection } from '../store/database.store.js';
import { AlertWhy } from './alert-why.store.js';
import { GuestRows } from './guest-rows.store.js';
import type { PeopleRows } from './people-rows.store.js';
import { type DutyRow, RotaRows, type TurnsRow } from './rota-rows.store.js';
import { type OutcomeDue, TaskRows } from './task-rows.store.js';
import { VisitEvents } from './visit-events.store.js';
import { type VisitFilter, VisitList, type VisitListPage } from './visit-list.store.js';
import type { VisitPlace, VisitRows } from './visit-rows.store.js';

/** What reception asks of the log. */
export class ReceptionRows {
	readonly #list: VisitList;
	readonly #events: VisitEvents;
	readonly #why: AlertWhy;
	readonly #rota: RotaRows;
	readonly #guests: GuestRows;
	readonly #tasks: TaskRows;

	constructor(database: Connection, visits: VisitRows, people: PeopleRows) {
		this.#list = new VisitList(database, visits, people);
		this.#events = new VisitEvents(database, people);
		this.#why = new AlertWhy(database);
		this.#rota = new RotaRows(database);
		this.#guests = new GuestRows(database, people);
		this.#tasks = new TaskRows(database, people);
	}

	/** Up to `limit` visits opened before a place (null: from the newest on), newest first, and the place to go on from. */
	visitList(filter: VisitFilter, before: VisitPlace | null, limit: number): VisitListPage {
		return this.#list.page(filter, before, limit);
	}

	/** Every event of the visit, of its alerts and of what came of it, oldest first; none for an unknown one. */
	visitEvents(visit: string): LoggedEvent[] {
		return this.#events.events(visit);
	}

	/** Remarks about a visit and reasons of corrections, by the id that an event names; erased ones are not in it. */
	visitTexts(visit: string): { id: string; text: string }[] {
		return this.#events.texts(visit);
	}

	/** Guests expected in [from, to) (Unix ms), in that order. */
	guests(from: number, to: number): GuestView[] {
		return this.#guests.between(from, to);
	}

	/** null for an unknown one. */
	guest(id: string): GuestView | null {
		return this.#guests.one(id);
	}

	/** Guests of [from, to) with this number, their own or as a customer, however it is written. */
	guestsByTelephone(telephone: string, from: number, to: number): GuestView[] {
		return this.#guests.byTelephone(telephone, from, to);
	}

	/** Open follow-ups and forms that are due (the newest 200 of them), the one due first first. */
	tasks(whose: { readonly staff: string } | { readonly all: true }): TaskView[] {
		return this.#tasks.open(whose);
	}

	/** Of which visits nobody has said what came of them; those that ended last come first. */
	outcomesDue(limit: number): OutcomeDue[] {
		return this.#tasks.outcomesDue(limit);
	}

	dutyRows(): DutyRow[] {
		return this.#rota.duty();
	}

	rotaRows(): (RotaRow & { staff: string })[] {
		return this.#rota.rotas();
	}

	rotaTurns(): TurnsRow[] {
		return this.#rota.turns();
	}

	/** Who has wished for nothing is greeted, by anybody. */
	wishes(customer: string): Wishes {
		return this.#rota.wishes(customer);
	}

	/** null for an unknown alert. */
	why(alert: string): WhyView | null {
		return this.#why.why(alert);
	}
}

/** Asked from the main thread. */
export type ReceptionQueries = {
	readonly [K in keyof ReceptionRows]: (...args: Parameters<ReceptionRows[K]>) => Promise<ReturnType<ReceptionRows[K]>>;
};
