import type { LoggedEvent } from '../contract/events.js';
import type { WhyView } from '../contract/reception.api.js';
import type { Connection } from '../store/database.store.js';
import { type ChainedRow, loggedEvent } from './event-rows.store.js';

type Plan = WhyView['plans'][number];

/** Who was told of an alert, who was passed over, and why. */
export class AlertWhy {
	readonly #openedSeq;
	readonly #events;
	readonly #told;

	constructor(database: Connection) {
		this.#openedSeq = database.prepare<[string], number>('SELECT opened_seq FROM alerts WHERE id = ?').pluck();
		this.#events = database.prepare<[number, string], ChainedRow>(`
			SELECT * FROM events WHERE seq >= ? AND subject = ?
				AND type IN ('alert.opened', 'alert.rerouted', 'alert.assigned', 'alert.greeted', 'alert.closed') ORDER BY seq`);
		this.#told = database.prepare<[string], WhyView['told'][number]>(`
			SELECT t.staff, t.step, t.told_at AS at, (
				SELECT min(d.received_at) FROM alert_deliveries d WHERE d.alert = t.alert AND d.step = t.step AND d.staff = t.staff
			) AS receivedAt
			FROM alert_told t WHERE t.alert = ? ORDER BY t.position`);
	}

	/** null for an unknown alert. */
	why(alert: string): WhyView | null {
		const openedSeq = this.#openedSeq.get(alert);
		if (openedSeq === undefined) return null;
		const plans: Plan[] = [];
		for (const row of this.#events.iterate(openedSeq, alert)) {
			if (row.type === 'alert.greeted' || row.type === 'alert.closed') break;
			const plan = planOf(loggedEvent(row));
			if (plan) plans.push(plan);
		}
		return { alert, plans, told: this.#told.all(alert) };
	}
}

function planOf({ type, at: { wall: at }, body }: LoggedEvent): Plan | null {
	switch (type) {
		case 'alert.opened':
		case 'alert.rerouted': {
			const turn = body.turn && { rota: body.turn.rota, staff: body.turn.staff };
			return { at, because: type === 'alert.opened' ? 'opened' : 'rerouted', steps: body.steps, turn, passed: body.passed };
		}
		case 'alert.assigned':
			return { at, because: 'assigned', steps: body.steps, turn: null, passed: [] };
		default:
			return null;
	}
}
