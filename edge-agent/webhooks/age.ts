import { elapsedMs } from '../clock.js';
import type { WebhookConfig } from '../config/config.schema.js';
import type { LoggedEvent } from '../contract/events.js';
import type { Instant } from '../contract/vocabulary.js';
import { isAlert } from './message.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Who was waiting then has been received, or is gone. */
const ALERT_MS = 10 * MINUTE_MS;

/** Whether an event is too long ago to be told. Programs want everything of a day; people want no alert of a quarter of an hour ago. */
export function isTooOld(event: Pick<LoggedEvent, 'type' | 'at'>, kind: WebhookConfig['kind'], now: Instant): boolean {
	return elapsedMs(event.at, now) > (kind !== 'json' && isAlert(event) ? ALERT_MS : DAY_MS);
}
