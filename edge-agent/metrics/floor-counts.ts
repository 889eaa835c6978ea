import { elapsedMs } from '../clock.js';
import type { AlertView } from '../contract/api.js';
import type { LoggedEvent } from '../contract/events.js';
import { type ArrivalSource, arrivalSourceSchema, type Instant } from '../contract/vocabulary.js';
import type { Metric } from './exposition.js';
import { Histogram } from './histogram.js';

/** What ends a wait that is measured, from the alert's opening on. */
const ends = ['received', 'acknowledged', 'greeted'] as const;
type End = (typeof ends)[number];
const BOUNDS_S = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 45, 60, 120, 300];

interface Waiting {
	readonly opened: Instant;
	state: 'open' | 'acknowledged';
	/** What has been measured: the first device, the first who accepts. */
	readonly over: Set<End>;
}

/** Arrivals and waits, counted from the log's events as they become durable. */
export class FloorCounts {
	readonly #arrivals = new Map<ArrivalSource, number>(arrivalSourceSchema.options.map((source) => [source, 0]));
	readonly #waiting = new Map<string, Waiting>();
	readonly #waits = new Map<End, Histogram>(ends.map((end) => [end, new Histogram(BOUNDS_S)]));

	/** Alerts from before. What they have waited for already is not measured again. */
	begin(alerts: readonly AlertView[]): void {
		for (const { id, openedAt, state } of alerts) {
			if (this.#waiting.has(id)) continue;
			const over = new Set<End>(state === 'acknowledged' ? ['received', 'acknowledged'] : ['received']);
			this.#waiting.set(id, { opened: { wall: openedAt, mono: 0, boot: '' }, state: state === 'acknowledged' ? state : 'open', over });
		}
	}

	hear(events: readonly LoggedEvent[]): void {
		for (const event of events) this.#hear(event);
	}

	#hear(event: LoggedEvent): void {
		switch (event.type) {
			case 'visit.opened':
				this.#arrivals.set(event.body.source, (this.#arrivals.get(event.body.source) ?? 0) + 1);
				break;
			case 'alert.opened':
				this.#waiting.set(event.body.alert, { opened: event.at, state: 'open', over: new Set() });
				break;
			case 'alert.received':
				this.#ended(event.body.alert, 'received', event.at);
				break;
			case 'alert.acknowledged':
				this.#ended(event.body.alert, 'acknowledged', event.at);
				this.#put(event.body.alert, 'acknowledged');
				break;
			case 'alert.released':
				this.#put(event.body.alert, 'open');
				break;
			case 'alert.greeted':
				this.#ended(event.body.alert, 'greeted', event.at);
				this.#waiting.delete(event.body.alert);
				break;
			case 'alert.closed':
				this.#waiting.delete(event.body.alert);
				break;
		}
	}

	#ended(alert: string, end: End, at: Instant): void {
		const waiting = this.#waiting.get(alert);
		if (!waiting || waiting.over.has(end)) return;
		waiting.over.add(end);
		// A clock that was set back makes nobody wait less than nothing.
		this.#waits.get(end)?.add(Math.max(0, elapsedMs(waiting.opened, at)) / 1000);
	}

	#put(alert: string, state: Waiting['state']): void {
		const waiting = this.#waiting.get(alert);
		if (waiting) waiting.state = state;
	}

	metrics(): Metric[] {
		const open = [...this.#waiting.values()];
		return [
			{
				...{ name: 'showroom_arrivals_total', help: 'Visits opened since the agent started, by how they became known.', type: 'counter' },
				samples: [...this.#arrivals].map(([source, value]) => ({ labels: { source }, value })),
			},
			{
				...{ name: 'showroom_alerts_open', help: 'Alerts whose visitor has not been greeted yet.', type: 'gauge' },
				samples: (['open', 'acknowledged'] as const).map((state) => ({
					...{ labels: { state }, value: open.filter((waiting) => waiting.state === state).length },
				})),
			},
			{
				name: 'showroom_alert_wait_seconds',
				help: 'From the opening of an alert until a device showed it, somebody accepted it, the visitor was greeted: the first time of each.',
				type: 'histogram',
				samples: [...this.#waits].flatMap(([until, histogram]) => histogram.samples({ until })),
			},
		];
	}
}
