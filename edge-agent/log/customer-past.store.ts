import type { AlertView } from '../contract/api.js';
import type { Connection } from '../store/database.store.js';
import { countsAsVisit, OUTCOME_DUE } from './counted-visits.js';
import type { PeopleRows } from './people-rows.store.js';

/** What whoever receives a customer wants to know of them. */
export type Past = Pick<AlertView, 'lastVisitAt' | 'interests' | 'tasks' | 'photograph'>;

interface PastVisit {
	readonly id: string;
	readonly openedAt: number;
	/** JSON */
	readonly models: string;
	readonly closedAt: number;
	readonly due: 0 | 1;
}

/** Visits looked at: an alert is read on every event of it, and of more than these nobody reads. */
const VISITS = 20;
const INTERESTS = 5;
const NOBODY: Past = { lastVisitAt: null, interests: [], tasks: [], photograph: false };

/** A customer's visits up to one of them, what is open for them, and whether there is a photograph to know them by. */
export class CustomerPast {
	readonly #visits;
	readonly #followUps;
	readonly #photograph;
	readonly #people: PeopleRows;

	constructor(database: Connection, people: PeopleRows) {
		this.#people = people;
		this.#visits = database.prepare<[{ customer: string; visit: string; limit: number }], PastVisit>(`
			SELECT v.id, v.opened_at AS openedAt, v.models, v.closed_at AS closedAt, ${OUTCOME_DUE} AS due FROM visits v
			WHERE v.customer = @customer AND ${countsAsVisit('v')}
				AND (v.opened_at, v.opened_seq) <= (SELECT opened_at, opened_seq FROM visits WHERE id = @visit)
			ORDER BY v.opened_at DESC, v.opened_seq DESC LIMIT @limit`);
		this.#followUps = database.prepare<[string], Past['tasks'][number]>(
			'SELECT kind, due_at AS dueAt FROM tasks WHERE customer = ? AND done_at IS NULL ORDER BY due_at, id',
		);
		this.#photograph = database
			.prepare<[{ customer: string }], 0 | 1>(`
				SELECT EXISTS (SELECT 1 FROM photographs WHERE person = @customer) AND EXISTS (
					SELECT 1 FROM consent_grants g, json_each(g.purposes) p
					WHERE g.person = @customer AND g.ended_at IS NULL AND p.value = 'photograph')`)
			.pluck();
	}

	/** @param customer null: nobody we know @param visit the one that they are here for now */
	before(customer: string | null, visit: string): Past {
		if (customer === null) return NOBODY;
		const visits = this.#visits.all({ customer, visit, limit: VISITS });
		const earlier = visits.filter(({ id }) => id !== visit);
		const outcomes = earlier.filter(({ due }) => due === 1).map(({ closedAt }) => ({ kind: 'outcome' as const, dueAt: closedAt }));
		return {
			lastVisitAt: earlier[0]?.openedAt ?? null,
			interests: this.#interests(customer, visits),
			tasks: [...this.#followUps.all(customer), ...outcomes],
			photograph: this.#photograph.get({ customer }) === 1,
		};
	}

	#interests(customer: string, visits: readonly PastVisit[]): string[] {
		const named = new Set(visits.flatMap(({ models }): string[] => JSON.parse(models)));
		const { model } = this.#people.customerNotes(customer);
		const newest = [...named].slice(0, INTERESTS);
		return model === null || newest.includes(model) ? newest : [...newest, model];
	}
}
