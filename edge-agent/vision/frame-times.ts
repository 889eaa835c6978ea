/** Samples that the percentiles are taken from, and the span of the frame rate. */
const SAMPLES = 1000;
const RATE_MS = 5000;

/** How long frames took and how many came, over the latest ones. */
export class FrameTimes {
	readonly #latency = new Float64Array(SAMPLES);
	readonly #done = new Float64Array(SAMPLES);
	#count = 0;

	/** @param receivedMs when the frame had been read @param doneMs when its events were out; CLOCK_MONOTONIC ms both */
	add(receivedMs: number, doneMs: number): void {
		this.#latency[this.#count % SAMPLES] = doneMs - receivedMs;
		this.#done[this.#count % SAMPLES] = doneMs;
		this.#count++;
	}

	/** Frames a second over the last five seconds. */
	fps(nowMs: number): number {
		const kept = this.#done.subarray(0, Math.min(this.#count, SAMPLES));
		return kept.filter((doneMs) => nowMs - doneMs <= RATE_MS).length / (RATE_MS / 1000);
	}

	/** Median and 95th percentile (nearest rank); null before the first frame. */
	latencyMs(): { readonly p50: number; readonly p95: number } | null {
		if (this.#count === 0) return null;
		const sorted = this.#latency.slice(0, Math.min(this.#count, SAMPLES)).sort();
		const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
		return { p50: at(0.5), p95: at(0.95) };
	}
}
