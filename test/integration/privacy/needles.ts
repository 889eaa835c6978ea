/** The shortest run that counts as a leak, in bytes. */
const WINDOW = 16;

interface Window {
	readonly bytes: Buffer;
	readonly name: string;
}

/**
 * Finds pieces of secrets in bytes: each secret is cut into windows of 16 bytes, so that 31 of its bytes in a row are always found. A window with
 * few different bytes (one colour's pixels, zeros) would be found anywhere and says nothing.
 */
export class NeedleSearch {
	readonly #begins = new Uint8Array(65_536);
	readonly #windows = new Map<number, Window[]>();
	count = 0;

	/** A secret in one of the forms in which it could lie somewhere. */
	add(name: string, secret: Uint8Array, differentBytes = 7): void {
		const bytes = Buffer.from(secret);
		for (let at = 0; at + WINDOW <= bytes.length; at += WINDOW) {
			const window = bytes.subarray(at, at + WINDOW);
			if (new Set(window).size < differentBytes) continue;
			const key = window.readUInt32LE(0);
			this.#begins[key & 0xffff] = 1;
			const same = this.#windows.get(key) ?? [];
			if (!same.some((other) => other.bytes.equals(window))) this.#windows.set(key, [...same, { bytes: window, name }]);
			this.count++;
		}
	}

	/** The bytes as they are, and as base64, hexadecimal and JSON. */
	addBytes(name: string, secret: Uint8Array): void {
		const bytes = Buffer.from(secret);
		this.add(`${name}, raw`, bytes);
		this.add(`${name}, hex`, Buffer.from(bytes.toString('hex')));
		this.add(`${name}, JSON`, Buffer.from(JSON.stringify([...bytes])));
		// Where base64 begins decides what it looks like: three ways.
		for (const skip of [0, 1, 2]) this.add(`${name}, base64`, Buffer.from(bytes.subarray(skip).toString('base64').slice(0, -4)));
	}

	/** A descriptor as float32 and float16, each as bytes and in the forms of `addBytes`, and as JSON numbers. */
	addDescriptor(name: string, descriptor: Float32Array): void {
		this.addBytes(`${name}, float32`, new Uint8Array(descriptor.buffer, descriptor.byteOffset, descriptor.byteLength));
		this.addBytes(`${name}, float16`, new Uint8Array(Uint16Array.from(descriptor, half).buffer));
		this.add(`${name}, JSON numbers`, Buffer.from(JSON.stringify([...descriptor])));
	}

	/** Pieces that stand in these bytes as well tell nothing. */
	forget(bytes: Uint8Array): void {
		this.#each(bytes, (window) => {
			const key = window.bytes.readUInt32LE(0);
			this.#windows.set(key, this.#windows.get(key)?.filter((other) => other !== window) ?? []);
		});
	}

	/** What is found, by name, each once. */
	in(bytes: Uint8Array): string[] {
		const found = new Set<string>();
		this.#each(bytes, ({ name }) => found.add(name));
		return [...found];
	}

	#each(bytes: Uint8Array, say: (window: Window) => void): void {
		const hay = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		for (let at = 0; at + WINDOW <= hay.length; at++) {
			if (this.#begins[(hay[at] ?? 0) | ((hay[at + 1] ?? 0) << 8)] === 0) continue;
			for (const window of this.#windows.get(hay.readUInt32LE(at)) ?? [])
				if (hay.compare(window.bytes, 0, WINDOW, at, at + WINDOW) === 0) say(window);
		}
	}
}

/** IEEE 754 binary16, rounded to nearest even; of descriptors' sizes, so without infinities. */
export function half(value: number): number {
	const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
	const size = Math.abs(value);
	if (size < 2 ** -24) return sign;
	const exponent = Math.max(-14, Math.floor(Math.log2(size)));
	const scaled = roundEven((size / 2 ** exponent) * 1024);
	if (exponent === -14 && scaled < 1024) return sign | scaled;
	return scaled === 2048 ? sign | ((exponent + 16) << 10) : sign | ((exponent + 15) << 10) | (scaled - 1024);
}

function roundEven(value: number): number {
	const low = Math.floor(value);
	const rest = value - low;
	return rest > 0.5 || (rest === 0.5 && low % 2 === 1) ? low + 1 : low;
}

/**
 * Looks for a run of float32 that is like somebody's face: within the threshold of a descriptor, at any offset. Finds what is derived from the
 * secrets (a mean of descriptors, say) and so has none of their bytes.
 */
export function likeFaces(bytes: Uint8Array, length: number, isLike: (candidate: Float32Array) => boolean): number[] {
	const found: number[] = [];
	for (const shift of [0, 1, 2, 3]) {
		const whole = Uint8Array.from(bytes.subarray(shift));
		const floats = new Float32Array(whole.buffer, 0, whole.length >> 2);
		let run = 0;
		for (let i = 0; i < floats.length; i++) {
			const size = Math.abs(floats[i] ?? 0);
			// A descriptor's numbers: neither zeros nor what text and code look like as float32.
			run = size > 1e-9 && size < 2 ? run + 1 : 0;
			if (run >= length && isLike(floats.subarray(i - length + 1, i + 1))) found.push(shift + (i - length + 1) * 4);
		}
	}
	return found;
}
