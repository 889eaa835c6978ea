import type { Nearest } from '../../gallery/gallery.js';
import type { Match } from '../../gallery/gallery.types.js';
import { judge } from '../decision.js';
import type { FaceEngine, YuvFrame } from '../vision.types.js';
import { type Challenge, observe, type SeenFace, STRAIGHT, type Waiting } from './challenge.js';
import type { MiniFasNet } from './minifasnet.js';
import { poseOf } from './pose.js';

export interface PresentedFaceOptions {
	readonly engine: Pick<FaceEngine, 'detect' | 'describe' | 'descriptorLength'>;
	readonly distance: (a: Float32Array, b: Float32Array) => number;
	/** The largest distance at which two faces count as one person's. */
	readonly threshold: number;
	/** null: the challenge alone decides. */
	readonly network: Pick<MiniFasNet, 'live'> | null;
}

/** A face beside the largest that is at least so wide, as a share: somebody else who looks in; smaller ones stand behind. */
const BESIDE = 0.6;
/** Mean of MiniFASNet's answers from which a face counts as a living one. */
const LIVE = 0.5;

/**
 * Whoever stands before the kiosk, picture by picture: the challenge, and the descriptors of its faces, which stay in here and are overwritten
 * with zeros by `wipe`. Each face has to be near one of those before, so that nobody is put in another's place between challenge and
 * recognition. One call of `look` at a time.
 */
export class PresentedFace {
	challenge: Challenge;
	readonly #options: PresentedFaceOptions;
	/** Of all pictures so far; of those straight on. */
	readonly #seen: Float32Array[] = [];
	readonly #straight: Float32Array[] = [];
	/** How surely the straight ones are living. */
	readonly #live: number[] = [];
	#eyeDistance = 0;

	constructor(challenge: Waiting, options: PresentedFaceOptions) {
		this.challenge = challenge;
		this.#options = options;
	}

	/** MiniFASNet's mean answer; null without it, and before the first straight face. */
	get live(): number | null {
		const { length } = this.#live;
		return length === 0 ? null : this.#live.reduce((sum, share) => sum + share, 0) / length;
	}

	/** Takes in one picture. */
	async look(frame: YuvFrame, ms: number): Promise<Challenge> {
		const before = this.challenge;
		if (before.state !== 'waiting') return before;
		const found = await this.#find(frame);
		if (typeof found === 'string') {
			this.challenge = observe(before, { ms, face: found });
			return this.challenge;
		}
		const { face, descriptor } = found;
		// Until the first step is done whoever comes may be somebody else.
		if (before.done === 0 && !this.#isSame(descriptor)) this.wipe();
		const same = this.#isSame(descriptor);
		if (same) this.#seen.push(descriptor);
		else descriptor.fill(0);
		const after = observe(before, { ms, face: { ...face, same } });
		if (same && Math.abs(face.pose.turn - (before.zero?.turn ?? 0)) <= STRAIGHT) {
			this.#straight.push(descriptor);
			this.#eyeDistance = Math.max(this.#eyeDistance, face.pose.eyeDistance);
			if (this.#options.network) this.#live.push(await this.#options.network.live(frame, face.box));
		}
		const notLive = after.state === 'passed' && (this.live ?? 1) < LIVE;
		this.challenge = notLive ? { state: 'failed', reason: 'not-live' } : after;
		return this.challenge;
	}

	/** Whose face it was: the mean of the straight ones, from before and after the turns. @throws Error unless the challenge is passed */
	recognise(search: (probe: Float32Array) => Nearest | null): Match | 'nobody' {
		if (this.challenge.state !== 'passed') throw new Error('Only a face that passed the challenge is compared');
		const probe = new Float32Array(this.#options.engine.descriptorLength);
		for (const descriptor of this.#straight) {
			for (let i = 0; i < probe.length; i++) probe[i] = (probe[i] as number) + (descriptor[i] as number) / this.#straight.length;
		}
		const verdict = judge(
			{ faces: this.#straight.length, eyeDistance: this.#eyeDistance, nearest: search(probe) },
			this.#options.threshold,
			true,
		);
		probe.fill(0);
		return verdict === 'undecided' ? 'nobody' : verdict;
	}

	/** Overwrites every descriptor with zeros. */
	wipe(): void {
		for (const descriptor of this.#seen.splice(0)) descriptor.fill(0);
		this.#straight.length = 0;
		this.#live.length = 0;
	}

	async #find(frame: YuvFrame): Promise<'nobody' | 'several' | { face: Omit<SeenFace, 'same'>; descriptor: Float32Array }> {
		const { engine } = this.#options;
		const [largest, next] = (await engine.detect(frame)).sort((a, b) => b.box.width - a.box.width);
		if (!largest) return 'nobody';
		if (next && next.box.width >= BESIDE * largest.box.width) return 'several';
		const [described] = await engine.describe(frame, [largest]);
		if (!described) return 'nobody';
		return { face: { pose: poseOf(described.points), box: largest.box }, descriptor: described.descriptor };
	}

	#isSame(descriptor: Float32Array): boolean {
		const { distance, threshold } = this.#options;
		return this.#seen.length === 0 || this.#seen.some((seen) => distance(seen, descriptor) <= threshold);
	}
}
