import { elapsedMs } from '../clock.js';
import type { AccessBook } from './access-book.js';
import { AccessError } from './access-error.js';
import type { AccessRecord } from './access-records.js';
import { sameHash, secretHash } from './secrets.js';
import { addressOf, type Tried, type TriesBook } from './tries.js';

type Code = AccessRecord<'code'>;
type What = Code['for']['what'];

/** One-time codes: made once, used once, gone after their time. */
export class Codes {
	readonly #book: AccessBook;
	readonly #tries: TriesBook;

	constructor(book: AccessBook, tries: TriesBook) {
		this.#book = book;
		this.#tries = tries;
	}

	/** Keeps the hash of a code. Answers until when it is good (Unix ms). */
	async keep(code: string, lifeMs: number, meant: Code['for']): Promise<number> {
		const madeAt = this.#book.now();
		await this.#book.write([{ kind: 'code', id: this.#book.newId(), value: { hash: secretHash(code), madeAt, lifeMs, for: meant } }]);
		return madeAt.wall + lifeMs;
	}

	/** Uses a code up: whoever comes with it again finds nothing. @throws AccessError `wrong-code`, `too-many-tries` */
	async use<W extends What>(what: W, typed: string, address: string): Promise<Extract<Code['for'], { what: W }>> {
		const tried: Tried[] = [
			{ by: 'address', what: addressOf(address) },
			{ by: 'codes', what },
		];
		await this.#tries.charge(tried);
		const hash = secretHash(typed);
		const found = this.#book.all('code').find(([, code]) => code.for.what === what && sameHash(code.hash, hash));
		const good = found !== undefined && !this.#isOver(found[1]);
		if (found) await this.#book.write([{ kind: 'code', id: found[0], value: null }]);
		if (!good) {
			const reason = ({ setup: 'setup', pairing: 'pairing', link: 'link' } as const)[what];
			await this.#book.write([], [this.#book.event('session.refused', 'system', 'agent', { staff: null, reason })]);
			throw new AccessError('wrong-code');
		}
		await this.#tries.refund(tried);
		return found[1].for as Extract<Code['for'], { what: W }>;
	}

	/** Forgets all codes for something. */
	async drop(what: What): Promise<void> {
		const ids = this.#book.all('code').flatMap(([id, code]) => (code.for.what === what ? [id] : []));
		if (ids.length > 0) await this.#book.write(ids.map((id) => ({ kind: 'code', id, value: null })));
	}

	/** Forgets what is over. */
	async sweep(): Promise<void> {
		const ids = this.#book.all('code').flatMap(([id, code]) => (this.#isOver(code) ? [id] : []));
		if (ids.length > 0) await this.#book.write(ids.map((id) => ({ kind: 'code', id, value: null })));
	}

	#isOver({ madeAt, lifeMs }: Code): boolean {
		return elapsedMs(madeAt, this.#book.now()) >= lifeMs;
	}
}
