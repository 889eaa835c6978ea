import { io, type Socket } from 'socket.io-client';
import { CHANGE_HEADER } from '../contract/access.api.js';
import type { AlertDelivery, DeskClientMessages, DeskServerMessages } from '../contract/sockets.js';
import type { ShownAlert } from './judge.js';

/** From taking an alert to having walked up to the visitor. */
const WALK_MS = 400;

/**
 * The staff's screens, for a demo that plays by itself: each a real socket client that shows what it gets once, says so, accepts
 * and greets through the HTTP API.
 */
export class DemoScreens {
	/** Each showing, in order. */
	readonly shown: ShownAlert[] = [];
	readonly #url: string;
	readonly #sockets: Socket<DeskServerMessages, DeskClientMessages>[] = [];
	readonly #seen = new Set<string>();
	#work: Promise<unknown> = Promise.resolve();

	/** @param url the agent's, ending in a slash */
	constructor(url: string) {
		this.#url = url;
	}

	/** Connects a screen for one of the staff. @param cookie of their session */
	async open(staff: string, cookie: string): Promise<void> {
		const socket: Socket<DeskServerMessages, DeskClientMessages> = io(`${this.#url}desk`, {
			transports: ['websocket'],
			extraHeaders: { cookie },
			auth: { device: `demo-${staff}`, after: 0 },
			// Each its own connection: one that is shared has one person's cookie.
			forceNew: true,
		});
		this.#sockets.push(socket);
		socket.on('alert', (delivery, received) => {
			received();
			if (this.#seen.has(delivery.delivery)) return;
			this.#seen.add(delivery.delivery);
			this.shown.push({ alert: delivery.alert.id, step: delivery.step, staff });
			this.#work = Promise.all([this.#work, this.#receive(delivery, cookie)]);
		});
		await new Promise<void>((resolve, reject) => {
			socket.once('connect', resolve);
			socket.once('connect_error', reject);
		});
	}

	/** Finishes what was begun and disconnects. */
	async stop(): Promise<void> {
		await this.#work;
		for (const socket of this.#sockets) socket.disconnect();
	}

	/** Walks over: accepts, greets a moment later, lets the visitor look round and is free for the next one. */
	async #receive({ alert }: AlertDelivery, cookie: string): Promise<void> {
		if (!(await this.#post(`api/alerts/${alert.id}/accept`, cookie))) return;
		await new Promise((resolve) => setTimeout(resolve, WALK_MS));
		await this.#post(`api/alerts/${alert.id}/greet`, cookie);
		await this.#post('api/duty/free', cookie, {});
	}

	/** Answers whether it was this person's to do: somebody else may have been quicker. */
	async #post(path: string, cookie: string, body?: object): Promise<boolean> {
		const answer = await fetch(`${this.#url}${path}`, {
			method: 'POST',
			headers: { cookie, [CHANGE_HEADER]: '1', ...(body && { 'content-type': 'application/json' }) },
			...(body && { body: JSON.stringify(body) }),
		});
		return answer.ok;
	}
}
