import type { AccessBook } from './access-book.js';
import { AccessError } from './access-error.js';
import type { AccessRecord, RecordChange } from './access-records.js';
import type { Codes } from './codes.js';
import { isPasswordCode } from './password-codes.js';
import { hashPassword, isPassword, isStrong } from './passwords.js';
import { newToken, newWord, secretHash, typedWord } from './secrets.js';
import type { Caller, Sessions } from './sessions.js';
import { totpStep } from './totp.js';
import { addressOf, type Tried, type TriesBook } from './tries.js';

const SETUP_LIFE_MS = 24 * 3_600_000;
const LINK_LIFE_MS = 3_600_000;

type Opened = { readonly id: string; readonly token: string };

/** The ways in for people: the first administrator's, a password, a one-time link. */
export class SignIn {
	readonly #book: AccessBook;
	readonly #sessions: Sessions;
	readonly #codes: Codes;
	readonly #tries: TriesBook;

	constructor(book: AccessBook, sessions: Sessions, codes: Codes, tries: TriesBook) {
		this.#book = book;
		this.#sessions = sessions;
		this.#codes = codes;
		this.#tries = tries;
	}

	/** The code that makes the first administrator, in place of any before; null when there is one already. */
	async setupCode(): Promise<string | null> {
		await this.#codes.drop(({ what }) => what === 'setup');
		if (this.#book.hasAdministrator()) return null;
		const code = newWord(3);
		await this.#codes.keep(code, SETUP_LIFE_MS, { what: 'setup' });
		return code;
	}

	/** Makes the first administrator and signs them in. @throws AccessError */
	async setUp({ code, name, password }: { code: string; name: string; password: string }, caller: Caller): Promise<Opened> {
		const book = this.#book;
		if (book.hasAdministrator()) throw new AccessError('set-up-already');
		// Before the code is used up: a weak password is no reason to start again.
		if (!isStrong(password, [name])) throw new AccessError('weak-password');
		const hash = await hashPassword(password);
		await this.#codes.use('setup', typedWord(code), caller.address);
		const staff = { id: book.newId(), name, role: 'administrator', onDuty: false } as const;
		const account: AccessRecord<'account'> = { ...book.account(staff.id), password: hash };
		await book.write(
			[{ kind: 'account', id: staff.id, value: account }],
			[book.event('staff.added', 'system', staff.id, { staff: staff.id, role: staff.role })],
			[staff],
		);
		return this.#sessions.open(staff.id, 'setup', caller);
	}

	/**
	 * With a password, and a one-time code where one is asked for. Whether there is such a person shows neither in the answer nor in how
	 * long it takes. @throws AccessError
	 */
	async withPassword(typed: { name: string; password: string; code?: string | undefined }, caller: Caller): Promise<Opened> {
		const book = this.#book;
		const staff = this.#person(typed.name);
		const tried: Tried[] = [
			{ by: 'address', what: addressOf(caller.address) },
			{ by: 'account', what: staff ?? typed.name.trim().toLowerCase() },
		];
		await this.#tries.charge(tried);
		const account = staff === null ? null : book.account(staff);
		const right = await isPassword(account?.password ?? null, typed.password);
		if (!right || !account || account.disabled || staff === null) {
			await this.#refuse(staff, 'sign-in');
			throw new AccessError('wrong-sign-in');
		}
		let also: RecordChange[] = [];
		let events: Parameters<Sessions['open']>[4] = [];
		if (account.totp) {
			if (typed.code === undefined || typed.code.trim() === '') {
				// Half of it was right; neither a failure nor a reason to forget the failures before.
				await this.#tries.takeBack(tried);
				throw new AccessError('code-needed');
			}
			// Read again: a code used by somebody else while this password was being checked is used.
			const used = codeUsed(book.account(staff), typed.code, book.now().wall);
			if (!used) {
				await this.#refuse(staff, 'code');
				throw new AccessError('wrong-code');
			}
			also = [{ kind: 'account', id: staff, value: used.account }];
			if (used.recovery) events = [book.event('account.changed', `staff:${staff}`, staff, { staff, what: 'recovery-code-used' })];
		}
		// The session's own write takes the used code over at once, before anything is awaited.
		const opened = this.#sessions.open(staff, 'password', caller, also, events);
		await this.#tries.refund(tried);
		return opened;
	}

	/** A one-time link's code for somebody, good for an hour: whoever has it is that person once. */
	async link(staff: string): Promise<string> {
		const code = newToken();
		await this.#codes.keep(code, LINK_LIFE_MS, { what: 'link', staff });
		return code;
	}

	/** @throws AccessError `wrong-code`, `too-many-tries`; `new-password-needed` for a code that its owner chooses a password with */
	async withLink(code: string, caller: Caller): Promise<Opened> {
		if (isPasswordCode(code))
			await this.#codes.use('password-code', typedWord(code), caller.address, () => {
				throw new AccessError('new-password-needed');
			});
		const { staff } = await this.#codes.use('link', code, caller.address);
		if (!this.#book.staff(staff) || this.#book.account(staff).disabled) throw new AccessError('wrong-code');
		return this.#sessions.open(staff, 'link', caller);
	}

	/** Whose id or name this is; of a name that two people have, nobody's. */
	#person(typed: string): string | null {
		const name = typed.trim().toLowerCase();
		const everybody = this.#book.everybody();
		const byId = everybody.find(({ id }) => id.toLowerCase() === name);
		if (byId) return byId.id;
		const byName = everybody.filter((person) => person.name.toLowerCase() === name && !this.#book.account(person.id).disabled);
		return byName.length === 1 ? (byName[0]?.id ?? null) : null;
	}

	async #refuse(staff: string | null, reason: 'sign-in' | 'code'): Promise<void> {
		await this.#book.write([], [this.#book.event('session.refused', 'system', staff ?? 'agent', { staff, reason })]);
	}
}

/** The account after this code was used: an authenticator's, or one of the recovery codes. null: it is neither. */
function codeUsed(
	account: AccessRecord<'account'>,
	typed: string,
	atMs: number,
): { readonly account: AccessRecord<'account'>; readonly recovery: boolean } | null {
	const { totp, recovery } = account;
	if (!totp) return { account, recovery: false };
	const step = totpStep(totp.secret, typed, totp.lastStep, atMs);
	if (step !== null) return { account: { ...account, totp: { ...totp, lastStep: step } }, recovery: false };
	const hash = secretHash(typedWord(typed));
	if (!recovery.includes(hash)) return null;
	return { account: { ...account, recovery: recovery.filter((one) => one !== hash) }, recovery: true };
}
