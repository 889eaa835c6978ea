import type { AlertView } from '../contract/api.js';
import type { LoggedEvent } from '../contract/events.js';
import type { Instant } from '../contract/vocabulary.js';
import type { ShowroomLog, ShowroomQueries } from '../log/log.types.js';
import { deliveryEvent, deliveryId, type Told } from './deliveries.js';
import type { DeskSocket } from './desk.types.js';

export interface HandOverOptions {
	readonly log: Pick<ShowroomLog, 'append'>;
	readonly queries: Pick<ShowroomQueries, 'alerts' | 'pendingDeliveries'>;
	readonly now: () => Instant;
	readonly onProblem: (message: string, error: unknown) => void;
}

/** A delivery that no device has confirmed is handed over again after this time. */
const AGAIN_MS = 3000;

/**
 * Hands alerts to the screens of whoever is told of them.
 *
 * What has to be delivered is a durable row (told, not yet received), written in the same transaction as the event that told it. So
 * nothing here remembers what is owed: on every occasion (an event, a connection, 3 s without an answer) the rows are asked and what they
 * say is handed over. A crash anywhere leaves the row, and the next connection delivers it.
 */
export class HandOver {
	readonly #options: HandOverOptions;
	readonly #screens = new Map<string, Set<DeskSocket>>();
	readonly #again = new Map<string, NodeJS.Timeout>();
	#stopped = false;

	constructor(options: HandOverOptions) {
		this.#options = options;
	}

	stop(): void {
		this.#stopped = true;
		for (const timer of this.#again.values()) clearTimeout(timer);
		this.#again.clear();
	}

	/** Staff with at least one screen. */
	reachable(): ReadonlySet<string> {
		return new Set(this.#screens.keys());
	}

	/** This person has one more screen. It is handed nothing before {@link deliver}. */
	come(staff: string, screen: DeskSocket): void {
		this.#screens.set(staff, (this.#screens.get(staff) ?? new Set()).add(screen));
	}

	gone(staff: string, screen: DeskSocket): void {
		const screens = this.#screens.get(staff);
		screens?.delete(screen);
		if (screens?.size === 0) this.#screens.delete(staff);
	}

	/** Hears what has just become durable. */
	hear(events: readonly LoggedEvent[]): void {
		for (const staff of told(events)) void this.deliver(staff);
	}

	/** Hands everything that this person has not received yet to each of their screens. */
	async deliver(staff: string): Promise<void> {
		if (!this.#screens.has(staff)) return;
		const { queries, onProblem } = this.#options;
		try {
			const pending = await queries.pendingDeliveries(staff);
			if (pending.length === 0) return;
			const alerts = await queries.alerts({ ids: [...new Set(pending.map(({ alert }) => alert))] });
			for (const { alert: id, step } of pending) {
				const alert = alerts.find((view) => view.id === id && view.state === 'open');
				if (alert) this.#hand({ alert: id, step, staff }, alert);
			}
		} catch (error) {
			if (!this.#stopped) onProblem(`alerts for ${staff} could not be delivered; it is tried again`, error);
		}
		this.#deliverAgain(staff);
	}

	#deliverAgain(staff: string): void {
		clearTimeout(this.#again.get(staff));
		if (this.#stopped) return;
		const timer = setTimeout(() => {
			this.#again.delete(staff);
			void this.deliver(staff);
		}, AGAIN_MS);
		this.#again.set(staff, timer);
	}

	#hand(delivery: Told, alert: AlertView): void {
		const { log, now, onProblem } = this.#options;
		const id = deliveryId(delivery);
		const at = now();
		const screens = [...(this.#screens.get(delivery.staff) ?? [])].filter(
			// A timer may fire a little early.
			({ data }) => at.mono - (data.handed.get(id) ?? Number.NEGATIVE_INFINITY) >= AGAIN_MS - 50,
		);
		if (screens.length === 0) return;
		const record = (type: 'alert.sent' | 'alert.received', devices: readonly string[]) =>
			log
				.append(devices.map((device) => deliveryEvent(type, delivery, device, now())))
				.catch((error) => onProblem(`${type} could not be written to the log`, error));
		// In the log before the answer can be, since appends keep their order; but the screen need not wait for the disk.
		void record('alert.sent', [...new Set(screens.map(({ data }) => data.hello.device))]);
		for (const socket of screens) {
			socket.data.handed.set(id, at.mono);
			socket.emit('alert', { delivery: id, step: delivery.step, alert }, () => {
				if (socket.data.handed.get(id) === Number.POSITIVE_INFINITY) return;
				socket.data.handed.set(id, Number.POSITIVE_INFINITY);
				void record('alert.received', [socket.data.hello.device]);
			});
		}
	}
}

/** The staff whom these events tell of an alert. */
function told(events: readonly LoggedEvent[]): Set<string> {
	return new Set(
		events.flatMap((event) => {
			if (event.type === 'alert.escalated') return event.body.staff;
			return event.type === 'alert.opened' || event.type === 'alert.rerouted' ? (event.body.steps[0]?.staff ?? []) : [];
		}),
	);
}
