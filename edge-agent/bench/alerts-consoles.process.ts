import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { monotonicMs } from '../clock.js';
import { CHANGE_HEADER } from '../contract/access.api.js';
import type { CheckIn, CheckInAnswer } from '../contract/api.js';
import type { AlertDelivery, DeskClientMessages, DeskServerMessages } from '../contract/sockets.js';
import { seededRandom } from '../demo/random.js';
import type { Handed, Seen } from './alerts-tally.js';

/** parent -> consoles. */
export type ConsolesJob =
	| {
			readonly do: 'connect';
			readonly url: string;
			readonly seed: number;
			readonly screens: readonly BenchScreen[];
			readonly kiosk: string;
	  }
	| { readonly do: 'check-in'; readonly form: CheckIn }
	| { readonly do: 'report' };

export interface BenchScreen {
	readonly device: string;
	readonly cookie: string;
}

/** consoles -> parent. */
export type ConsolesAnswer =
	| { readonly is: 'connected' }
	/** `at`: when the kiosk's request began (CLOCK_MONOTONIC, ms). */
	| { readonly is: 'checked-in'; readonly visit: string; readonly at: number }
	| { readonly is: 'failed'; readonly why: string }
	| { readonly is: 'report'; readonly handed: readonly Handed[]; readonly seen: Seen };

/** How long somebody takes to accept an alert, and then to walk up to its visitor: at least, and at most so much more. */
const ACCEPT_MS = [400, 800] as const;
const WALK_MS = [600, 1200] as const;

/**
 * Screens and a kiosk for the bench, in a process of their own, so that their work is not the agent's: each screen keeps what it is told and
 * when; whoever is told of an alert accepts and greets over HTTP from one of their screens. Ends with its parent.
 */
class Consoles {
	readonly #handed: Handed[] = [];
	readonly #seen = new Map<string, (number | null)[]>();
	readonly #answered = new Set<string>();
	readonly #random: () => number;
	readonly #job: Extract<ConsolesJob, { do: 'connect' }>;

	constructor(job: Extract<ConsolesJob, { do: 'connect' }>) {
		this.#job = job;
		this.#random = seededRandom(job.seed);
	}

	async connect(): Promise<void> {
		for (const [screen, { device, cookie }] of this.#job.screens.entries()) {
			const socket: Socket<DeskServerMessages, DeskClientMessages> = io(`${this.#job.url}/desk`, {
				...{ transports: ['websocket'], forceNew: true, extraHeaders: { cookie } },
				auth: { device, after: 0 },
			});
			socket.on('alert', (delivery, received) => {
				received();
				this.#shown(screen, delivery);
			});
			socket.on('change', ({ visits }) => {
				const at = monotonicMs();
				for (const { id } of visits) {
					const seen = this.#seen.get(id) ?? new Array<number | null>(this.#job.screens.length).fill(null);
					seen[screen] ??= at;
					this.#seen.set(id, seen);
				}
			});
			// The first rows: from now on it is live.
			await new Promise<void>((resolve, reject) => {
				socket.once('change', () => resolve());
				socket.once('connect_error', reject);
			});
		}
	}

	#shown(screen: number, { delivery, alert }: AlertDelivery): void {
		this.#handed.push({ screen, delivery, visit: alert.visit, at: monotonicMs() });
		if (this.#answered.has(alert.id)) return;
		this.#answered.add(alert.id);
		void this.#receive(alert.id, this.#job.screens[screen]?.cookie ?? '').catch((error) => say({ is: 'failed', why: String(error) }));
	}

	async #receive(alert: string, cookie: string): Promise<void> {
		await sleep(ACCEPT_MS[0] + this.#random() * ACCEPT_MS[1]);
		await this.#post(`/api/alerts/${alert}/accept`, cookie);
		await sleep(WALK_MS[0] + this.#random() * WALK_MS[1]);
		await this.#post(`/api/alerts/${alert}/greet`, cookie);
	}

	async checkIn(form: CheckIn): Promise<void> {
		const at = monotonicMs();
		const answer = await this.#post('/api/checkins', this.#job.kiosk, form);
		const { visit } = (await answer.json()) as CheckInAnswer;
		say({ is: 'checked-in', visit, at });
	}

	async #post(path: string, cookie: string, body: unknown = {}): Promise<Response> {
		const headers = { cookie, [CHANGE_HEADER]: '1', 'content-type': 'application/json' };
		const answer = await fetch(`${this.#job.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
		if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
		return answer;
	}

	report(): ConsolesAnswer {
		return { is: 'report', handed: this.#handed, seen: Object.fromEntries(this.#seen) };
	}
}

function say(answer: ConsolesAnswer): void {
	process.send?.(answer);
}

let consoles: Consoles | null = null;
process.on('message', (job: ConsolesJob) => {
	const failed = (error: unknown) => say({ is: 'failed', why: String(error) });
	if (job.do === 'connect') {
		consoles = new Consoles(job);
		consoles.connect().then(() => say({ is: 'connected' }), failed);
	} else if (job.do === 'check-in') consoles?.checkIn(job.form).catch(failed);
	else if (consoles) say(consoles.report());
});
process.once('disconnect', () => process.exit());
