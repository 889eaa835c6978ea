import type { Language } from '../../../edge-agent/contract/vocabulary.js';
import { randomId } from '../shared/random-id.js';

/** What this browser remembers: its own id and the language. Nothing about visitors. */
const keys = { device: 'showroom.device', language: 'showroom.language' } as const;
const shownKey = 'showroom.shown';

/** This browser's own id, made once and kept. */
export function deviceId(): string {
	const known = localStorage.getItem(keys.device);
	if (known) return known;
	const made = randomId();
	localStorage.setItem(keys.device, made);
	return made;
}

/** The language chosen here, else Chinese. */
export function readLanguage(): Language {
	return localStorage.getItem(keys.language) === 'en' ? 'en' : 'zh';
}

export function writeLanguage(language: Language): void {
	localStorage.setItem(keys.language, language);
}

/** The delivery ids this tab has shown (ids only), so that a page loaded anew does not ring again for the same one. */
export function readShown(): string[] {
	try {
		const ids: unknown = JSON.parse(sessionStorage.getItem(shownKey) ?? '[]');
		return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
	} catch {
		return [];
	}
}

export function writeShown(ids: readonly string[]): void {
	sessionStorage.setItem(shownKey, JSON.stringify(ids.slice(-200)));
}
