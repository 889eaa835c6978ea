import type { AccessBook } from './access-book.js';
import { AccessError } from './access-error.js';
import { charged, forgotten, type LockoutRules, refunded, waitMs } from './lockout.js';
import { secretHash } from './secrets.js';

const MINUTE_MS = 60_000;
const rules = {
	/** One account, wherever the tries come from. */
	account: { free: 5, firstMs: 30_000, maxMs: 15 * MINUTE_MS, forgetMs: 24 * 60 * MINUTE_MS },
	/** One address, whatever it tries. */
	address: { free: 20, firstMs: 30_000, maxMs: 15 * MINUTE_MS, forgetMs: 60 * MINUTE_MS },
	/** All one-time codes of a kind together: eight digits stand ten minutes. */
	codes: { free: 50, firstMs: 30_000, maxMs: 5 * MINUTE_MS, forgetMs: 60 * MINUTE_MS },
} satisfies Record<string, LockoutRules>;

/** More than this many different things tried are not remembered; the address's own count holds anyway. */
const MOST = 5000;

/** What is counted when somebody tries: by which rules, and what (a name, an address). */
export interface Tried {
	readonly by: keyof typeof rules;
	readonly what: string;
}

/** Counts what is tried in vain; the counts stand in the store, so that a restart forgives nothing. */
export class TriesBook {
	readonly #book: AccessBook;

	constructor(book: AccessBook) {
		this.#book = book;
	}

	/** Counts a try of all of these. @throws AccessError `too-many-tries` if one of them has to wait; then nothing is counted */
	async charge(all: readonly Tried[]): Promise<void> {
		const now = this.#book.now();
		const wait = Math.max(...all.map((one) => waitMs(this.#book.get('tries', id(one)), rules[one.by], now)));
		if (wait > 0) throw new AccessError('too-many-tries', wait);
		const room = this.#book.all('tries').length < MOST;
		await this.#book.write(
			all.flatMap((one) => {
				const before = this.#book.get('tries', id(one));
				return before || room || one.by !== 'account' ? [{ kind: 'tries', id: id(one), value: charged(before, rules[one.by], now) }] : [];
			}),
		);
	}

	/** It was no failure: takes one try back. */
	async takeBack(all: readonly Tried[]): Promise<void> {
		await this.#book.write(all.map((one) => ({ kind: 'tries', id: id(one), value: refunded(this.#book.get('tries', id(one))) ?? null })));
	}

	/** It was right: takes one try back, and all of an account. */
	async refund(all: readonly Tried[]): Promise<void> {
		await this.#book.write(
			all.map((one) => ({
				...{ kind: 'tries', id: id(one) },
				value: one.by === 'account' ? null : (refunded(this.#book.get('tries', id(one))) ?? null),
			})),
		);
	}

	/** Forgets what is over. */
	async sweep(): Promise<void> {
		const now = this.#book.now();
		const over = this.#book.all('tries').filter(([key, tries]) => forgotten(tries, rules[key.split(':')[0] as Tried['by']], now));
		if (over.length > 0) await this.#book.write(over.map(([key]) => ({ kind: 'tries', id: key, value: null })));
	}
}

/** Hashed: it may be what somebody typed, perhaps a password in the wrong field. */
function id({ by, what }: Tried): string {
	return `${by}:${secretHash(what)}`;
}

/** What counts as one address: of IPv6, a network, since everybody in it may have any address. */
export function addressOf(address: string): string {
	const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
	return plain.includes(':') ? `${expanded(plain).slice(0, 4).join(':')}::/64` : plain;
}

/** The eight groups of an IPv6 address. */
function expanded(address: string): string[] {
	const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
	const front = head === '' ? [] : head.split(':');
	const back = tail === undefined || tail === '' ? [] : tail.split(':');
	const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
	return [...front, ...Array<string>(zeros).fill('0'), ...back];
}
