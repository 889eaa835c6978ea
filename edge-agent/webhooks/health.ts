import type { Language } from '../contract/vocabulary.js';
import type { WebhookProblemView, WebhookView } from '../contract/webhooks.js';
import type { Problem } from './outcome.js';
import { wordsOf } from './words.js';

/** How one webhook does, since the agent's start. */
export interface Health {
	readonly state: WebhookView['state'];
	readonly lastDeliveredAt: number | null;
	readonly lastProblem: (Problem & { readonly at: number }) | null;
}

export const healthy: Health = { state: 'ok', lastDeliveredAt: null, lastProblem: null };

export function problemView({ code, detail }: Problem, language: Language): WebhookProblemView {
	return { code, message: wordsOf(language).problem[code], detail };
}
