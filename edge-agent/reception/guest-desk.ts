import { Refused } from '../alerts/refused.js';
import type { CheckIn } from '../contract/api.js';
import type { EventBody } from '../contract/events.js';
import type { GuestView, NewGuest } from '../contract/reception.api.js';
import type { Floor } from '../visits/floor.js';
import { member } from './member.js';
import { dayBounds, dayOf } from './store-hours.js';

/** Whom a check-in shows somebody to be. */
export interface WhoCheckedIn {
	readonly customer: string | null;
	readonly by: 'kiosk' | 'telephone' | 'guest';
	readonly guest: GuestView | null;
}

/** Who is expected, and what customers are still to be called for. */
export class GuestDesk {
	readonly #floor: Floor;

	constructor(floor: Floor) {
		this.#floor = floor;
	}

	/** Sending the same again makes no second one. @throws Refused `no-such-staff`, `no-such-customer` */
	async expect({ id, name, telephone, ...guest }: NewGuest, staff: string): Promise<GuestView> {
		await member(this.#floor, staff, ...(guest.host === null ? [] : [guest.host]));
		const { queries, log } = this.#floor.options;
		if (guest.customer !== null && !(await queries.customer(guest.customer))) throw new Refused('no-such-customer', null);
		// The event's id follows from the guest's, so the log keeps it once.
		const event = { ...this.#floor.said('guest.expected', staff, id, { guest: id, ...guest }), id: `expected/${id}` };
		await log.append([event], [{ table: 'guest_texts', id, name, telephone }]);
		return this.#view(id);
	}

	/** Repeating is harmless. @throws Refused `no-such-guest` */
	async cancel(id: string, staff: string): Promise<GuestView> {
		await member(this.#floor, staff);
		const guest = await this.#view(id);
		if (guest.state !== 'expected') return guest;
		await this.#floor.options.log.append([this.#floor.said('guest.cancelled', staff, id, { guest: id })]);
		return this.#view(id);
	}

	/**
	 * Who somebody is who checks in: the guest of their code, the guest who is expected today under their number, or the customer whose number it is and
	 * whose name begins alike. A number that is several people's, or somebody else's, is nobody's.
	 */
	async who({ guest, telephone, name }: CheckIn): Promise<WhoCheckedIn> {
		const { queries, now } = this.#floor.options;
		const nobody: WhoCheckedIn = { customer: null, by: 'kiosk', guest: null };
		const coded = guest == null ? null : await queries.guest(guest);
		if (coded?.state === 'expected') return { customer: coded.customer, by: 'guest', guest: coded };
		if (telephone === null) return nobody;
		const { from, to } = dayBounds(dayOf(now().wall));
		const expected = (await queries.guestsByTelephone(telephone, from, to)).filter(({ state }) => state === 'expected');
		if (expected.length === 1 && expected[0]) return { customer: expected[0].customer, by: 'guest', guest: expected[0] };
		const customers = (await queries.customersByTelephone(telephone)).filter((customer) => alike(customer.name, name));
		const [customer] = customers;
		return customer && customers.length === 1 ? { customer: customer.id, by: 'telephone', guest: null } : nobody;
	}

	/** @throws Refused `no-such-task` */
	async taskDone(id: string, staff: string, how: EventBody<'task.done'>['how']): Promise<void> {
		await member(this.#floor, staff);
		const tasks = await this.#floor.options.queries.tasks({ all: true });
		if (!tasks.some((task) => task.id === id && task.kind === 'follow-up')) throw new Refused('no-such-task');
		await this.#floor.options.log.append([this.#floor.said('task.done', staff, id, { task: id, staff, how })]);
	}

	async #view(id: string): Promise<GuestView> {
		const guest = await this.#floor.options.queries.guest(id);
		if (!guest) throw new Refused('no-such-guest');
		return guest;
	}
}

/** 王先生 is 王芳, for whom only the surname was given. */
function alike(known: string, given: string): boolean {
	const [a, b] = [known.trim().toLowerCase(), given.trim().toLowerCase()];
	return a === b || (/^\p{Script=Han}/u.test(a) && a[0] === b[0]);
}
