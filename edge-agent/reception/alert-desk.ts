import { act, handOver } from '../alerts/acts.js';
import type { AlertAction } from '../alerts/alerts.types.js';
import { Refused } from '../alerts/refused.js';
import type { AlertView } from '../contract/api.js';
import type { CloseReason } from '../contract/vocabulary.js';
import type { Floor } from '../visits/floor.js';
import { member } from './member.js';

/** What staff do about alerts. Everything bears repeating; all of it is @throws Refused with who has the visitor. */
export class AlertDesk {
	readonly #floor: Floor;

	constructor(floor: Floor) {
		this.#floor = floor;
	}

	/** Takes the alert; of a hand-over: takes the visitor over. */
	accept(alert: string, staff: string): Promise<AlertView> {
		return this.#act({ kind: 'accept', alert, staff });
	}

	/** Has greeted the visitor, and everybody who waits by way of this alert. */
	greet(alert: string, staff: string): Promise<AlertView> {
		return this.#act({ kind: 'greet', alert, staff });
	}

	/** Not me: the next one is told at once. Of a hand-over: the visitor stays with whoever asked. */
	decline(alert: string, staff: string): Promise<AlertView> {
		return this.#act({ kind: 'decline', alert, staff });
	}

	/** Took it, and cannot come after all. */
	release(alert: string, staff: string): Promise<AlertView> {
		return this.#act({ kind: 'release', alert, staff });
	}

	/** `staff` sends `to`. */
	assign(alert: string, staff: string, to: string): Promise<AlertView> {
		return this.#act({ kind: 'assign', alert, staff, to });
	}

	/** The alert's visitor is not to be received: ends the visit as well, and those of everybody who waits by way of it. */
	close(alert: string, staff: string, reason: CloseReason): Promise<AlertView> {
		return this.#floor.inTurn(async () => {
			await member(this.#floor, staff);
			const active = this.#floor.state.alerts.active.get(alert);
			for (const visit of active?.waiting ?? []) await this.#floor.take({ kind: 'close', visit, reason, staff });
			const view = await this.view(alert);
			if (!active && view.closeReason !== reason) throw new Refused('over', view.acknowledgedBy);
			return view;
		});
	}

	/** Asks a colleague to take a visitor over. Answers the alert that they get. */
	handOver(visit: string, from: string, to: string): Promise<AlertView> {
		return this.#floor.inTurn(async () => {
			const { now, newId, rules } = this.#floor.options;
			await member(this.#floor, from, to);
			const { alerts, visits } = this.#floor.state;
			const going = visits.open.get(visit);
			if (!going) throw new Refused('no-such-visit');
			const at = now();
			await this.#floor.append(handOver(alerts, going, { from, to }, at, newId, rules.alertsAt(at.wall)));
			const asked = [...this.#floor.state.alerts.active.values()].find((alert) => alert.kind === 'hand-over' && alert.visit === visit);
			return this.view(asked?.id ?? '');
		});
	}

	/** @throws Refused `no-such-alert` */
	async view(alert: string): Promise<AlertView> {
		const [view] = await this.#floor.options.queries.alerts({ ids: [alert] });
		if (!view) throw new Refused('no-such-alert');
		return view;
	}

	#act(action: AlertAction): Promise<AlertView> {
		return this.#floor.inTurn(async () => {
			const { now, newId, rules } = this.#floor.options;
			await member(this.#floor, action.staff, ...('to' in action ? [action.to] : []));
			const { alerts } = this.#floor.state;
			if (alerts.active.has(action.alert)) {
				const at = now();
				const people = (await this.#floor.people([]))(this.#floor.state);
				await this.#floor.append(act(alerts, action, at, people, newId, rules.alertsAt(at.wall)));
				return this.view(action.alert);
			}
			const view = await this.view(action.alert);
			if (!isDone(view, action)) throw new Refused('over', view.greetedBy ?? view.acknowledgedBy);
			return view;
		});
	}
}

/** Whether an alert that is over ended as this action wants it: it was sent again. */
function isDone(view: AlertView, { kind, staff }: AlertAction): boolean {
	if (view.kind === 'hand-over') {
		const reason = kind === 'accept' ? 'handed-over' : kind === 'decline' ? 'declined' : null;
		return view.closeReason === reason;
	}
	return (kind === 'accept' || kind === 'greet') && view.state === 'greeted' && [view.greetedBy, view.acknowledgedBy].includes(staff);
}
