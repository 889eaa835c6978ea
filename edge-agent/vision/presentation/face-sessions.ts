import { distances } from '../../gallery/distance.js';
import type { Gallery } from '../../gallery/gallery.js';
import { PhotoError, readPhoto } from '../photo.source.js';
import type { FaceEngine } from '../vision.types.js';
import { beginChallenge, type Challenge, stepsOf } from './challenge.js';
import type { FaceAnswer, FaceAsk } from './face-messages.js';
import type { MiniFasNet } from './minifasnet.js';
import { PresentedFace } from './presented-face.js';

export interface FaceSessionsOptions {
	readonly engine: FaceEngine;
	readonly gallery: Pick<Gallery, 'search'>;
	/** The largest distance at which a face is a known person's, as the gallery is now. */
	readonly threshold: () => number;
	readonly network: MiniFasNet | null;
	readonly nowMs: () => number;
}

/** The kiosks' visitors who asked to be recognised, in a vision worker: what is known of their faces does not leave it. */
export class FaceSessions {
	readonly #options: FaceSessionsOptions;
	readonly #sessions = new Map<string, PresentedFace>();

	constructor(options: FaceSessionsOptions) {
		this.#options = options;
	}

	/** Pictures of one session come one after the other. Whatever it ends with, a session's descriptors are wiped then. */
	async serve(session: string, ask: FaceAsk): Promise<FaceAnswer> {
		const { engine, threshold, network, nowMs } = this.#options;
		if (ask.do === 'open') {
			const challenge = beginChallenge(ask.random, nowMs());
			const distance = distances[engine.metric];
			this.#end(session);
			this.#sessions.set(session, new PresentedFace(challenge, { engine, distance, threshold: threshold(), network }));
			return waiting(challenge);
		}
		const face = this.#sessions.get(session);
		if (ask.do === 'close' || !face) {
			this.#end(session);
			return { state: 'gone' };
		}
		try {
			return this.#told(session, face, await face.look(await readPhoto(new Uint8Array(ask.jpeg)), nowMs()));
		} catch (error) {
			if (error instanceof PhotoError) return { state: 'unreadable' };
			this.#end(session);
			throw error;
		}
	}

	/** Ends all. */
	stop(): void {
		for (const session of [...this.#sessions.keys()]) this.#end(session);
	}

	#told(session: string, face: PresentedFace, challenge: Challenge): FaceAnswer {
		// Ended while its picture was looked at.
		if (this.#sessions.get(session) !== face) {
			face.wipe();
			return { state: 'gone' };
		}
		if (challenge.state === 'waiting') return waiting(challenge);
		const answer: FaceAnswer = challenge.state === 'failed' ? challenge : this.#recognise(face);
		this.#end(session);
		return answer;
	}

	#recognise(face: PresentedFace): FaceAnswer {
		const found = face.recognise((probe) => this.#options.gallery.search(probe));
		// Staff do not check in.
		return found === 'nobody' || found.kind !== 'customer' ? { state: 'nobody' } : { state: 'recognised', customer: found.person };
	}

	#end(session: string): void {
		this.#sessions.get(session)?.wipe();
		this.#sessions.delete(session);
	}
}

function waiting(challenge: Extract<Challenge, { state: 'waiting' }>): FaceAnswer {
	return { state: 'waiting', instruction: challenge.instruction, done: challenge.done, steps: stepsOf(challenge) };
}
