import { createHmac } from 'node:crypto';
import type { WebhookConfig } from '../config/config.schema.js';
import type { LoggedEvent } from '../contract/events.js';
import type { Facts } from './facts.js';
import { dataOf } from './json-data.js';
import type { Post } from './post.client.js';

type Target = Pick<WebhookConfig, 'url' | 'secret' | 'names' | 'language'>;

/**
 * An event for a program, as `{id, seq, type, at, showroom, data}`: `at` in Unix ms. Headers: `x-showroom-event` its type, `x-showroom-delivery` its
 * id, the same each time it is sent (receivers drop repeats), and with a secret `x-showroom-signature: t=UNIX SECONDS,v1=HEX`, the
 * HMAC-SHA256 of `t + "." + body`. null: programs are not told of it.
 *
 * @param at now, Unix ms
 */
export function jsonPost(event: LoggedEvent, facts: Facts, webhook: Target, at: number): Post | null {
	const data = dataOf(event, facts, webhook);
	if (data === null) return null;
	const { id, seq, type } = event;
	return request(webhook, type, id, { id, seq, type, at: event.at.wall, showroom: facts.showroom, data }, at);
}

/** A message that says nothing, of the type `webhook.test`. */
export function jsonTest(id: string, showroom: string, webhook: Target, at: number): Post {
	const type = 'webhook.test';
	return request(webhook, type, id, { id, seq: 0, type, at, showroom, data: {} }, at);
}

function request({ url, secret }: Target, type: string, id: string, message: object, at: number): Post {
	const body = JSON.stringify(message);
	const headers = { 'x-showroom-event': type, 'x-showroom-delivery': id };
	if (secret === null) return { url, headers, body };
	const t = Math.floor(at / 1000);
	const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
	return { url, headers: { ...headers, 'x-showroom-signature': `t=${t},v1=${v1}` }, body };
}
