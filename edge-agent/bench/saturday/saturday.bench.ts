import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monotonicMs } from '../../clock.js';
import type { AlertView } from '../../contract/api.js';
import { seededRandom } from '../../demo/random.js';
import { readStoredLog } from '../../demo/stored-log.store.js';
import type { Who } from '../../visits/visits.types.js';
import { judgeSaturday, type SaturdayResult } from './judge.js';
import { type Saturday, type Visitor, writeSaturday } from './script.js';
import { SaturdayShowroom } from './showroom.client.js';
import { saturdayMorning } from './showroom.process.js';
import { StaffAtWork } from './staff.client.js';

export interface SaturdayOptions {
	readonly seed: number;
	readonly visits: number;
	/** Times faster than it happens. */
	readonly speed: number;
	readonly say: (message: string) => void;
	/** Looks at the stopped showroom's data before it goes. */
	readonly inspect?: (dataDir: string) => void;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** After the last arrival: everybody is received and leaves. */
const CLOSING_MS = 50 * MINUTE;
/** Each entrance has two cameras; the second sees a crossing a little later. */
const SECOND_CAMERA_MS = 300;

/**
 * Plays a Saturday at a showroom through the real log, floor, sockets and HTTP API, the agent in a process of its own that is killed once: sixty visits an
 * hour, fourteen consultants with a screen each, three screens offline for ten minutes, a wall clock that jumps by an hour.
 */
export async function benchSaturday({ seed, visits, speed, say, inspect }: SaturdayOptions): Promise<SaturdayResult> {
	const day = writeSaturday(seed, visits);
	const dataDir = await mkdtemp(join(tmpdir(), 'showroom-saturday-'));
	const showroom = new SaturdayShowroom(dataDir, { began: monotonicMs() + 2000, speed, wall: saturdayMorning() });
	const world = new World(day, showroom, seed, say);
	try {
		await showroom.open(day);
		await world.play();
		await showroom.close();
		const faults = [...showroom.problems];
		const result = judgeSaturday(readStoredLog(dataDir), visits, world.shown, world.connected, faults);
		for (const fault of faults) say(fault);
		inspect?.(dataDir);
		return result;
	} finally {
		await showroom.kill();
		await rm(dataDir, { recursive: true, force: true });
	}
}

/** Everybody outside the agent: visitors, staff, and what goes wrong. */
class World {
	readonly #day: Saturday;
	readonly #showroom: SaturdayShowroom;
	readonly #say: (message: string) => void;
	readonly #random: () => number;
	readonly #staff: readonly StaffAtWork[];
	readonly #byCustomer: ReadonlyMap<string, Visitor>;
	readonly #strangers: Visitor[];
	#track = 0;
	#doing = new Set<Promise<void>>();

	constructor(day: Saturday, showroom: SaturdayShowroom, seed: number, say: (message: string) => void) {
		this.#day = day;
		this.#showroom = showroom;
		this.#say = say;
		this.#random = seededRandom(seed + 1);
		this.#staff = day.staff.map((person) => new StaffAtWork(person, showroom, this.#random, (alert, by) => this.#received(alert, by)));
		this.#byCustomer = new Map(day.visitors.flatMap((visitor) => (visitor.customer === null ? [] : [[visitor.customer, visitor]])));
		this.#strangers = day.visitors.filter(({ customer }) => customer === null);
	}

	get shown() {
		return this.#staff.flatMap(({ shown }) => shown);
	}
	get connected() {
		return new Map(this.#staff.map(({ id, connected }) => [id, connected]));
	}

	async play(): Promise<void> {
		const { visitors, staff, troubles, dayMs } = this.#day;
		const { clock } = this.#showroom;
		for (const person of this.#staff) await person.comeOnline();
		for (const visitor of visitors) this.#at(visitor.arrivesAt, () => this.#arrives(visitor));
		for (const { id, breakAt } of staff) {
			if (breakAt === null) continue;
			this.#at(breakAt, () => this.#person(id).say('duty', { state: 'break', minutes: 30 }));
		}
		for (const trouble of troubles) this.#at(trouble.at, () => this.#goesWrong(trouble));
		for (let hour = 1; hour * 60 * MINUTE <= dayMs; hour++)
			this.#at(hour * 60 * MINUTE, () => this.#say(`${hour} h of ${(dayMs / MINUTE / 60).toFixed(1)}: ${this.shown.length} alerts shown`));
		await clock.until(dayMs + CLOSING_MS);
		while (this.#doing.size > 0) await Promise.all(this.#doing);
		for (const person of this.#staff) await person.goHome();
	}

	async #arrives({ entrance, customer, checksInAfterMs, arrivesAt }: Visitor): Promise<void> {
		const who: Who = customer === null ? 'nobody' : { person: customer, kind: 'customer' };
		this.#crosses(entrance, 'in', who, arrivesAt);
		if (checksInAfterMs === null) return;
		await this.#wait(checksInAfterMs);
		const form = { id: randomUUID(), name: '王芳', telephone: null, purpose: 'quote', host: null, model: null, language: 'zh' };
		await this.#person('reception-1').say('checkins', form);
	}

	/** Through the line, before both cameras; somebody known is recognised on the way. */
	#crosses(entrance: Visitor['entrance'], direction: 'in' | 'out', who: Who, at: number): void {
		const track = ++this.#track;
		const cameras = [`${entrance}-1`, `${entrance}-2`];
		if (typeof who === 'object')
			this.#showroom.see({ kind: 'identified', camera: cameras[0] ?? '', entrance, track, who, evidence: null }, at - SECOND);
		for (const [index, camera] of cameras.entries()) {
			const seenAt = at + index * SECOND_CAMERA_MS;
			this.#showroom.see({ kind: 'crossing', camera, entrance, track, direction, who: index === 0 ? who : 'undecided' }, seenAt);
		}
		// What cameras tell comes in order of time.
		for (const camera of cameras) this.#showroom.see({ kind: 'trackLost', camera, track }, at + 2 * SECOND);
	}

	/** Whoever greeted talks to them, then they look round, and in the end they say goodbye. */
	#received({ customer, visit, joined }: AlertView, by: StaffAtWork): void {
		const visitor = (customer && this.#byCustomer.get(customer.id)) ?? this.#strangers.shift();
		if (!visitor) return;
		this.#do(async () => {
			await this.#wait(visitor.talkMs);
			await by.say('duty/free', {});
			await this.#looksRound(visitor);
			for (const one of [visit, ...joined]) {
				await by.say(`visits/${one}/close`, { reason: 'left' });
				await this.#wait((20 + 60 * this.#random()) * SECOND);
				const who: Who = visitor.customer !== null && visitor.seenLeaving ? { person: visitor.customer, kind: 'customer' } : 'nobody';
				this.#crosses(visitor.entrance, 'out', who, this.#showroom.clock.dayMs);
			}
		});
	}

	async #looksRound({ stepsOut, looksMs, customer, entrance }: Visitor): Promise<void> {
		const { clock } = this.#showroom;
		for (let time = 0; customer !== null && time < stepsOut; time++) {
			await this.#wait(looksMs / (stepsOut + 1));
			const who: Who = { person: customer, kind: 'customer' };
			this.#crosses(entrance, 'out', who, clock.dayMs);
			await this.#wait(4 * MINUTE);
			this.#crosses(entrance, 'in', who, clock.dayMs);
		}
		await this.#wait(looksMs / (stepsOut + 1));
	}

	async #goesWrong(trouble: Saturday['troubles'][number]): Promise<void> {
		if (trouble.kind === 'clock') {
			this.#say(`the wall clock jumps by ${trouble.stepMs / MINUTE} minutes`);
			this.#showroom.setClock(trouble.stepMs);
		} else if (trouble.kind === 'offline') {
			this.#say(`${trouble.staff} is offline for ten minutes`);
			const person = this.#person(trouble.staff);
			person.goOffline();
			await this.#wait(trouble.ms);
			await person.comeOnline();
		} else {
			this.#say('the agent is killed');
			await this.#showroom.kill();
			await this.#showroom.open(null);
			this.#say('the agent is back');
		}
	}

	#person(id: string): StaffAtWork {
		const person = this.#staff.find((one) => one.id === id);
		if (!person) throw new Error(`${id} does not work here`);
		return person;
	}

	#at(dayMs: number, what: () => unknown): void {
		this.#do(async () => {
			await this.#showroom.clock.until(dayMs);
			await what();
		});
	}

	#do(what: () => Promise<void>): void {
		const doing = what()
			.catch((error) => this.#say(String(error)))
			.finally(() => this.#doing.delete(doing));
		this.#doing.add(doing);
	}

	#wait(ms: number): Promise<void> {
		return new Promise((resolve) => this.#showroom.clock.after(ms, resolve));
	}
}
