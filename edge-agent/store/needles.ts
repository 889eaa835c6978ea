const WINDOW = 8;
/** Of a longer value SQLite keeps the rest in pages of its own, which it overwrites whole when they are freed. */
const LONGEST_IN_PAGE = 4096;

/**
 * Looks for what must be gone: values cut into windows of 8 bytes, so that a remnant is found too whose other part has been
 * overwritten. (Two random windows are the same once in 2^64.)
 */
export class Needles {
	readonly #begins = new Uint8Array(65_536);
	readonly #byFirstFour = new Map<number, Buffer[]>();
	#count = 0;

	get count(): number {
		return this.#count;
	}

	/** Values shorter than a window say nothing and are left out. */
	add(value: Uint8Array): void {
		const bytes = Buffer.from(value.subarray(0, LONGEST_IN_PAGE));
		for (let at = 0; at + WINDOW <= bytes.length; at += WINDOW) this.#addWindow(bytes.subarray(at, at + WINDOW));
		if (bytes.length >= WINDOW) this.#addWindow(bytes.subarray(bytes.length - WINDOW));
	}

	/** Whether any window of any value stands in `hay`. */
	in(hay: Buffer): boolean {
		for (let at = 0; at + WINDOW <= hay.length; at++) {
			if (this.#begins[(hay[at] ?? 0) | ((hay[at + 1] ?? 0) << 8)] === 0) continue;
			const candidates = this.#byFirstFour.get(hay.readUInt32LE(at));
			if (candidates?.some((window) => hay.compare(window, 0, WINDOW, at, at + WINDOW) === 0)) return true;
		}
		return false;
	}

	/** How many bytes of one piece to repeat at the beginning of the next. */
	static readonly overlap: number = WINDOW - 1;

	#addWindow(window: Buffer): void {
		// A run of one byte is no mark of anybody; empty pages are full of them.
		if (window.every((byte) => byte === window[0])) return;
		const first = window.readUInt32LE(0);
		const same = this.#byFirstFour.get(first) ?? [];
		if (same.some((known) => known.equals(window))) return;
		this.#byFirstFour.set(first, [...same, window]);
		this.#begins[window.readUInt16LE(0)] = 1;
		this.#count++;
	}
}
