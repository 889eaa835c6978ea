import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { now } from '../../../edge-agent/clock.js';
import type { WebhookConfig } from '../../../edge-agent/config/config.schema.js';
import { parseConfig } from '../../../edge-agent/config/config.source.js';
import type { EventBody, EventDraft, EventType, LoggedEvent } from '../../../edge-agent/contract/events.js';
import type { Instant } from '../../../edge-agent/contract/vocabulary.js';
import type { RowChange } from '../../../edge-agent/log/log.types.js';
import { openShowroomLog } from '../../../edge-agent/log/showroom-log.js';
import { Webhooks } from '../../../edge-agent/webhooks/webhooks.js';

/** Of the customer and of the visitor at the kiosk: in no message. */
export const TELEPHONE = '13912345678';
export const people: RowChange[] = [
	{ table: 'staff', id: 'anna', name: '安娜', role: 'consultant', onDuty: true },
	{ table: 'staff', id: 'bo', name: '薄一波', role: 'consultant', onDuty: true },
	{ table: 'staff', id: 'ma', name: '马强', role: 'manager', onDuty: true },
	{ table: 'customers', id: 'li', name: '李雷', telephone: TELEPHONE, consultant: 'bo' },
];

export function webhooksOf(...webhooks: object[]): WebhookConfig[] {
	return [...parseConfig({ webhooks }, 'the test').webhooks];
}

/** A data directory and what of the showroom webhooks need. */
export class Showroom {
	readonly dataDir = mkdtempSync(join(tmpdir(), 'showroom-webhooks-'));
	readonly problems: string[] = [];
	log = this.#openLog();
	webhooks: Webhooks | null = null;
	/** How far the clock is ahead, ms. */
	ahead = 0;

	#openLog() {
		return openShowroomLog({ dataDir: this.dataDir, onProblem: (message, error) => void this.problems.push(`${message}: ${error}`) });
	}

	readonly now = (): Instant => {
		const { wall, mono, boot } = now();
		return { wall: wall + this.ahead, mono: mono + this.ahead, boot };
	};

	async start(webhooks: WebhookConfig[]): Promise<Webhooks> {
		await this.log.start();
		await this.log.append([], people);
		return this.follow(webhooks);
	}

	follow(webhooks: WebhookConfig[]): Webhooks {
		this.webhooks = new Webhooks({
			...{ webhooks, log: this.log, queries: this.log, now: this.now, newId: () => crypto.randomUUID() },
			showroom: () => '城北店',
			cameras: () => [{ id: 'cam-1', name: '大门' }],
			onProblem: (message, error) => void this.problems.push(`${message}: ${error}`),
		});
		this.webhooks.start();
		return this.webhooks;
	}

	/** Everything stops and opens again, as when the agent starts anew. */
	async restart(webhooks: WebhookConfig[]): Promise<Webhooks> {
		await this.webhooks?.stop();
		await this.log.stop();
		this.log = this.#openLog();
		await this.log.start();
		return this.follow(webhooks);
	}

	async close(): Promise<void> {
		await this.webhooks?.stop();
		await this.log.stop();
		rmSync(this.dataDir, { recursive: true });
	}

	async append<T extends EventType>(type: T, body: EventBody<T>): Promise<LoggedEvent> {
		const [event] = await this.log.append([this.draft(type, body)]);
		if (!event) throw new Error('nothing was appended');
		return event;
	}

	draft<T extends EventType>(type: T, body: EventBody<T>): EventDraft {
		const subject = String(Object.values(body)[0]);
		return { id: crypto.randomUUID(), type, at: this.now(), actor: 'system', subject, cause: null, body } as EventDraft;
	}

	/** Somebody comes in, checks in if they have a name, and an alert for them opens. Answers the alert's event. */
	async visitor(
		alert: string,
		{ name = null, customer = null }: { name?: string | null; customer?: string | null } = {},
	): Promise<LoggedEvent> {
		const visit = `visit-of-${alert}`;
		const at = { visit, source: 'crossing', entrance: 'main', purpose: null, host: null, face: null, party: null } as const;
		const drafts = [this.draft('visit.opened', { ...at, customer }), this.draft('alert.opened', opened(alert, visit, customer))];
		const texts: RowChange[] = name === null ? [] : [{ table: 'checkin_texts', id: visit, name, telephone: TELEPHONE }];
		if (name !== null)
			drafts.splice(
				1,
				0,
				this.draft('checkin.recorded', { checkin: visit, visit, via: 'touch', purpose: 'test-drive', host: null, model: null }),
			);
		const event = (await this.log.append(drafts, texts)).at(-1);
		if (!event) throw new Error('nothing was appended');
		return event;
	}

	/** What the log says of messages that were given up. */
	async givenUp(): Promise<EventBody<'webhook.gave-up'>[]> {
		const events = await this.log.read(0, 5000);
		return events.flatMap((event) => (event.type === 'webhook.gave-up' ? [event.body] : []));
	}
}

export function opened(alert: string, visit: string, customer: string | null = null): EventBody<'alert.opened'> {
	const steps = [
		{ afterMs: 0, staff: ['anna'] },
		{ afterMs: 20_000, staff: ['bo'] },
	];
	return {
		...{ alert, visit, kind: 'arrival', from: null, customer, purpose: null, steps, turn: null, passed: [], quiet: false },
		redAfterMs: 60_000,
	};
}

/** Polls for at most 20 s. */
export const eventually = (check: () => unknown, timeout = 20_000) =>
	expect.poll(async () => Boolean(await check()), { timeout, interval: 20 }).toBe(true);
