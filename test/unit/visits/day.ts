import { act, handOver } from '../../../edge-agent/alerts/acts.js';
import type { AlertAction } from '../../../edge-agent/alerts/alerts.types.js';
import { nextDeadlineMs, tick } from '../../../edge-agent/alerts/deadlines.js';
import { Refused } from '../../../edge-agent/alerts/refused.js';
import type { StaffView } from '../../../edge-agent/contract/api.js';
import type { EventDraft } from '../../../edge-agent/contract/events.js';
import type { Instant } from '../../../edge-agent/contract/vocabulary.js';
import { colleagues } from '../../../edge-agent/reception/crew.js';
import { emptyFloor, evolveFloor, type FloorState, withAlerts } from '../../../edge-agent/visits/arrivals.js';
import { noSightings, type Sightings } from '../../../edge-agent/visits/sightings.js';
import { decide } from '../../../edge-agent/visits/visits.js';
import type { VisitInput } from '../../../edge-agent/visits/visits.types.js';
import { nextEndingMs } from '../../../edge-agent/visits/visits-state.js';
import { alertRules } from '../alerts/crew.js';
import { rules } from './door.js';

const member = (id: string, role: StaffView['role']): StaffView => ({ id, name: id, role, onDuty: true });
export const staff: readonly StaffView[] = [
	...['anna', 'bo', 'cui', 'deng'].map((id) => member(id, 'consultant')),
	member('chen', 'adviser'),
	member('dai', 'reception'),
	member('ma', 'manager'),
];

/** The visits', alerts' and reception's rules together, with clocks that can be set, and a log in memory. */
export class Day {
	state: FloorState = emptyFloor;
	readonly log: EventDraft[] = [];
	#sightings: Sightings = noSightings();
	#ids = 0;
	/** ms since the morning, as it really passes, and how far the wall clock is off. */
	ms = 0;
	wallOffMs = 0;
	boot = 'boot-1';

	readonly newId = () => `id-${++this.#ids}`;
	get now(): Instant {
		return { wall: 1_800_000_000_000 + this.ms + this.wallOffMs, mono: this.ms, boot: this.boot };
	}

	/** Answers the events' types. */
	take(input: VisitInput): string[] {
		const { events, sightings } = decide(this.state.visits, this.#sightings, input, this.now, this.newId, rules);
		this.#sightings = sightings;
		return this.write(events);
	}
	write(causes: readonly EventDraft[]): string[] {
		return this.#keep(withAlerts(this.state, causes, (state) => this.#people(state), this.newId, alertRules).events);
	}
	/** What a member of staff does; nothing when it is refused. */
	act(action: AlertAction): string[] {
		return this.#try(() => act(this.state.alerts, action, this.now, this.#people(this.state), this.newId, alertRules));
	}
	handOver(visit: string, from: string, to: string): string[] {
		const going = this.state.visits.open.get(visit);
		return going ? this.#try(() => handOver(this.state.alerts, going, { from, to }, this.now, this.newId, alertRules)) : [];
	}
	/** What has fallen due by now. */
	tick(): string[] {
		return [...this.take({ kind: 'tick' }), ...this.#keep(tick(this.state.alerts, this.now, ['ma'], this.newId, alertRules))];
	}
	/** Time passes, and whatever falls due happens when it does. */
	pass(ms: number): void {
		const until = this.ms + ms;
		for (;;) {
			const times = [nextDeadlineMs(this.state.alerts, this.now, alertRules), nextEndingMs(this.state.visits, this.now, rules)];
			const next = Math.min(...times.filter((time) => time !== null));
			if (this.ms + Math.max(next, 0) > until) break;
			this.ms += Math.max(next, 0);
			if (this.tick().length === 0) throw new Error('something was due and nothing happened');
		}
		this.ms = until;
	}
	/** The program ends, and another one goes on from the log. @param reboot on a machine that was started anew */
	crash(reboot: boolean): void {
		this.state = this.log.reduce(evolveFloor, emptyFloor);
		this.#sightings = noSightings();
		if (reboot) this.boot += '1';
	}

	/** How many alerts these visits caused. */
	alertsFor(visits: ReadonlySet<string>): number {
		return this.log.filter((event) => event.type === 'alert.opened' && visits.has(event.body.visit)).length;
	}

	#people({ reception, visits }: FloorState) {
		const reachable = new Set(staff.map(({ id }) => id));
		return {
			colleagues: colleagues({ staff, reception, visits, reachable, busyMs: 90 * 60_000, now: this.now }),
			wishesOf: (customer: string) => ({ consultant: customer === 'li' ? 'bo' : null, greeting: customer !== 'shy', always: false }),
		};
	}
	#try(work: () => EventDraft[]): string[] {
		try {
			return this.#keep(work());
		} catch (error) {
			if (error instanceof Refused) return [];
			throw error;
		}
	}
	#keep(events: readonly EventDraft[]): string[] {
		this.state = events.reduce(evolveFloor, this.state);
		this.log.push(...events);
		return events.map(({ type }) => type);
	}
}
