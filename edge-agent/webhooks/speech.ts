import type { WebhookConfig } from '../config/config.schema.js';
import type { AlertView, VisitView } from '../contract/api.js';
import type { Purpose } from '../contract/vocabulary.js';
import type { Facts } from './facts.js';
import { plainName, visitorName } from './visitor-name.js';
import { type Words, wordsOf } from './words.js';

/** What people and times are called in one webhook's messages. */
export class Speech {
	readonly words: Words;
	readonly facts: Facts;
	readonly #webhook: Pick<WebhookConfig, 'names' | 'language'>;

	constructor(facts: Facts, webhook: Pick<WebhookConfig, 'names' | 'language'>) {
		this.facts = facts;
		this.#webhook = webhook;
		this.words = wordsOf(webhook.language);
	}

	/** The visitor of an alert or a visit, as the webhook may name them; null: nobody known. */
	name(alert: AlertView | undefined, visit: VisitView | undefined): string | null {
		const known = visit?.customer?.name ?? alert?.customer?.name;
		return this.called(known ?? visit?.checkin?.name ?? alert?.checkinName ?? null);
	}

	called(name: string | null): string | null {
		const { names, language } = this.#webhook;
		return visitorName(name, names, language);
	}

	/** With how many they are. */
	who(alert: AlertView | undefined, visit: VisitView | undefined): string {
		const one = this.name(alert, visit) ?? this.words.visitor;
		const persons = (visit?.record.partySize ?? 1) + (alert?.joined.length ?? 0);
		return persons > 1 ? this.words.party(one, persons) : one;
	}

	/** Somebody who is expected; null as in `name`. */
	guest({ guest, customer }: { readonly guest: string; readonly customer: string | null }): string | null {
		return this.called(this.facts.names.get(customer ?? '') ?? this.facts.guests.get(guest) ?? null);
	}

	/** Members of staff by name; somebody without one (erased) by id. */
	staff(ids: readonly string[]): string {
		if (ids.length === 0) return this.words.nobody;
		return ids.map((id) => plainName(this.facts.names.get(id) ?? '') || id).join(this.words.and);
	}

	purpose(purpose: Purpose | null | undefined): string | null {
		return purpose ? this.words.reason(this.words.purpose[purpose]) : null;
	}

	host(host: string | null | undefined): string | null {
		return host ? this.words.asksFor(this.staff([host])) : null;
	}

	wait(fromMs: number, toMs: number): string {
		return this.words.seconds(Math.max(0, Math.round((toMs - fromMs) / 1000)));
	}

	stay(fromMs: number, toMs: number): string {
		return this.words.minutes(Math.max(0, Math.round((toMs - fromMs) / 60_000)));
	}
}

const two = (value: number) => String(value).padStart(2, '0');

/** `09:05`, by the machine's clock. */
export function clockOf(at: number): string {
	const date = new Date(at);
	return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** `11-23 09:05` */
export function dayAndClockOf(at: number): string {
	const date = new Date(at);
	return `${two(date.getMonth() + 1)}-${two(date.getDate())} ${clockOf(at)}`;
}
