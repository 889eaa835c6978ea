/** What waits. A showroom that is played faster than it happens brings its own. */
export interface Timers {
	/** Calls once after so many ms. Answers how to call it off. */
	after(ms: number, ring: () => void): () => void;
}

export const realTimers: Timers = {
	after(ms, ring) {
		const timer = setTimeout(ring, ms);
		return () => clearTimeout(timer);
	},
};
