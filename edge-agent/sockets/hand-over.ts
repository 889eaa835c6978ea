import type { AlertView } from '../contract/api.js';
import type { LoggedEvent } from '../contract/events.js';
import type { ShowroomQueries } from '../log/log.types.js';
import { deliveryId, type Told, toldBy } from './deliveries.js';
import { DeliveryRecords, type DeliveryRecordsOptions } from './delivery-records.js';
import type { Screens } from './screens.js';

export interface HandOverOptions extends DeliveryRecordsOptions {
	readonly queries: Pick<ShowroomQueries, 'alerts' | 'pendingDeliveries'>;
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
	readonly #screens: Screens;
	readonly #records: DeliveryRecords;
	readonly #again = new Map<string, NodeJS.Timeout>();
	/** By delivery: when a device last confirmed it (monotonic ms). What was read before that was written still says that it is owed. */
	readonly #confirmed = new Map<string, number>();
	#stopped = false;

	constructor(options: HandOverOptions, screens: Screens) {
		this.#options = options;
		this.#screens = screens;
		this.#records = new DeliveryRecords(options);
	}

	stop(): void {
		this.#stopped = true;
		for (const timer of this.#again.values()) clearTimeout(timer);
		this.#again.clear();
		this.#records.stop();
	}

	/** Hears what has just become durable. */
	hear(events: readonly LoggedEvent[]): void {
		const told = new Map<string, string[]>();
		for (const { staff, alert } of events.flatMap(toldBy)) told.set(staff, [...(told.get(staff) ?? []), alert]);
		// It is open again, for everybody who was told and has not received it.
		if (events.some(({ type }) => type === 'alert.released'))
			for (const staff of this.#screens.staff) told.set(staff, told.get(staff) ?? []);
		for (const [staff, alerts] of told) void this.deliver(staff, alerts);
	}

	/**
	 * Hands everything that this person has not received yet to each of their screens.
	 *
	 * @param likely alerts that are probably among it: asked for at the same time
	 */
	async deliver(staff: string, likely: readonly string[] = []): Promise<void> {
		if (this.#screens.of(staff).length === 0) return;
		const { queries, onProblem } = this.#options;
		try {
			const views = likely.length > 0 ? queries.alerts({ ids: likely }) : Promise.resolve([]);
			const [pending, asked] = await Promise.all([queries.pendingDeliveries(staff), views]);
			if (pending.length === 0) return;
			const others = [...new Set(pending.map(({ alert }) => alert))].filter((id) => !likely.includes(id));
			const alerts = others.length > 0 ? [...asked, ...(await queries.alerts({ ids: others }))] : asked;
			for (const { alert: id, step } of pending) {
				const alert = alerts.find((view) => view.id === id && (view.state === 'open' || view.state === 'acknowledged'));
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
		const { now } = this.#options;
		const id = deliveryId(delivery);
		const at = now();
		if (at.mono - (this.#confirmed.get(id) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return;
		const screens = this.#screens.of(delivery.staff).filter(
			// A timer may fire a little early.
			({ data }) => at.mono - (data.handed.get(id) ?? Number.NEGATIVE_INFINITY) >= AGAIN_MS - 50,
		);
		if (screens.length === 0) return;
		this.#records.add('alert.sent', delivery, new Set(screens.map(({ data }) => data.device)));
		for (const socket of screens) {
			socket.data.handed.set(id, at.mono);
			socket.emit('alert', { delivery: id, step: delivery.step, alert }, () => {
				if (socket.data.handed.get(id) === Number.POSITIVE_INFINITY) return;
				socket.data.handed.set(id, Number.POSITIVE_INFINITY);
				this.#confirm(id, now().mono);
				this.#records.add('alert.received', delivery, [socket.data.device]);
			});
		}
	}

	#confirm(delivery: string, mono: number): void {
		for (const [id, at] of this.#confirmed) if (mono - at >= AGAIN_MS) this.#confirmed.delete(id);
		this.#confirmed.set(delivery, mono);
	}
}
