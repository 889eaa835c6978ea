import type { WebhookConfig } from '../config/config.schema.js';
import type { Language } from '../contract/vocabulary.js';
import type { WebhookTestAnswer, WebhookView } from '../contract/webhooks.js';
import type { ShowroomLog } from '../log/log.types.js';
import { problemView } from './health.js';
import { type FeedOptions, WebhookFeed } from './webhook-feed.js';

export interface WebhooksOptions extends FeedOptions {
	readonly log: Pick<ShowroomLog, 'append' | 'follow' | 'lastSeq'>;
	readonly webhooks: readonly WebhookConfig[];
}

/** Messages to group robots and other programs: what the settings name, each for itself. */
export class Webhooks {
	readonly #log: WebhooksOptions['log'];
	readonly #feeds: ReadonlyMap<string, WebhookFeed>;

	constructor({ webhooks, ...options }: WebhooksOptions) {
		this.#log = options.log;
		this.#feeds = new Map(webhooks.map((webhook) => [webhook.id, new WebhookFeed(webhook, options)]));
	}

	/** The log runs by then. */
	start(): void {
		for (const feed of this.#feeds.values()) feed.start();
	}

	/** Waits for nobody's answer; before the log stops. */
	async stop(): Promise<void> {
		await Promise.all([...this.#feeds.values()].map((feed) => feed.stop()));
	}

	async views(language: Language): Promise<WebhookView[]> {
		const lastSeq = await this.#log.lastSeq();
		return [...this.#feeds.values()].map(({ config, health, seq }) => ({
			...{ id: config.id, kind: config.kind, host: new URL(config.url).host, events: config.events },
			...{ state: health.state, behind: seq === null ? 0 : lastSeq - seq, lastDeliveredAt: health.lastDeliveredAt },
			lastProblem: health.lastProblem && { ...problemView(health.lastProblem, language), at: health.lastProblem.at },
		}));
	}

	/** null: there is no such webhook. */
	async test(id: string, language: Language): Promise<WebhookTestAnswer | null> {
		const feed = this.#feeds.get(id);
		if (!feed) return null;
		const problem = await feed.test();
		return { delivered: problem === null, problem: problem && problemView(problem, language) };
	}
}
