import type { WebhookConfig } from '../config/config.schema.js';
import type { LoggedEvent } from '../contract/events.js';
import type { Facts } from './facts.js';
import { jsonPost, jsonTest } from './json-message.js';
import { isAlert, joined, say, type Tell } from './message.js';
import { type Answer, byStatus, type Outcome } from './outcome.js';
import type { Post } from './post.client.js';
import { robots } from './robots/index.js';
import { tellOf } from './tell.js';
import { plainName } from './visitor-name.js';
import { wordsOf } from './words.js';

/** How messages of one webhook are made, and what answers to them mean: pure. */
export interface Channel {
	/** Whether it says little: some messages a minute, and several alerts in one where more wait. */
	readonly paced: boolean;
	/** What the next messages are made of, from the first event on; `busy`: it has said much lately. */
	next(queue: readonly LoggedEvent[], busy: boolean): (readonly LoggedEvent[])[];
	/** @param at now, Unix ms. null: nobody need hear of any of it. */
	compose(events: readonly LoggedEvent[], facts: Facts, at: number): Post | null;
	test(id: string, facts: Facts, at: number): Post;
	outcome(answer: Extract<Answer, { kind: 'answer' }>): Outcome;
}

/** Messages to a program between two moves of the cursor: what a crash repeats at most. */
const MOST_A_TURN = 20;
/** Alerts that are looked up for one message. */
const MOST_JOINED = 100;

export function channelOf(webhook: WebhookConfig): Channel {
	return webhook.kind === 'json' ? jsonChannel(webhook) : robotChannel(webhook, webhook.kind);
}

function jsonChannel(webhook: WebhookConfig): Channel {
	return {
		paced: false,
		next: (queue) => queue.slice(0, MOST_A_TURN).map((event) => [event]),
		compose: ([event], facts, at) => (event ? jsonPost(event, facts, webhook, at) : null),
		test: (id, facts, at) => jsonTest(id, facts.showroom, webhook, at),
		outcome: byStatus,
	};
}

function robotChannel(webhook: WebhookConfig, kind: keyof typeof robots): Channel {
	const robot = robots[kind];
	const words = wordsOf(webhook.language);
	const post = (tell: Tell, facts: Facts, at: number) => {
		const mentions = tell.mentions.flatMap((staff) => {
			const account = Object.hasOwn(webhook.mentions, staff) ? webhook.mentions[staff] : undefined;
			return account === undefined ? [] : [{ account, name: plainName(facts.names.get(staff) ?? '') || staff }];
		});
		// The store's name in each: it tells stores apart, and is a keyword that robots can be told to ask for.
		const headline = `【${facts.showroom}】${tell.headline}`;
		return robot.compose({ ...tell, headline, mentions, colon: words.colon }, webhook, at);
	};
	return {
		paced: true,
		next: (queue, busy) => {
			const most = busy ? queue.slice(0, MOST_JOINED) : queue.slice(0, 1);
			const other = most.findIndex((event) => !isAlert(event));
			return [other === -1 ? most : most.slice(0, Math.max(1, other))];
		},
		compose: (events, facts, at) => {
			const tells = events.map((event) => tellOf(event, facts, webhook)).filter((tell) => tell !== null);
			return tells.length === 0 ? null : post(joined(tells, words), facts, at);
		},
		test: (_, facts, at) => post(say(words.test), facts, at),
		outcome: (answer) => robot.outcome(answer),
	};
}
