import type { FrameRingMemory } from './camera.types.js';
import { createFrameRing, FrameRingWriter } from './frame-ring.js';

/** A frame as ffmpeg announced it; its bytes follow. */
export interface AnnouncedFrame {
	readonly width: number;
	readonly height: number;
	/** Exact media time in ms; null: take the time of arrival. */
	readonly mediaMs: number | null;
}

export interface FrameListener {
	/** The frames' size is known, or another: they lie in this memory from here on. */
	opened(memory: FrameRingMemory): void;
	published(seq: number): void;
}

/**
 * Makes frames of ffmpeg's two streams, the announcements and the bytes, and lays them into the ring. Outlives ffmpeg: a camera that
 * comes back with the same size goes on in the same ring. Does no I/O and never waits; `blocked` says when to stop feeding it.
 */
export class FrameAssembler {
	framesRead = 0;
	dropped = 0;
	readonly #camera: string;
	readonly #everyFrame: boolean;
	readonly #nowMs: () => number;
	readonly #listener: FrameListener;
	#announced: AnnouncedFrame[] = [];
	#bytes: Uint8Array | null = null;
	#ring: FrameRingWriter | null = null;
	#ringAnnounced = false;
	#filling: { readonly slot: number; readonly pixels: Uint8Array; filled: number; readonly mediaMs: number | null } | null = null;
	#lastSeq = 0;
	#takenSeq = 0;
	readonly #openedMs: number;

	/**
	 * @param everyFrame hold the next frame back until the last one was taken
	 * @param nowMs CLOCK_MONOTONIC
	 */
	constructor(camera: string, everyFrame: boolean, nowMs: () => number, listener: FrameListener) {
		this.#camera = camera;
		this.#everyFrame = everyFrame;
		this.#nowMs = nowMs;
		this.#listener = listener;
		this.#openedMs = nowMs();
	}

	/** Bytes wait for their announcement or for the reader: feed no more before this is false. */
	get blocked(): boolean {
		return this.#bytes !== null;
	}

	/** A whole frame waits for its reader to be done with the one before. */
	get holding(): boolean {
		return this.#filling !== null && this.#filling.filled === this.#filling.pixels.length;
	}

	announce(frame: AnnouncedFrame): void {
		this.#announced.push(frame);
		this.#advance();
	}

	/** Not while `blocked`. */
	feed(bytes: Uint8Array): void {
		this.#bytes = bytes;
		this.#advance();
	}

	/** The reader is done with this frame. */
	taken(seq: number): void {
		this.#takenSeq = Math.max(this.#takenSeq, seq);
		this.#advance();
	}

	/** ffmpeg is gone: forgets half a frame. */
	reset(): void {
		this.#announced = [];
		this.#bytes = null;
		this.#filling = null;
	}

	#advance(): void {
		for (;;) {
			this.#filling ??= this.#begin();
			const filling = this.#filling;
			if (!filling) return;
			if (filling.filled === filling.pixels.length) {
				if (this.#everyFrame && this.#takenSeq < this.#lastSeq) return;
				this.#publish(filling.slot, filling.mediaMs);
				this.#filling = null;
				continue;
			}
			if (!this.#bytes) return;
			const part = this.#bytes.subarray(0, filling.pixels.length - filling.filled);
			filling.pixels.set(part, filling.filled);
			filling.filled += part.length;
			this.#bytes = part.length < this.#bytes.length ? this.#bytes.subarray(part.length) : null;
		}
	}

	#begin() {
		const frame = this.#announced.shift();
		if (!frame) return null;
		const memory = this.#ring?.memory;
		if (!this.#ring || memory?.width !== frame.width || memory.height !== frame.height) {
			this.#ring = new FrameRingWriter(createFrameRing(this.#camera, frame.width, frame.height), this.#lastSeq);
			this.#ringAnnounced = false;
		}
		return { ...this.#ring.begin(), filled: 0, mediaMs: frame.mediaMs };
	}

	#publish(slot: number, mediaMs: number | null): void {
		if (!this.#ring) return;
		const now = this.#nowMs();
		const { seq, droppedPrevious } = this.#ring.publish(slot, mediaMs ?? now - this.#openedMs, now);
		this.#lastSeq = seq;
		this.framesRead += 1;
		if (droppedPrevious) this.dropped += 1;
		if (!this.#ringAnnounced) {
			this.#ringAnnounced = true;
			this.#listener.opened(this.#ring.memory);
		}
		this.#listener.published(seq);
	}
}
