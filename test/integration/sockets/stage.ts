import { afterEach, beforeEach, expect, vi } from 'vitest';
import { now } from '../../../edge-agent/clock.js';
import type { EventType, LoggedEvent } from '../../../edge-agent/contract/events.js';
import type { DeskHandshake } from '../../../edge-agent/contract/sockets.js';
import type { Instant } from '../../../edge-agent/contract/vocabulary.js';
import { type House, type HouseOptions, openHouse, removeFolder, Screen, temporaryFolder } from './house.js';

/** A house for each test of a file, whose clock can be put forward, and screens in it. */
export class Stage {
	house: House = undefined as unknown as House;
	#dataDir = '';
	#screens: Screen[] = [];
	#offMs = 0;
	#came = 0;

	constructor() {
		beforeEach(async () => {
			this.#offMs = 0;
			this.#dataDir = await temporaryFolder();
			this.house = await this.#open({});
		});
		afterEach(async () => {
			for (const screen of this.#screens.splice(0)) screen.close();
			await this.house.close();
			expect(this.house.problems).toEqual([]);
			await removeFolder(this.#dataDir);
		});
	}

	/** The agent stops and starts; screens stay as they are, and gone. */
	async restart(options: HouseOptions = {}): Promise<void> {
		await this.house.close();
		this.house = await this.#open({ staff: false, ...options });
	}

	/** Time passes. What falls due by it rings with the next thing that happens. */
	later(ms: number): void {
		this.#offMs += ms;
	}

	/** A customer whom nobody has seen before walks in and is recognised: no party, no storm. Answers their alert's id. */
	async walkIn(consultant: string | null = null): Promise<string> {
		const { log, floor } = this.house;
		this.#came += 1;
		const id = `customer-${this.#came}`;
		await log.append([], [{ table: 'customers', id, name: `客人${this.#came}`, telephone: null, consultant }]);
		const who = { person: id, kind: 'customer' } as const;
		const at = this.#now();
		await floor.see({ kind: 'crossing', camera: 'cam-1', entrance: 'main', track: this.#came, direction: 'in', who, at });
		return (await log.alerts({ open: true })).find(({ customer }) => customer?.id === id)?.id ?? '';
	}

	#now(): Instant {
		const { wall, mono, boot } = now();
		return { wall: wall + this.#offMs, mono: mono + this.#offMs, boot };
	}

	#open(options: HouseOptions): Promise<House> {
		return openHouse(this.#dataDir, { clock: () => this.#now(), ...options });
	}

	screen(staff: string, device: string, hello: Partial<DeskHandshake> = {}): Screen {
		return this.screenWith(this.house.cookie(staff), device, hello);
	}

	screenWith(cookie: Promise<string>, device: string, hello: Partial<DeskHandshake> = {}): Screen {
		const screen = new Screen(this.house.url, { device, after: 0, ...hello }, cookie);
		this.#screens.push(screen);
		return screen;
	}

	/** The cookie of a newly paired wall board. */
	async board(): Promise<string> {
		const { code } = await this.house.access.devices.pairingCode({ kind: 'board', name: 'wall' });
		return `showroom-device=${(await this.house.access.devices.pair(code, '127.0.0.1')).token}`;
	}

	async logged<T extends EventType>(type: T): Promise<Extract<LoggedEvent, { type: T }>[]> {
		const events = await this.house.log.read(0, 10_000);
		return events.filter((event): event is Extract<LoggedEvent, { type: T }> => event.type === type);
	}
}

/** Connected, and up to date: the first rows are there. */
export const live = (...screens: Screen[]) =>
	until(() => expect(screens.every(({ socket, lastSeq }) => socket.connected && lastSeq > 0)).toBe(true));
export const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 8000, interval: 5 });
