import type { MeView } from '../contract/access.api.js';
import { AccessBook, type AccessBookOptions } from './access-book.js';
import { Accounts } from './accounts.js';
import { ApiTokens } from './api-tokens.js';
import { Codes } from './codes.js';
import { Devices } from './devices.js';
import { PasswordCodes } from './password-codes.js';
import { nobody, type Principal } from './principal.js';
import { Sessions } from './sessions.js';
import { SignIn } from './sign-in.js';
import { TriesBook } from './tries.js';

export interface AccessOptions extends AccessBookOptions {
	/** As authenticator apps show it. */
	readonly storeName: () => string;
}

/** What a request or a socket's handshake brings. A bearer token stands alone: cookies beside it count for nothing. */
export interface Credentials {
	readonly bearer?: string | undefined;
	readonly session?: string | undefined;
	readonly device?: string | undefined;
}

const SWEEP_MS = 60_000;

/** Who may come in: people, devices and programs. */
export class Access {
	readonly accounts: Accounts;
	readonly signIn: SignIn;
	readonly passwordCodes: PasswordCodes;
	readonly sessions: Sessions;
	readonly devices: Devices;
	readonly tokens: ApiTokens;
	readonly #book: AccessBook;
	readonly #codes: Codes;
	readonly #tries: TriesBook;
	readonly #endedListeners = new Set<(keys: readonly string[]) => void>();
	#sweeping: NodeJS.Timeout | undefined;

	constructor({ storeName, ...options }: AccessOptions) {
		const onEnded = (keys: readonly string[]) => {
			for (const listener of this.#endedListeners) listener(keys);
		};
		this.#book = new AccessBook(options);
		this.#tries = new TriesBook(this.#book);
		this.#codes = new Codes(this.#book, this.#tries);
		this.sessions = new Sessions(this.#book, onEnded);
		this.devices = new Devices(this.#book, this.#codes, onEnded);
		this.tokens = new ApiTokens(this.#book);
		this.signIn = new SignIn(this.#book, this.sessions, this.#codes, this.#tries);
		this.accounts = new Accounts(this.#book, this.sessions, this.devices, this.#tries, storeName);
		this.passwordCodes = new PasswordCodes(this.#book, this.#codes, this.accounts);
		this.#book.onOtherRole((staff, actor) => this.accounts.endAll(staff, actor));
	}

	/** Reads what is known. The log has to run. */
	async start(): Promise<void> {
		await this.#book.start();
		await this.#sweep();
		this.#sweeping = setInterval(() => {
			this.#sweep().catch((error) =>
				this.#book.onProblem('sessions and codes that ran out could not be removed; it is tried again', error),
			);
		}, SWEEP_MS);
	}

	stop(): void {
		clearInterval(this.#sweeping);
		this.#book.stop();
	}

	/** Whether somebody can sign in who may let others in. Until then nothing listens beyond this machine. */
	get hasAdministrator(): boolean {
		return this.#book.hasAdministrator();
	}

	/** Calls with the keys (`session/ID`, `device/ID`) of what is over, at once. Answers how to stop listening. */
	onEnded(listener: (keys: readonly string[]) => void): () => void {
		this.#endedListeners.add(listener);
		return () => this.#endedListeners.delete(listener);
	}

	/** Who brings these. Whatever is not or no longer valid is nobody's. */
	principal({ bearer, session, device }: Credentials): Principal {
		if (bearer !== undefined) {
			const token = this.tokens.find(bearer);
			return token ? { kind: 'token', token: token.id, scopes: token.scopes } : nobody;
		}
		const signedIn = session === undefined ? null : this.sessions.find(session);
		if (signedIn) return this.#person(signedIn.staff, { session: signedIn.id, device: null });
		const paired = device === undefined ? null : this.devices.find(device);
		if (!paired) return nobody;
		if (paired.kind === 'phone') return this.#person(paired.staff ?? '', { session: null, device: paired.id });
		return { kind: 'device', device: paired.id, deviceKind: paired.kind };
	}

	me(principal: Principal): MeView {
		switch (principal.kind) {
			case 'nobody':
				return { kind: 'nobody', setupNeeded: !this.hasAdministrator };
			case 'staff': {
				const { staff, role, session, device } = principal;
				const person = this.#book.staff(staff) ?? { name: staff, onDuty: false };
				const totp = this.#book.account(staff).totp !== null;
				return { kind: 'staff', staff: { id: staff, name: person.name, role, onDuty: person.onDuty }, session, device, totp };
			}
			case 'device': {
				const name = this.#book.get('device', principal.device)?.name ?? '';
				return { kind: 'device', device: { id: principal.device, kind: principal.deviceKind, name } };
			}
			case 'token': {
				const name = this.#book.get('token', principal.token)?.name ?? '';
				return { kind: 'token', token: { id: principal.token, name, scopes: principal.scopes } };
			}
		}
	}

	/** The role is the one of now, not the one of sign-in. */
	#person(staff: string, by: { readonly session: string | null; readonly device: string | null }): Principal {
		const person = this.#book.staff(staff);
		return person && !this.#book.account(staff).disabled ? { kind: 'staff', staff, role: person.role, ...by } : nobody;
	}

	async #sweep(): Promise<void> {
		await this.sessions.sweep();
		await this.#codes.sweep();
		await this.#tries.sweep();
	}
}

/** What an ended session or device is called; null: neither. */
export function keyOf(principal: Principal): string | null {
	if (principal.kind === 'staff') return principal.session === null ? `device/${principal.device}` : `session/${principal.session}`;
	return principal.kind === 'device' ? `device/${principal.device}` : null;
}
