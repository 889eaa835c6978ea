import type { FaceFailure, FaceInstruction } from '../../contract/face-checkin.api.js';

/** main -> vision worker, about one visitor's session at a kiosk. */
export type FaceAsk =
	/** `random`: two numbers 0 <= r < 1 that nobody can guess. */
	| { readonly do: 'open'; readonly random: readonly [number, number] }
	| { readonly do: 'look'; readonly jpeg: ArrayBuffer }
	| { readonly do: 'close' };

/** vision worker -> main. */
export type FaceAnswer =
	| { readonly state: 'waiting'; readonly instruction: FaceInstruction; readonly done: number; readonly steps: number }
	| { readonly state: 'failed'; readonly reason: FaceFailure }
	/** Passed, and nobody who asked to be known. */
	| { readonly state: 'nobody' }
	| { readonly state: 'recognised'; readonly customer: string }
	/** The picture could not be read; the session goes on. */
	| { readonly state: 'unreadable' }
	/** There is no such session (any more). */
	| { readonly state: 'gone' };
