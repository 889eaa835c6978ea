import type { TaskView } from '../contract/reception.api.js';
import type { Connection } from '../store/database.store.js';
import { OUTCOME_DUE } from './counted-visits.js';
import type { PeopleRows } from './people-rows.store.js';

/** A visit that is over and of which nobody has said what came of it. Times are Unix ms. */
export interface OutcomeDue {
	readonly visit: string;
	/** Who received the visitor. */
	readonly staff: string;
	readonly closedAt: number;
	/** How often they were asked. */
	readonly asked: number;
	/** The last time; null: never. */
	readonly askedAt: number | null;
}

interface TaskRow extends Omit<TaskView, 'customer'> {
	readonly customer: string | null;
}

/** Forms in one list: who owes more than these fills in the newest first. */
const MOST_FORMS = 200;

/** What is to be done: forms about visits, customers to be called. */
export class TaskRows {
	readonly #followUps;
	readonly #forms;
	readonly #due;
	readonly #people: PeopleRows;

	constructor(database: Connection, people: PeopleRows) {
		this.#people = people;
		const followUps = 'SELECT id, kind, staff, visit, customer, due_at AS dueAt FROM tasks WHERE done_at IS NULL';
		const forms = `
			SELECT v.id, 'outcome' AS kind, v.received_by AS staff, v.id AS visit, v.customer, v.closed_at AS dueAt FROM visits v
			WHERE ${OUTCOME_DUE}`;
		this.#followUps = {
			all: database.prepare<[], TaskRow>(followUps),
			of: database.prepare<[string], TaskRow>(`${followUps} AND staff = ?`),
		};
		this.#forms = {
			all: database.prepare<[number], TaskRow>(`${forms} ORDER BY v.closed_at DESC LIMIT ?`),
			of: database.prepare<[string, number], TaskRow>(`${forms} AND v.received_by = ? ORDER BY v.closed_at DESC LIMIT ?`),
		};
		this.#due = database.prepare<[number], OutcomeDue>(`
			SELECT v.id AS visit, v.received_by AS staff, v.closed_at AS closedAt, v.outcome_asked AS asked, v.outcome_asked_at AS askedAt
			FROM visits v WHERE ${OUTCOME_DUE} ORDER BY v.closed_at DESC LIMIT ?`);
	}

	/** Somebody's, or everybody's, the one due first first. Of the forms only the newest. */
	open(whose: { readonly staff: string } | { readonly all: true }): TaskView[] {
		const rows =
			'staff' in whose
				? [...this.#followUps.of.all(whose.staff), ...this.#forms.of.all(whose.staff, MOST_FORMS)]
				: [...this.#followUps.all.all(), ...this.#forms.all.all(MOST_FORMS)];
		return rows
			.sort((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1))
			.map(({ customer, ...row }) => {
				const known = customer === null ? null : this.#people.customer(customer);
				return { ...row, customer: known && { id: known.id, name: known.name } };
			});
	}

	/** The visits that ended last come first. */
	outcomesDue(limit: number): OutcomeDue[] {
		return this.#due.all(limit);
	}
}
