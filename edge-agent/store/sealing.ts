import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { StoreError } from './store-error.js';

/** Where a sealed value lies. It opens there and nowhere else. */
export interface Place {
	readonly table: string;
	readonly column: string;
	/** The row's id. */
	readonly row: string;
}

/** A key with the number that values sealed under it carry, 1 to 65535. */
export interface DataKey {
	readonly version: number;
	readonly bytes: Uint8Array;
}

/** Format 1: format (1 byte), key version (2), nonce (12), ciphertext, tag (16); AES-256-GCM. */
const FORMAT = 1;
const NONCE_AT = 3;
const TEXT_AT = 15;
const TAG_BYTES = 16;
export const SEAL_BYTES: number = TEXT_AT + TAG_BYTES;

/**
 * Seals a value with AES-256-GCM under a random 96-bit nonce (NIST SP 800-38D, 8.2.2: good for 2^32 values a key). Bound to its
 * place, the format and the key's version: moved to another row or column it does not open.
 */
export function seal(key: DataKey, place: Place, plain: Uint8Array): Buffer {
	const sealed = Buffer.allocUnsafe(SEAL_BYTES + plain.length);
	sealed.writeUInt8(FORMAT, 0);
	sealed.writeUInt16BE(key.version, 1);
	const nonce = randomBytes(TEXT_AT - NONCE_AT);
	nonce.copy(sealed, NONCE_AT);
	const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: TAG_BYTES });
	cipher.setAAD(boundTo(place, key.version));
	cipher.update(plain).copy(sealed, TEXT_AT);
	cipher.final();
	cipher.getAuthTag().copy(sealed, TEXT_AT + plain.length);
	return sealed;
}

/** @throws StoreError `damaged` when anything of it was changed, it lies elsewhere than it was sealed for, or the key is another one */
export function open(key: DataKey, place: Place, sealed: Uint8Array): Buffer {
	try {
		const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
		if (bytes.length < SEAL_BYTES || bytes[0] !== FORMAT || bytes.readUInt16BE(1) !== key.version) throw new Error('not of this key');
		const end = bytes.length - TAG_BYTES;
		const decipher = createDecipheriv('aes-256-gcm', key.bytes, bytes.subarray(NONCE_AT, TEXT_AT), { authTagLength: TAG_BYTES });
		decipher.setAAD(boundTo(place, key.version));
		decipher.setAuthTag(bytes.subarray(end));
		const plain = decipher.update(bytes.subarray(TEXT_AT, end));
		decipher.final();
		return plain;
	} catch {
		const { table, column, row } = place;
		throw new StoreError(
			'damaged',
			`${column} of ${row} in ${table} does not open: it was changed after it was sealed; restore the newest backup`,
		);
	}
}

/** The additional authenticated data: each part with its length before it, so that no two places read the same. */
function boundTo({ table, column, row }: Place, version: number): Buffer {
	const bytes = Buffer.allocUnsafe(NONCE_AT + 12 + 3 * (table.length + column.length + row.length));
	bytes.writeUInt8(FORMAT, 0);
	bytes.writeUInt16BE(version, 1);
	let end = NONCE_AT;
	for (const part of [table, column, row]) {
		const length = bytes.write(part, end + 4, 'utf8');
		bytes.writeUInt32BE(length, end);
		end += 4 + length;
	}
	return bytes.subarray(0, end);
}
