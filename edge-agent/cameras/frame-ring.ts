import type { FrameRingMemory } from './camera.types.js';

/**
 * A camera's newest frame in shared memory: one writer, one reader, three slots, nobody ever waits.
 *
 * The writer fills a slot that is neither the newest nor the one being read (of three there always is one), then names it the newest. The
 * reader names the slot that it reads (a hazard pointer), then looks again whether that slot is still the newest: if not, the writer may
 * have chosen it before it saw the name, so the reader tries the newer one.
 */
const slots = 3;
// Int32 words of `control`.
const newestWord = 0;
const readingWord = 1;
const takenWord = 2;
const none = -1;
// From byte 16: a slot's seq, mediaMs and receivedMs as Float64.
const headerOffset = 16;
const headerFields = 3;

/** A frame in the ring: YUV 4:2:0, planes Y, U, V unpadded. `data` is a view: valid until it is released. */
export interface RingFrame {
	readonly seq: number;
	readonly width: number;
	readonly height: number;
	readonly data: Uint8Array;
	/** See YuvFrame. */
	readonly mediaMs: number;
	/** CLOCK_MONOTONIC ms. */
	readonly receivedMs: number;
}

/** Bytes of a yuv420p frame; width and height even. */
export function frameBytes(width: number, height: number): number {
	return (width * height * 3) / 2;
}

/** Memory for one camera's frames of this size. */
export function createFrameRing(camera: string, width: number, height: number): FrameRingMemory {
	const control = new SharedArrayBuffer(headerOffset + slots * headerFields * Float64Array.BYTES_PER_ELEMENT);
	const words = new Int32Array(control, 0, 3);
	words[newestWord] = none;
	words[readingWord] = none;
	return { camera, width, height, control, pixels: new SharedArrayBuffer(slots * frameBytes(width, height)) };
}

function views(memory: FrameRingMemory) {
	const bytes = frameBytes(memory.width, memory.height);
	return {
		words: new Int32Array(memory.control, 0, 3),
		headers: new Float64Array(memory.control, headerOffset, slots * headerFields),
		pixels: Array.from({ length: slots }, (_, slot) => new Uint8Array(memory.pixels, slot * bytes, bytes)),
	};
}

/** The decoder's side. */
export class FrameRingWriter {
	readonly memory: FrameRingMemory;
	readonly #views;
	#seq: number;

	/** @param lastSeq seq of the camera's last frame in an earlier ring; this ring's first is the next */
	constructor(memory: FrameRingMemory, lastSeq: number) {
		this.memory = memory;
		this.#views = views(memory);
		this.#seq = lastSeq;
		Atomics.store(this.#views.words, takenWord, lastSeq | 0);
	}

	/** A slot to fill; nobody else looks at it before `publish`. Asking again without publishing starts the frame over. */
	begin(): { readonly slot: number; readonly pixels: Uint8Array } {
		const newest = Atomics.load(this.#views.words, newestWord);
		const reading = Atomics.load(this.#views.words, readingWord);
		const slot = [0, 1, 2].find((candidate) => candidate !== newest && candidate !== reading);
		const pixels = slot === undefined ? undefined : this.#views.pixels[slot];
		if (slot === undefined || !pixels) throw new Error('A frame ring without a free slot: it has more than one reader');
		return { slot, pixels };
	}

	/** Names a filled slot the newest. Answers the frame's seq, and whether the frame before it was overwritten unseen. */
	publish(slot: number, mediaMs: number, receivedMs: number): { readonly seq: number; readonly droppedPrevious: boolean } {
		const droppedPrevious = Atomics.load(this.#views.words, takenWord) !== (this.#seq | 0);
		this.#seq += 1;
		this.#views.headers.set([this.#seq, mediaMs, receivedMs], slot * headerFields);
		Atomics.store(this.#views.words, newestWord, slot);
		return { seq: this.#seq, droppedPrevious };
	}
}

/** The side of whoever looks at the frames. One reader a ring. */
export class FrameRingReader {
	readonly memory: FrameRingMemory;
	readonly #views;
	#lastSeq = 0;

	constructor(memory: FrameRingMemory) {
		this.memory = memory;
		this.#views = views(memory);
	}

	/** The newest frame, held until `release`; null when there is none newer than the last one answered. Releases that one. */
	newest(): RingFrame | null {
		const { words, headers, pixels } = this.#views;
		for (;;) {
			const slot = Atomics.load(words, newestWord);
			Atomics.store(words, readingWord, slot);
			if (Atomics.load(words, newestWord) !== slot) continue;
			const [seq, mediaMs, receivedMs] = headers.subarray(slot * headerFields, (slot + 1) * headerFields);
			const data = pixels[slot];
			if (slot === none || !data || seq === undefined || mediaMs === undefined || receivedMs === undefined || seq === this.#lastSeq) {
				this.release();
				return null;
			}
			this.#lastSeq = seq;
			Atomics.store(words, takenWord, seq | 0);
			return { seq, width: this.memory.width, height: this.memory.height, data, mediaMs, receivedMs };
		}
	}

	/** The last frame is done with: its slot may be overwritten. */
	release(): void {
		Atomics.store(this.#views.words, readingWord, none);
	}
}
