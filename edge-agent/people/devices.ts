import { elapsedMs } from '../clock.js';
import type { DeviceView, Pairing, PairingCode } from '../contract/access.api.js';
import type { Actor } from '../contract/events.js';
import type { Role } from '../contract/vocabulary.js';
import type { AccessBook } from './access-book.js';
import { AccessError } from './access-error.js';
import type { AccessRecord } from './access-records.js';
import type { Codes } from './codes.js';
import { newDigits, newToken, sameHash, secretHash } from './secrets.js';
import { SEEN_MS } from './sessions.js';

const CODE_LIFE_MS = 10 * 60_000;
/** Whose phone may do their work without a password. Administrators and installers sign in. */
const PHONE_ROLES: readonly Role[] = ['consultant', 'adviser', 'reception', 'manager'];

type Device = AccessRecord<'device'>;

/** Kiosks, wall boards and phones: each paired once with a code, known by a token from then on. */
export class Devices {
	readonly #book: AccessBook;
	readonly #codes: Codes;
	readonly #onEnded: (keys: readonly string[]) => void;

	constructor(book: AccessBook, codes: Codes, onEnded: (keys: readonly string[]) => void) {
		this.#book = book;
		this.#codes = codes;
		this.#onEnded = onEnded;
	}

	/** A code to type into the device. @throws AccessError `not-for-phones` when a phone's owner may not have one */
	async pairingCode(pairing: Pairing): Promise<PairingCode> {
		const { kind, name } = pairing;
		const staff = pairing.kind === 'phone' ? pairing.staff : null;
		if (staff !== null && !this.#mayHavePhone(staff)) throw new AccessError('not-for-phones');
		const code = newDigits();
		const expiresAt = await this.#codes.keep(code, CODE_LIFE_MS, { what: 'pairing', kind, name, staff });
		return { code, expiresAt };
	}

	/** Uses the code up. Answers the device and its token. @throws AccessError `wrong-code`, `too-many-tries` */
	async pair(code: string, address: string): Promise<{ device: DeviceView; token: string }> {
		const book = this.#book;
		const { kind, name, staff } = await this.#codes.use('pairing', code.replace(/[\s-]/g, ''), address);
		if (staff !== null && !this.#mayHavePhone(staff)) throw new AccessError('wrong-code');
		const [id, token, at] = [book.newId(), newToken(), book.now()];
		const device: Device = { kind, name, staff, hash: secretHash(token), pairedAt: at.wall, seenAt: at };
		const paired = book.event('device.paired', 'system', id, { device: id, kind, staff });
		await book.write([{ kind: 'device', id, value: device }], [paired]);
		return { device: view(id, device), token };
	}

	/** The device of this token. */
	find(token: string): (Device & { readonly id: string }) | null {
		const hash = secretHash(token);
		const found = this.#book.all('device').find(([, device]) => sameHash(device.hash, hash));
		if (!found) return null;
		const [id, device] = found;
		const now = this.#book.now();
		if (elapsedMs(device.seenAt, now) >= SEEN_MS)
			this.#book
				.write([{ kind: 'device', id, value: { ...device, seenAt: now } }])
				.catch((error) => this.#book.onProblem('when a device was last used could not be written', error));
		return { ...device, id };
	}

	list(): DeviceView[] {
		return this.#book
			.all('device')
			.map(([id, device]) => view(id, device))
			.toSorted((a, b) => b.pairedAt - a.pairedAt);
	}

	/** @throws AccessError `no-such-device` */
	async revoke(id: string, actor: Actor): Promise<void> {
		if (!this.#book.get('device', id)) throw new AccessError('no-such-device');
		const written = this.#book.write(
			[{ kind: 'device', id, value: null }],
			[this.#book.event('device.revoked', actor, id, { device: id })],
		);
		this.#onEnded([`device/${id}`]);
		await written;
	}

	/** A person's phones, because they left or do other work now. */
	async revokeOf(staff: string, actor: Actor): Promise<void> {
		for (const [id, device] of this.#book.all('device')) if (device.staff === staff) await this.revoke(id, actor);
	}

	#mayHavePhone(staff: string): boolean {
		const role = this.#book.staff(staff)?.role;
		return role !== undefined && PHONE_ROLES.includes(role) && !this.#book.account(staff).disabled;
	}
}

function view(id: string, { kind, name, staff, pairedAt, seenAt }: Device): DeviceView {
	return { id, kind, name, staff, pairedAt, seenAt: seenAt.wall };
}
