import { setTimeout as sleep } from 'node:timers/promises';
import type { WebhookConfig } from '../config/config.schema.js';
import type { EventBody, LoggedEvent } from '../contract/events.js';
import type { Instant } from '../contract/vocabulary.js';
import type { Follower, ShowroomLog } from '../log/log.types.js';
import { isTooOld } from './age.js';
import { CameraQuiet } from './camera-quiet.js';
import { type Channel, channelOf } from './channel.js';
import { type FactSources, factsOf } from './facts.js';
import { gaveUp } from './gave-up.js';
import { type Health, healthy } from './health.js';
import { again, type Outcome, type Problem } from './outcome.js';
import { backoffMs, isBusy, paceMs, type Sent, sentNow } from './pace.js';
import { type Post, post } from './post.client.js';
import { scrub, secretsOf } from './scrub.js';

export interface FeedOptions extends FactSources {
	readonly log: Pick<ShowroomLog, 'append' | 'follow'>;
	readonly now: () => Instant;
	readonly newId: () => string;
	readonly onProblem: (message: string, error: unknown) => void;
}

/** Takes the log to one webhook. It fails, waits and hangs for itself: each has a cursor of its own. */
export class WebhookFeed {
	readonly config: WebhookConfig;
	readonly #options: FeedOptions;
	readonly #channel: Channel;
	readonly #secrets: readonly string[];
	readonly #cameras = new CameraQuiet();
	readonly #stopping = new AbortController();
	#follower: Follower | null = null;
	#health: Health = healthy;
	/** Where the last turn came to; null: nothing has been there to do since the start. */
	#seq: number | null = null;
	#sent: Sent = [];
	/** Tries of the message at the head that failed, and when the next one is due (monotonic ms). */
	#failures = 0;
	#notBefore = 0;

	constructor(config: WebhookConfig, options: FeedOptions) {
		this.config = config;
		this.#options = options;
		this.#channel = channelOf(config);
		this.#secrets = secretsOf(config.url, config.secret);
	}

	/** A webhook that is new begins with what happens from now on. */
	start(): void {
		const turn = async (events: readonly LoggedEvent[]) => {
			this.#seq = await this.#turn(events);
			return this.#seq;
		};
		this.#follower = this.#options.log.follow(`webhook:${this.config.id}`, turn, 'end');
	}

	/** Breaks a try off: its message comes again after the next start. */
	async stop(): Promise<void> {
		this.#stopping.abort();
		await this.#follower?.stop();
	}

	get health(): Health {
		return this.#health;
	}

	/** The last event that it is done with; null: it has been asked nothing yet. */
	get seq(): number | null {
		return this.#seq;
	}

	/** Sends a test message now. Answers why it did not arrive; null: it did. */
	async test(): Promise<Problem | null> {
		const { now, newId } = this.#options;
		if (this.#channel.paced && paceMs(this.#sent, now().mono) > 0) return { code: 'rate-limited', detail: '' };
		const outcome = await this.#send(this.#channel.test(newId(), await factsOf([], this.#options), now().wall));
		return outcome.kind === 'delivered' ? null : outcome.problem;
	}

	/** One step. Answers how far the log has been told. */
	async #turn(events: readonly LoggedEvent[]): Promise<number> {
		const queue = events.filter(({ type }) => (this.config.events as readonly string[]).includes(type));
		const [head] = queue;
		const last = events.at(-1)?.seq ?? 0;
		if (!head) return last;

		const now = this.#options.now();
		const fresh = queue.findIndex((event) => !isTooOld(event, this.config.kind, now));
		const old = fresh === -1 ? queue : queue.slice(0, fresh);
		if (old.length > 0) {
			await this.#giveUp(old, 'too-old', this.#failures, { code: 'too-old', detail: '' });
			return old.at(-1)?.seq ?? last;
		}

		const pace = this.#channel.paced ? paceMs(this.#sent, now.mono) : 0;
		const wait = Math.max(this.#notBefore - now.mono, pace);
		if (wait > 0) {
			await sleep(wait, undefined, { signal: this.#stopping.signal }).catch(() => {});
			// What has come in meanwhile may go in the same message.
			return head.seq - 1;
		}
		return this.#deliver(queue, last);
	}

	/** From the first of them on: one message to a robot, several to a program. */
	async #deliver(queue: readonly LoggedEvent[], last: number): Promise<number> {
		const messages = this.#channel.next(queue, isBusy(this.#sent, this.#options.now().mono));
		const facts = await factsOf(messages.flat(), this.#options);
		let done = 0;
		for (const events of messages) {
			const spoken = events.filter((event) => this.#speaks(event));
			const message = this.#channel.compose(spoken, facts, this.#options.now().wall);
			if (message && !(await this.#settle(events, await this.#send(message)))) break;
			done += events.length;
		}
		const next = queue[done];
		return next ? next.seq - 1 : last;
	}

	#speaks(event: LoggedEvent): boolean {
		if (event.type !== 'camera.changed' || !this.#channel.paced) return true;
		return this.#cameras.speaks(event.body.camera, event.body.state, event.at.wall);
	}

	async #send(message: Post): Promise<Outcome> {
		this.#sent = sentNow(this.#sent, this.#options.now().mono);
		const answer = await post(message, this.#stopping.signal);
		const outcome = answer.kind === 'answer' ? this.#channel.outcome(answer) : again(answer.code, answer.detail);
		if (outcome.kind === 'delivered') return outcome;
		return { ...outcome, problem: { ...outcome.problem, detail: scrub(outcome.problem.detail, this.#secrets) } };
	}

	/** Whether these are done with: delivered, or given up. */
	async #settle(group: readonly LoggedEvent[], outcome: Outcome): Promise<boolean> {
		const { wall, mono } = this.#options.now();
		switch (outcome.kind) {
			case 'delivered':
				this.#failures = 0;
				this.#health = { ...this.#health, state: 'ok', lastDeliveredAt: wall };
				for (const event of group) if (event.type === 'camera.changed') this.#cameras.told(event.body.camera, event.at.wall);
				return true;
			case 'give-up':
				await this.#giveUp(group, outcome.reason, this.#failures + 1, outcome.problem);
				return true;
			case 'again':
				if (this.#stopping.signal.aborted) return false;
				this.#failures++;
				this.#notBefore = mono + Math.max(outcome.afterMs ?? 0, backoffMs(this.#failures));
				if (this.#failures === 1) this.#say('does not deliver, and tries again', outcome.problem);
				this.#health = { ...this.#health, state: 'retrying', lastProblem: { ...outcome.problem, at: wall } };
				return false;
		}
	}

	async #giveUp(
		events: readonly LoggedEvent[],
		reason: EventBody<'webhook.gave-up'>['reason'],
		attempts: number,
		problem: Problem,
	): Promise<void> {
		const { log, now } = this.#options;
		await log.append(gaveUp(this.config.id, events, reason, attempts, now()));
		this.#failures = 0;
		this.#notBefore = 0;
		this.#health = { ...this.#health, state: 'gave-up', lastProblem: { ...problem, at: now().wall } };
		this.#say(`gave ${events.length} up`, problem);
	}

	#say(what: string, { code, detail }: Problem): void {
		this.#options.onProblem(`the webhook ${this.config.id} ${what}`, new Error(`${code} ${detail}`.trim()));
	}
}
