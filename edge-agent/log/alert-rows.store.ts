import type { AlertView } from '../contract/api.js';
import type { Connection } from '../store/database.store.js';
import { CustomerPast } from './customer-past.store.js';
import type { PeopleRows } from './people-rows.store.js';

type Told = Pick<AlertView, 'customer' | 'checkinName' | 'told' | 'joined' | 'lastVisitAt' | 'interests' | 'tasks' | 'photograph'>;
interface AlertRow extends Omit<AlertView, keyof Told | 'overdue' | 'quiet'> {
	readonly customer: string | null;
	readonly checkin: string | null;
	readonly overdue: 0 | 1;
	readonly quiet: 0 | 1;
}

// What has become known of the visit since the alert opened (a face, a check-in) counts for the alert as well.
const SELECT = `
	SELECT a.id, a.visit, a.kind, a.from_staff AS "from", a.quiet, a.state, a.opened_at AS openedAt, coalesce(v.customer, a.customer) AS customer,
		v.checkin, coalesce(v.purpose, a.purpose) AS purpose, a.step, a.acknowledged_by AS acknowledgedBy,
		a.acknowledged_at AS acknowledgedAt, a.greeted_at AS greetedAt, a.greeted_by AS greetedBy, a.overdue, a.red_at AS redAt,
		a.closed_at AS closedAt, a.close_reason AS closeReason
	FROM alerts a LEFT JOIN visits v ON v.id = a.visit`;

/** Alerts as screens see them, and what has not reached its person yet. */
export class AlertRows {
	readonly #unsettled;
	readonly #byIds;
	readonly #ofVisits;
	readonly #told;
	readonly #joined;
	readonly #pending;
	readonly #people: PeopleRows;
	readonly #past: CustomerPast;

	constructor(database: Connection, people: PeopleRows) {
		this.#people = people;
		this.#past = new CustomerPast(database, people);
		this.#unsettled = database.prepare<[], AlertRow>(`${SELECT} WHERE a.state IN ('open', 'acknowledged') ORDER BY a.opened_seq`);
		this.#byIds = database.prepare<[string], AlertRow>(`${SELECT} WHERE a.id IN (SELECT value FROM json_each(?)) ORDER BY a.opened_seq`);
		this.#ofVisits = database.prepare<[{ visits: string }], AlertRow>(`
			${SELECT} WHERE a.state IN ('open', 'acknowledged') AND (
				a.visit IN (SELECT value FROM json_each(@visits))
				OR EXISTS (SELECT 1 FROM alert_joined j WHERE j.alert = a.id AND j.visit IN (SELECT value FROM json_each(@visits)))
			) ORDER BY a.opened_seq`);
		this.#told = database
			.prepare<[string], string>('SELECT staff FROM alert_told WHERE alert = ? GROUP BY staff ORDER BY min(position)')
			.pluck();
		this.#joined = database.prepare<[string], string>('SELECT visit FROM alert_joined WHERE alert = ? ORDER BY visit').pluck();
		// The few open alerts first (CROSS JOIN keeps SQLite from beginning elsewhere), found by the condition of their partial index.
		this.#pending = database.prepare<[string], { alert: string; step: number }>(`
			SELECT told.alert, told.step FROM alerts a CROSS JOIN alert_told told ON told.alert = a.id
			WHERE a.state IN ('open', 'acknowledged') AND told.answered = 0 AND told.staff = ?
				AND NOT EXISTS (
					SELECT 1 FROM alert_deliveries d
					WHERE d.alert = told.alert AND d.step = told.step AND d.staff = told.staff AND d.received_at IS NOT NULL
				)
			ORDER BY told.position`);
	}

	/** Open and acknowledged alerts, oldest first. */
	unsettled(): AlertView[] {
		return this.#unsettled.all().map((row) => this.#view(row));
	}

	/** The given alerts, oldest first; unknown ids are left out. */
	byIds(ids: readonly string[]): AlertView[] {
		return this.#byIds.all(JSON.stringify(ids)).map((row) => this.#view(row));
	}

	/** Open and acknowledged alerts by way of which these visits are received, oldest first. */
	ofVisits(visits: readonly string[]): AlertView[] {
		return this.#ofVisits.all({ visits: JSON.stringify(visits) }).map((row) => this.#view(row));
	}

	/**
	 * What this person was told of alerts that are not over and no device of theirs has received, in the order of telling. Of an alert that somebody has
	 * taken, only what was told since: the manager, because nobody walks up, or whoever was sent.
	 */
	pending(staff: string): { alert: string; step: number }[] {
		return this.#pending.all(staff);
	}

	#view({ customer, checkin, overdue, quiet, ...row }: AlertRow): AlertView {
		const known = customer === null ? null : this.#people.customer(customer);
		return {
			...row,
			quiet: quiet === 1,
			customer: known && { id: known.id, name: known.name },
			checkinName: (checkin === null ? null : this.#people.checkin(checkin))?.name ?? null,
			told: this.#told.all(row.id),
			joined: this.#joined.all(row.id),
			...this.#past.before(known?.id ?? null, row.visit),
			overdue: overdue === 1,
		};
	}
}
