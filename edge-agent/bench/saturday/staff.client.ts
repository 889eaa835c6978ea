import { io, type Socket } from 'socket.io-client';
import { CHANGE_HEADER } from '../../contract/access.api.js';
import type { AlertView } from '../../contract/api.js';
import type { DeskChange, DeskClientMessages, DeskServerMessages } from '../../contract/sockets.js';
import type { SaturdayStaff } from './script.js';
import type { SaturdayShowroom } from './showroom.client.js';

/** One alert for one person at one step, as it appeared on their screen. */
export interface Shown {
	readonly delivery: string;
	readonly staff: string;
	/** ms of the day. */
	readonly at: number;
}

/** When somebody's screen was connected, ms of the day. */
export interface Connected {
	readonly from: number;
	to: number | null;
}

const SECOND = 1000;

/** A member of staff with a screen: sees what it shows, walks over, looks after the visitor, and is free again. */
export class StaffAtWork {
	readonly shown: Shown[] = [];
	readonly connected: Connected[] = [];
	readonly #person: SaturdayStaff;
	readonly #showroom: SaturdayShowroom;
	readonly #random: () => number;
	/** Told that visitors have been received, by way of this alert. */
	readonly #onReceived: (alert: AlertView, by: StaffAtWork) => void;
	readonly #seen = new Set<string>();
	#socket: Socket<DeskServerMessages, DeskClientMessages> | undefined;
	#seq = 0;
	#work: Promise<unknown> = Promise.resolve();

	constructor(
		person: SaturdayStaff,
		showroom: SaturdayShowroom,
		random: () => number,
		onReceived: (alert: AlertView, by: StaffAtWork) => void,
	) {
		this.#person = person;
		this.#showroom = showroom;
		this.#random = random;
		this.#onReceived = onReceived;
	}

	/** The screen connects, and connects again by itself as the console does. */
	async comeOnline(): Promise<void> {
		const { id } = this.#person;
		const { clock } = this.#showroom;
		const socket: Socket<DeskServerMessages, DeskClientMessages> = io(`${this.#showroom.url}/desk`, {
			...{ transports: ['websocket'], forceNew: true, reconnectionDelay: 50, reconnectionDelayMax: 200 },
			extraHeaders: { cookie: this.#showroom.cookie(id) },
			auth: (send) => send({ device: `device-${id}`, after: this.#seq }),
		});
		this.#socket = socket;
		socket.on('connect', () => this.connected.push({ from: clock.dayMs, to: null }));
		socket.on('disconnect', () => {
			const last = this.connected.at(-1);
			if (last) last.to = clock.dayMs;
		});
		socket.on('change', ({ seq }: DeskChange) => {
			this.#seq = Math.max(this.#seq, seq);
		});
		socket.on('alert', ({ delivery, alert }, received) => {
			received();
			// A page that has shown it only confirms.
			if (this.#seen.has(delivery)) return;
			this.#seen.add(delivery);
			this.shown.push({ delivery, staff: id, at: clock.dayMs });
			this.#work = Promise.all([this.#work, this.#attend(alert)]);
		});
		await new Promise<void>((resolve, reject) => {
			socket.once('connect', resolve);
			// While the agent is down it goes on trying; refused, it does not.
			socket.on('connect_error', (error) => socket.active || reject(error));
		});
	}

	goOffline(): void {
		this.#socket?.disconnect();
	}

	/** Finishes what was begun. */
	async goHome(): Promise<void> {
		await this.#work;
		this.#socket?.disconnect();
	}

	/** Says something to the agent; again and again while it is down. Answers what it answers; null: it was not theirs to say. */
	async say(path: string, body: object): Promise<unknown> {
		for (;;) {
			try {
				const answer = await fetch(`${this.#showroom.url}/api/${path}`, {
					method: 'POST',
					headers: { cookie: this.#showroom.cookie(this.#person.id), [CHANGE_HEADER]: '1', 'content-type': 'application/json' },
					body: JSON.stringify(body),
				});
				if (answer.status < 500) return answer.ok ? await answer.json() : null;
			} catch {
				// The agent is down: it is being started again.
			}
			await this.#wait(5 * SECOND);
		}
	}

	async #attend(alert: AlertView): Promise<void> {
		const { role } = this.#person;
		const mood = this.#random();
		// Of the consultants some are slow, so that the next one is told, and some leave it to the others.
		const reactsMs = (role !== 'consultant' || mood < 0.85 ? 3 + 10 * this.#random() : 24 + 12 * this.#random()) * SECOND;
		if (role === 'consultant' && mood > 0.95) return;
		await this.#wait(reactsMs);
		if ((await this.say(`alerts/${alert.id}/accept`, {})) === null) return;
		await this.#wait((8 + 15 * this.#random()) * SECOND);
		const greeted = await this.say(`alerts/${alert.id}/greet`, {});
		// The agent's own answer.
		if (greeted !== null) this.#onReceived(greeted as AlertView, this);
	}

	get id(): string {
		return this.#person.id;
	}

	#wait(ms: number): Promise<void> {
		return new Promise((resolve) => this.#showroom.clock.after(ms, resolve));
	}
}
