import { createHmac, hkdfSync } from 'node:crypto';

/** The length of a master key and of every data key, in bytes: AES-256. */
export const KEY_BYTES = 32;

const SALT = 'showroom-edge';

/**
 * What a store's master key is used for: a key for each use, derived by HKDF-SHA-256 (RFC 5869), so that none tells anything of
 * another. The bytes stand in private fields, out of reach of JSON, `console.log` and messages between threads.
 */
export class StoreKeys {
	/** Names the master key and tells nothing of it; the database remembers it. */
	readonly id: string;
	readonly #sealing: Buffer;
	readonly #telephone: Buffer;
	readonly #heads: Buffer;
	readonly #erasures: Buffer;

	/** @param master 32 bytes; the caller wipes them */
	constructor(master: Uint8Array) {
		if (master.length !== KEY_BYTES) throw new Error(`a master key has ${KEY_BYTES} bytes`);
		this.id = derive(master, 'key id', 8).toString('hex');
		this.#sealing = derive(master, 'sealing');
		this.#telephone = derive(master, 'telephone hash');
		this.#heads = derive(master, 'log head');
		this.#erasures = derive(master, 'erasure list');
	}

	/** Seals people's data keys. */
	get sealing(): Buffer {
		return this.#sealing;
	}

	/** HMAC-SHA-256 of a telephone (or a part of it): finds it, and tells nobody without the key what it is. */
	telephoneCode(part: 'whole' | 'last four', digits: string): Buffer {
		return createHmac('sha256', this.#telephone).update(`${part}:${digits}`).digest();
	}

	/** HMAC-SHA-256 that authenticates a head of the log. */
	headCode(text: string): Buffer {
		return createHmac('sha256', this.#heads).update(text).digest();
	}

	/** HMAC-SHA-256 that authenticates a line of a list of erasures. */
	erasureCode(text: string): Buffer {
		return createHmac('sha256', this.#erasures).update(text).digest();
	}

	/** Overwrites the keys; they serve nobody afterwards. */
	wipe(): void {
		for (const key of [this.#sealing, this.#telephone, this.#heads, this.#erasures]) key.fill(0);
	}
}

/** A master key as it lies in a file or the environment: 32 raw bytes, or their base64. null: neither. */
export function readMasterKey(content: Buffer): Buffer | null {
	if (content.length === KEY_BYTES) return Buffer.from(content);
	const text = content.toString('latin1').trim();
	return /^[A-Za-z0-9+/]{43}=$/.test(text) ? Buffer.from(text, 'base64') : null;
}

function derive(master: Uint8Array, use: string, bytes = KEY_BYTES): Buffer {
	return Buffer.from(hkdfSync('sha256', master, SALT, use, bytes));
}
