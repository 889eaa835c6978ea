import { io, type Socket } from 'socket.io-client';
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

	/** Connects a screen for each of them. */
	async start(staff: readonly string[]): Promise<void> {
		await Promise.all(staff.map((id) => this.#connect(id)));
	}

	/** Finishes what was begun and disconnects. */
	async stop(): Promise<void> {
		await this.#work;
		for (const socket of this.#sockets) socket.disconnect();
	}

	async #connect(staff: string): Promise<void> {
		const socket: Socket<DeskServerMessages, DeskClientMessages> = io(`${this.#url}desk`, {
			transports: ['websocket'],
			auth: { staff, device: `demo-${staff}`, after: 0 },
		});
		this.#sockets.push(socket);
		socket.on('alert', (delivery, received) => {
			received();
			if (this.#seen.has(delivery.delivery)) return;
			this.#seen.add(delivery.delivery);
			this.shown.push({ alert: delivery.alert.id, step: delivery.step, staff });
			this.#work = Promise.all([this.#work, this.#receive(delivery, staff)]);
		});
		await new Promise<void>((resolve, reject) => {
			socket.once('connect', resolve);
			socket.once('connect_error', reject);
		});
	}

	/** Walks over: accepts, and greets a moment later. */
	async #receive({ alert }: AlertDelivery, staff: string): Promise<void> {
		if (!(await this.#post(`api/alerts/${alert.id}/accept`, staff))) return;
		await new Promise((resolve) => setTimeout(resolve, WALK_MS));
		await this.#post(`api/alerts/${alert.id}/greet`, staff);
	}

	/** Answers whether it was this person's to do: somebody else may have been quicker. */
	async #post(path: string, staff: string): Promise<boolean> {
		const answer = await fetch(`${this.#url}${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ staff }),
		});
		return answer.ok;
	}
}
