import type { PasswordCode } from '../contract/access.api.js';
import type { Actor } from '../contract/events.js';
import type { AccessBook } from './access-book.js';
import { AccessError } from './access-error.js';
import type { Accounts } from './accounts.js';
import type { Codes } from './codes.js';
import { isStrong } from './passwords.js';
import { newWord, typedWord } from './secrets.js';

/** Time for a colleague who is off today. */
const LIFE_MS = 24 * 3_600_000;
const GROUPS = 3;

/** Codes with which people choose their first or a new password, so that nobody else ever knows it. */
export class PasswordCodes {
	readonly #book: AccessBook;
	readonly #codes: Codes;
	readonly #accounts: Accounts;

	constructor(book: AccessBook, codes: Codes, accounts: Accounts) {
		this.#book = book;
		this.#codes = codes;
		this.#accounts = accounts;
	}

	/** A code for somebody, in place of any before. Password and sessions stay until it is used. @throws AccessError `no-staff` */
	async make(staff: string, actor: Actor): Promise<PasswordCode> {
		const book = this.#book;
		if (!book.staff(staff)) throw new AccessError('no-staff');
		await this.#codes.drop((meant) => meant.what === 'password-code' && meant.staff === staff);
		const code = newWord(GROUPS);
		const made = book.event('account.changed', actor, staff, { staff, what: 'password-code' });
		const expiresAt = await this.#codes.keep(code, LIFE_MS, { what: 'password-code', staff }, [made]);
		return { code, expiresAt };
	}

	/**
	 * Uses a code up and ends all sessions of its owner. Answers whose it was.
	 * @throws AccessError `wrong-code`, `too-many-tries`; `weak-password`, and then the code stays good
	 */
	async use({ code, password }: { readonly code: string; readonly password: string }, address: string): Promise<string> {
		const { staff } = await this.#codes.use('password-code', typedWord(code), address, ({ staff: id }) => {
			const person = this.#book.staff(id);
			if (!person || this.#book.account(id).disabled) throw new AccessError('wrong-code');
			if (!isStrong(password, [person.name, id])) throw new AccessError('weak-password');
		});
		await this.#accounts.setPassword(staff, password, `staff:${staff}`);
		return staff;
	}
}

/** Whether a typed code is one of these: the code of a sign-in link is far longer. */
export function isPasswordCode(typed: string): boolean {
	return typedWord(typed).split('-').length === GROUPS;
}
