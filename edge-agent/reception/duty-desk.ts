import { turnsOf } from '../alerts/turns.js';

import type { ReceptionView, RotaRow, Wishes } from '../contract/reception.api.js';
import type { DutyState, Rota } from '../contract/vocabulary.js';
import type { Floor } from '../visits/floor.js';
import { busyWith, colleagues } from './crew.js';
import { dutyOf } from './duty.js';
import { member } from './member.js';
import { changesAt, isOpen } from './store-hours.js';

/** Who takes visitors: duty, breaks, rotas, and whose turn it is. */
export class DutyDesk {
	readonly #floor: Floor;

	constructor(floor: Floor) {
		this.#floor = floor;
	}

	/** `by` says that `staff` is on duty, off, or on a break of so many ms (null: until they are back). @throws Refused `no-such-staff` */
	set(staff: string, state: DutyState, breakMs: number | null, by: string): Promise<void> {
		return this.#floor.inTurn(async () => {
			await member(this.#floor, staff, by);
			const until = breakMs === null ? null : this.#floor.options.now().wall + breakMs;
			await this.#floor.write([this.#floor.said('duty.changed', by, staff, { staff, state, until })]);
		});
	}

	/** `staff` is free for the next visitor, though one of theirs is still here. @throws Refused `no-such-staff` */
	free(staff: string, by: string): Promise<void> {
		return this.#floor.inTurn(async () => {
			await member(this.#floor, staff, by);
			const { state, options } = this.#floor;
			const busy = busyWith(staff, { ...state, busyMs: options.rules.busyMs, now: options.now() });
			if (busy.length > 0) await this.#floor.write([this.#floor.said('duty.freed', by, staff, { staff })]);
		});
	}

	/** @throws Refused `no-such-staff` */
	setRota(staff: string, row: RotaRow, by: string): Promise<void> {
		return this.#floor.inTurn(async () => {
			await member(this.#floor, staff, by, ...(row.backup === null ? [] : [row.backup]));
			await this.#floor.append([this.#floor.said('rota.set', by, staff, { staff, ...row })]);
		});
	}

	setWishes(customer: string, wishes: Wishes, by: string): Promise<void> {
		return this.#floor.inTurn(() => this.#floor.append([this.#floor.said('customer.wishes-set', by, customer, { customer, ...wishes })]));
	}

	/** Who is there, and whose turn it is. */
	async view(): Promise<ReceptionView> {
		const { queries, now, screens, rules } = this.#floor.options;
		const staff = await queries.staff();
		const { reception, visits, alerts } = this.#floor.state;
		const [at, there, devices] = [now(), screens.reachable(), screens.devices()];
		const crew = { staff, reception, visits, reachable: there, busyMs: rules.busyMs, now: at };
		const all = colleagues(crew);
		const row = (rota: Rota) =>
			all
				.filter(({ rotas }) => rotas.includes(rota))
				.map(({ id }) => ({ staff: id, ...turnsOf(alerts.turns, rota, id) }))
				.toSorted((a, b) => b.owed - a.owed || a.turns - b.turns);
		return {
			colleagues: staff.map((person) => {
				const rota = reception.rotas.get(person.id);
				return {
					...person,
					...dutyOf(person.onDuty, rota, reception.duty.get(person.id), at.wall),
					busyWith: busyWith(person.id, crew),
					reachable: there.has(person.id),
					rota: rota ?? null,
					devices: devices.filter(({ staff }) => staff === person.id).map(({ device, visible, since }) => ({ device, visible, since })),
				};
			}),
			turns: { sales: row('sales'), service: row('service'), reception: row('reception') },
			open: isOpen(rules.hours, at.wall),
			changesAt: changesAt(rules.hours, at.wall),
		};
	}
}
