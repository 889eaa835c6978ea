import { createHash } from 'node:crypto';
import type { EventBody, EventDraft, LoggedEvent } from '../contract/events.js';
import type { Instant } from '../contract/vocabulary.js';

/**
 * What the log keeps of messages that were given up. The ids follow from the events', so that giving up once more after a crash is no second event.
 *
 * @param attempts of the first one, and of those that went with it
 */
export function gaveUp(
	webhook: string,
	events: readonly LoggedEvent[],
	reason: EventBody<'webhook.gave-up'>['reason'],
	attempts: number,
	at: Instant,
): EventDraft[] {
	return events.map(({ id, seq }, index) => ({
		id: createHash('sha256').update(`${webhook} ${id}`).digest('hex').slice(0, 32),
		type: 'webhook.gave-up',
		...{ at, actor: 'system', subject: webhook, cause: id },
		body: { webhook, event: seq, reason, attempts: reason === 'too-old' && index > 0 ? 0 : attempts },
	}));
}
