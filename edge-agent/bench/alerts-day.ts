import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs, now } from '../clock.js';
import type { CheckIn } from '../contract/api.js';
import type { LoggedEvent } from '../contract/events.js';
import type { BenchShowroom } from './showroom.js';

/** Share of the visitors who check in at the kiosk and ask for a host; the others are known customers who walk in. */
const CHECK_INS = 0.3;
/** So long after greeting the visit is over. */
const STAY_MS = 1000;

export interface DayPeople {
	/** Whom visitors ask for. */
	readonly hosts: readonly string[];
	/** Each walks in once at most. */
	readonly customers: readonly string[];
}

/** What happens in the bench's showroom: visitors come, and leave once they were greeted. */
export class Day {
	/** By visit: when the crossing or check-in that began it was given (CLOCK_MONOTONIC, ms). */
	readonly begun = new Map<string, number>();
	readonly #showroom: BenchShowroom;
	readonly #people: DayPeople;
	readonly #checkIn: (form: CheckIn) => void;
	readonly #random: () => number;
	readonly #walkedIn = new Map<string, number>();
	readonly #leaving = new Set<NodeJS.Timeout>();
	readonly #unsubscribe: () => void;
	#came = 0;

	constructor(showroom: BenchShowroom, people: DayPeople, checkIn: (form: CheckIn) => void, random: () => number) {
		this.#showroom = showroom;
		this.#people = people;
		this.#checkIn = checkIn;
		this.#random = random;
		this.#unsubscribe = showroom.log.onAppended((events) => {
			for (const event of events) this.#hear(event);
		});
	}

	/** Visitors come, `rate` a second on average, with gaps as chance has them. */
	async play(visitors: number, rate: number): Promise<void> {
		let next = monotonicMs();
		for (let left = visitors; left > 0; left--) {
			next += (-Math.log(1 - this.#random()) * 1000) / rate;
			await sleep(Math.max(0, next - monotonicMs()));
			this.#visitor();
		}
	}

	stop(): void {
		this.#unsubscribe();
		for (const timer of this.#leaving) clearTimeout(timer);
	}

	#visitor(): void {
		const visitor = this.#came++;
		const { hosts, customers } = this.#people;
		const customer = customers[visitor];
		if (customer === undefined || this.#random() < CHECK_INS) {
			const host = hosts[Math.floor(this.#random() * hosts.length)] ?? null;
			const name = `Guest ${visitor}`;
			this.#checkIn({ id: randomUUID(), name, telephone: '13800138000', purpose: 'look-around', host, model: null, language: 'zh' });
			return;
		}
		const at = now();
		this.#walkedIn.set(customer, at.mono);
		const who = { person: customer, kind: 'customer' } as const;
		void this.#showroom.floor.see({ kind: 'crossing', camera: 'door', entrance: 'main', track: visitor, direction: 'in', who, at });
	}

	#hear(event: LoggedEvent): void {
		if (event.type === 'visit.opened' && event.body.customer !== null) {
			const at = this.#walkedIn.get(event.body.customer);
			if (at !== undefined) this.begun.set(event.body.visit, at);
		}
		if (event.type !== 'visit.greeted') return;
		const { visit, staff } = event.body;
		const timer = setTimeout(() => {
			this.#leaving.delete(timer);
			void this.#showroom.floor.visits.close(visit, staff, 'left');
		}, STAY_MS);
		this.#leaving.add(timer);
	}
}
