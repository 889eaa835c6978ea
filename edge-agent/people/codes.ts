import { elapsedMs } from '../clock.js';
import type { EventDraft } from '../contract/events.js';
import type { AccessBook } from './access-book.js';
import { AccessError } from './access-error.js';
import type { AccessRecord } from './access-records.js';
import { sameHash, secretHash } from './secrets.js';
import { addressOf, type Tried, type TriesBook } from './tries.js';

type Code = AccessRecord<'code'>;
type What = Code['for']['what'];
type For<W extends What> = Extract<Code['for'], { what: W }>;

/** One-time codes: made once, used once, gone after their time. */
export class Codes {
	readonly #book: AccessBook;
	readonly #tries: TriesBook;

	constructor(book: AccessBook, tries: TriesBook) {
		this.#book = book;
		this.#tries = tries;
	}

	/** Keeps the hash of a code. Answers until when it is good (Unix ms). */
	async keep(code: string, lifeMs: number, meant: Code['for'], events: readonly EventDraft[] = []): Promise<number> {
		const madeAt = this.#book.now();
		const value: Code = { hash: secretHash(code), madeAt, lifeMs, for: meant };
		await this.#book.write([{ kind: 'code', id: this.#book.newId(), value }], events);
		return madeAt.wall + lifeMs;
	}

	/**
	 * Uses a code up: whoever comes with it again finds nothing.
	 *
	 * @param accept told what a good code is for before it is used up; when it throws, the code stays good
	 * @throws AccessError `wrong-code`, `too-many-tries`; what `accept` throws
	 */
	async use<W extends What>(what: W, typed: string, address: string, accept: (meant: For<W>) => void = () => {}): Promise<For<W>> {
		const tried: Tried[] = [
			{ by: 'address', what: addressOf(address) },
			{ by: 'codes', what },
		];
		await this.#tries.charge(tried);
		const hash = secretHash(typed);
		const found = this.#book.all('code').find(([, code]) => code.for.what === what && sameHash(code.hash, hash));
		if (!found || this.#isOver(found[1])) {
			await this.#book.write([], [this.#book.event('session.refused', 'system', 'agent', { staff: null, reason: what })]);
			throw new AccessError('wrong-code');
		}
		const [id, code] = found;
		const meant = code.for as For<W>;
		try {
			accept(meant);
		} catch (error) {
			await this.#tries.takeBack(tried);
			throw error;
		}
		// With nothing awaited since it was found: two who come with it at the same time do not both get in.
		await this.#book.write([{ kind: 'code', id, value: null }]);
		await this.#tries.refund(tried);
		return meant;
	}

	/** Forgets all codes for something. */
	drop(isMeant: (meant: Code['for']) => boolean): Promise<void> {
		return this.#forget((code) => isMeant(code.for));
	}

	/** Forgets what is over. */
	sweep(): Promise<void> {
		return this.#forget((code) => this.#isOver(code));
	}

	async #forget(which: (code: Code) => boolean): Promise<void> {
		const ids = this.#book.all('code').flatMap(([id, code]) => (which(code) ? [id] : []));
		if (ids.length > 0) await this.#book.write(ids.map((id) => ({ kind: 'code', id, value: null })));
	}

	#isOver({ madeAt, lifeMs }: Code): boolean {
		return elapsedMs(madeAt, this.#book.now()) >= lifeMs;
	}
}
