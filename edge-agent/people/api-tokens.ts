import type { z } from 'zod';
import type { NewToken, TokenView, tokenSchema } from '../contract/access.api.js';
import type { Actor } from '../contract/events.js';
import type { AccessBook } from './access-book.js';
import { AccessError } from './access-error.js';
import type { AccessRecord } from './access-records.js';
import { newToken, sameHash, secretHash } from './secrets.js';

const DAY_MS = 24 * 3_600_000;

type Token = AccessRecord<'token'>;

/** Tokens for other programs, each limited to its scopes. */
export class ApiTokens {
	readonly #book: AccessBook;

	constructor(book: AccessBook) {
		this.#book = book;
	}

	/** Answers the token itself too, this once. */
	async make({ name, scopes, days }: z.output<typeof tokenSchema>, actor: Actor): Promise<NewToken> {
		const book = this.#book;
		// Told from other secrets by its beginning, so that scanners of source code find one that was left there.
		const [id, token, madeAt] = [book.newId(), `showroom_${newToken()}`, book.now().wall];
		const value: Token = {
			name,
			scopes: [...new Set(scopes)],
			hash: secretHash(token),
			madeAt,
			expiresAt: days === null ? null : madeAt + days * DAY_MS,
		};
		await book.write([{ kind: 'token', id, value }], [book.event('token.made', actor, id, { token: id, scopes: value.scopes })]);
		return { ...view(id, value), token };
	}

	/** The token that this is, unless its time is over. */
	find(token: string): TokenView | null {
		const hash = secretHash(token);
		const found = this.#book.all('token').find(([, one]) => sameHash(one.hash, hash));
		if (!found || (found[1].expiresAt !== null && this.#book.now().wall >= found[1].expiresAt)) return null;
		return view(...found);
	}

	list(): TokenView[] {
		return this.#book
			.all('token')
			.map(([id, token]) => view(id, token))
			.toSorted((a, b) => b.madeAt - a.madeAt);
	}

	/** @throws AccessError `no-such-token` */
	async revoke(id: string, actor: Actor): Promise<void> {
		if (!this.#book.get('token', id)) throw new AccessError('no-such-token');
		await this.#book.write([{ kind: 'token', id, value: null }], [this.#book.event('token.revoked', actor, id, { token: id })]);
	}
}

function view(id: string, { name, scopes, madeAt, expiresAt }: Token): TokenView {
	return { id, name, scopes, madeAt, expiresAt };
}
