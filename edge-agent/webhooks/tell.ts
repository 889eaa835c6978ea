import type { WebhookConfig } from '../config/config.schema.js';
import type { LoggedEvent } from '../contract/events.js';
import { alertTell } from './alert-tell.js';
import { isDown } from './camera-quiet.js';
import type { Facts } from './facts.js';
import { say, type Tell } from './message.js';
import { Speech } from './speech.js';
import { figuresOf } from './summary-figures.js';
import { visitTell } from './visit-tell.js';

/** What an event means as a message; null: a group need not hear of it. */
export function tellOf(event: LoggedEvent, facts: Facts, webhook: Pick<WebhookConfig, 'names' | 'language'>): Tell | null {
	const speech = new Speech(facts, webhook);
	const { words } = speech;
	const tell = alertTell(event, speech) ?? visitTell(event, speech);
	if (tell) return tell;
	switch (event.type) {
		case 'summary.made':
			return { headline: words.summary(event.body.day), lines: [], figures: figuresOf(event.body, words), mentions: [] };
		case 'camera.changed': {
			const { camera, state, reason } = event.body;
			if (!isDown(state)) return null;
			return say(words.cameraFailed(facts.cameras.get(camera) ?? camera, reason && words.camera[reason]));
		}
		default:
			return null;
	}
}
