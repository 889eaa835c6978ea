import type { z } from 'zod';
import type { StaffAccountView, staffAddSchema, staffChangeSchema, TotpEnrolment } from '../contract/access.api.js';
import type { StaffView } from '../contract/api.js';
import type { Actor, EventBody } from '../contract/events.js';
import type { AccessBook } from './access-book.js';
import { AccessError } from './access-error.js';
import type { AccessRecord } from './access-records.js';
import type { Devices } from './devices.js';
import { hashPassword, isPassword, isStrong } from './passwords.js';
import { newWord, secretHash } from './secrets.js';
import type { Sessions } from './sessions.js';
import { newTotpSecret, totpStep, totpUri } from './totp.js';
import type { Tried, TriesBook } from './tries.js';

const RECOVERY_CODES = 10;

type Account = AccessRecord<'account'>;

/** The staff and how each of them signs in. */
export class Accounts {
	readonly #book: AccessBook;
	readonly #sessions: Sessions;
	readonly #devices: Devices;
	readonly #tries: TriesBook;
	readonly #storeName: () => string;

	constructor(book: AccessBook, sessions: Sessions, devices: Devices, tries: TriesBook, storeName: () => string) {
		this.#book = book;
		this.#sessions = sessions;
		this.#devices = devices;
		this.#tries = tries;
		this.#storeName = storeName;
	}

	list(): StaffAccountView[] {
		return this.#book.accountViews();
	}

	/** Whether somebody has left: kept because the log names them. */
	isDisabled(staff: string): boolean {
		return this.#book.account(staff).disabled;
	}

	/** @throws AccessError `id-taken`, `weak-password` */
	async add({ id, name, role, onDuty, password }: z.output<typeof staffAddSchema>, actor: Actor): Promise<StaffAccountView> {
		const book = this.#book;
		const staff: StaffView = { id: id ?? book.newId(), name, role, onDuty };
		if (book.staff(staff.id)) throw new AccessError('id-taken');
		if (password !== undefined && !isStrong(password, [name, staff.id])) throw new AccessError('weak-password');
		const account: Account = { ...book.account(staff.id), password: password === undefined ? null : await hashPassword(password) };
		if (book.staff(staff.id)) throw new AccessError('id-taken');
		const added = book.event('staff.added', actor, staff.id, { staff: staff.id, role });
		await book.write([{ kind: 'account', id: staff.id, value: account }], [added], [staff]);
		return book.accountView(staff);
	}

	/** Who is disabled or gets another role has to sign in anew. @throws AccessError `no-staff`, `last-administrator` */
	async change(id: string, change: z.output<typeof staffChangeSchema>, actor: Actor): Promise<StaffAccountView> {
		const book = this.#book;
		const before = this.#staff(id);
		const account = book.account(id);
		const disabled = change.disabled ?? account.disabled;
		const role = change.role ?? before.role;
		// Whoever has left is told of nothing.
		const staff: StaffView = { id, name: change.name ?? before.name, role, onDuty: !disabled && (change.onDuty ?? before.onDuty) };
		const losesAdministrator = before.role === 'administrator' && (disabled || role !== 'administrator');
		if (losesAdministrator && book.hasAdministrator() && !book.hasAdministrator(id)) throw new AccessError('last-administrator');
		const changed = book.event('staff.changed', actor, id, { staff: id, role, onDuty: staff.onDuty, disabled });
		await book.write([{ kind: 'account', id, value: { ...account, disabled } }], [changed], [staff]);
		if (disabled !== account.disabled || role !== before.role) await this.endAll(id, actor);
		return book.accountView(staff);
	}

	/** Somebody's sessions and phones end: they left, or may do other things now. */
	async endAll(id: string, actor: Actor): Promise<void> {
		await this.#sessions.endOf(id, 'staff-changed', actor);
		await this.#devices.revokeOf(id, actor);
	}

	/** Gives somebody a new password and ends their sessions. @throws AccessError `no-staff`, `weak-password` */
	async setPassword(id: string, password: string, actor: Actor): Promise<void> {
		const { name } = this.#staff(id);
		await this.#newPassword(id, name, password, actor, null);
	}

	/** Somebody changes their own; their other sessions end. @throws AccessError `wrong-password`, `weak-password`, `too-many-tries` */
	async changePassword(id: string, current: string, password: string, session: string | null): Promise<void> {
		const { name } = this.#staff(id);
		await this.#confirm(id, current);
		await this.#newPassword(id, name, password, `staff:${id}`, session);
	}

	/** Shows a new authenticator secret; it counts once a code of it has been typed. @throws AccessError `wrong-password` */
	async beginTotp(id: string, password: string): Promise<TotpEnrolment> {
		const { name } = this.#staff(id);
		await this.#confirm(id, password);
		const secret = newTotpSecret();
		await this.#book.write([{ kind: 'account', id, value: { ...this.#book.account(id), pending: secret } }]);
		return { secret, uri: totpUri(secret, this.#storeName(), name) };
	}

	/** Answers the recovery codes, each good once in place of a code. @throws AccessError `wrong-code` */
	async confirmTotp(id: string, code: string): Promise<string[]> {
		const book = this.#book;
		const account = book.account(id);
		const step = account.pending === null ? null : totpStep(account.pending, code, 0, book.now().wall);
		if (account.pending === null || step === null) throw new AccessError('wrong-code');
		const recoveryCodes = Array.from({ length: RECOVERY_CODES }, () => newWord(3));
		const totp = { secret: account.pending, lastStep: step };
		await this.#changeAccount(id, { ...account, totp, pending: null, recovery: recoveryCodes.map(secretHash) }, 'totp-on', `staff:${id}`);
		return recoveryCodes;
	}

	/** @throws AccessError `wrong-password` */
	async removeTotp(id: string, password: string): Promise<void> {
		await this.#confirm(id, password);
		await this.clearTotp(id, `staff:${id}`);
	}

	/** An administrator does it for somebody who has lost their telephone. @throws AccessError `no-staff` */
	async clearTotp(id: string, actor: Actor): Promise<void> {
		this.#staff(id);
		await this.#changeAccount(id, { ...this.#book.account(id), totp: null, pending: null, recovery: [] }, 'totp-off', actor);
	}

	/** Somebody signed in says their password once more; guessed as little as at sign-in. */
	async #confirm(id: string, password: string): Promise<void> {
		const tried: Tried[] = [{ by: 'account', what: id }];
		await this.#tries.charge(tried);
		if (!(await isPassword(this.#book.account(id).password, password))) throw new AccessError('wrong-password');
		await this.#tries.refund(tried);
	}

	async #newPassword(id: string, name: string, password: string, actor: Actor, session: string | null): Promise<void> {
		if (!isStrong(password, [name, id])) throw new AccessError('weak-password');
		const hash = await hashPassword(password);
		await this.#changeAccount(id, { ...this.#book.account(id), password: hash }, 'password', actor);
		await this.#sessions.endOf(id, 'password', actor, session);
		// Who has forgotten it has tried in vain.
		await this.#tries.refund([{ by: 'account', what: id }]);
	}

	async #changeAccount(id: string, value: Account, what: EventBody<'account.changed'>['what'], actor: Actor): Promise<void> {
		await this.#book.write([{ kind: 'account', id, value }], [this.#book.event('account.changed', actor, id, { staff: id, what })]);
	}

	#staff(id: string): StaffView {
		const staff = this.#book.staff(id);
		if (!staff) throw new AccessError('no-staff');
		return staff;
	}
}
