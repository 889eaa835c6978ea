/**
 * The chime: two soft notes made by Web Audio, so that no sound file is needed. Browsers keep a page silent until somebody has
 * touched it; `unlock` is called from a touch.
 */
export interface Chime {
	/** Whether a ring would be heard. */
	readonly ready: () => boolean;
	readonly unlock: () => Promise<void>;
	readonly ring: () => void;
	/** Calls back when `ready` changes; answers how to stop. */
	readonly subscribe: (listener: () => void) => () => void;
}

const notes = [
	{ hertz: 880, at: 0 },
	{ hertz: 1174.66, at: 0.18 },
	{ hertz: 880, at: 0.7 },
	{ hertz: 1174.66, at: 0.88 },
] as const;

export function createChime(): Chime {
	let context: AudioContext | null = null;
	const listeners = new Set<() => void>();
	const ready = () => context?.state === 'running';
	return {
		ready,
		async unlock() {
			if (!context) {
				context = new AudioContext();
				context.addEventListener('statechange', () => {
					for (const listener of listeners) listener();
				});
			}
			if (context.state !== 'running') await context.resume();
		},
		ring() {
			if (context?.state !== 'running') return;
			for (const { hertz, at } of notes) playNote(context, hertz, context.currentTime + at);
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}

function playNote(context: AudioContext, hertz: number, at: number): void {
	const oscillator = new OscillatorNode(context, { type: 'sine', frequency: hertz });
	const volume = new GainNode(context, { gain: 0 });
	oscillator.connect(volume).connect(context.destination);
	volume.gain.setValueAtTime(0, at);
	volume.gain.linearRampToValueAtTime(0.35, at + 0.015);
	volume.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
	oscillator.start(at);
	oscillator.stop(at + 0.55);
}
