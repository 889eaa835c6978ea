import type { Nearest } from '../gallery/gallery.js';
import type { Match } from '../gallery/gallery.types.js';
import type { DescribedFace, DetectedFace, FaceQuality } from './vision.types.js';

/** When a face is worth describing, and when that is enough to know. Distances are the recogniser's own. */
export interface DecisionRules {
	/** The largest distance at which a face counts as a known person's. */
	readonly threshold: number;
	/** Pixels between the eyes: smaller faces cannot be read. */
	readonly minEyeDistance: number;
	/** 0 frontal .. 1 profile. */
	readonly maxTurn: number;
	/** Mean squared Laplacian of the aligned crop. */
	readonly minSharpness: number;
}

export const defaultRules: Omit<DecisionRules, 'threshold'> = { minEyeDistance: 24, maxTurn: 0.7, minSharpness: 10 };

/** Faces that are described for one decision; their mean is what is compared. */
const FACES = 3;
/** Faces that turned out unfit, or no faces, before a track is left alone until it shows a much larger one. */
const TRIES = 12;
/** The next face is worth describing after this long, or when it is larger by this factor: neighbouring frames say the same twice. */
const NEXT_MS = 250;
const NEXT_GROWTH = 1.15;
/** `nobody` is looked at once more when the face is larger than any that was described, by this factor. */
const AGAIN_GROWTH = 1.6;
/** Shares of the threshold: clearly nearer than it, clearly farther, and how far the second person has to be behind the first. */
const CLEARLY_NEAR = 0.85;
const CLEARLY_FAR = 1.3;
const CLEAR_LEAD = 0.1;
const LEAD = 0.05;
/** Pixels between the eyes from which one face that is far from everybody settles it. */
const LARGE_EYES = 60;

/** `undecided` while there is hope; `unseen` when the person left without a readable face. */
export type Verdict = Match | 'nobody' | 'undecided' | 'unseen';

export interface Evidence {
	/** Faces in the mean. */
	readonly faces: number;
	/** Pixels between the eyes of the largest. */
	readonly eyeDistance: number;
	/** Who is nearest to the mean; null from an empty gallery. */
	readonly nearest: Nearest | null;
}

/**
 * What the evidence says. Open set: whoever is not near enough to somebody, or as near to somebody else, is `nobody`.
 *
 * @param last no more faces will come
 */
export function judge({ faces, eyeDistance, nearest }: Evidence, threshold: number, last: boolean): Match | 'nobody' | 'undecided' {
	if (!nearest) return 'nobody';
	const { best, second } = nearest;
	const lead = second ? second.distance - best.distance : Number.POSITIVE_INFINITY;
	if (best.distance <= CLEARLY_NEAR * threshold && lead >= CLEAR_LEAD * threshold) return best;
	const far = best.distance > CLEARLY_FAR * threshold;
	if (far && (faces >= 2 || eyeDistance >= LARGE_EYES)) return 'nobody';
	if (faces < FACES && !last) return 'undecided';
	return best.distance <= threshold && lead >= LEAD * threshold ? best : 'nobody';
}

/**
 * One track's decision: which of its faces to describe, and what they say together. Descriptors live in here until the decision
 * is made, and are overwritten with zeros then.
 */
export class Decision {
	verdict: Verdict = 'undecided';
	/** Of the nearest person, as compared last: 1 is the same picture, 0.5 the threshold, 0 twice as far; null before. */
	score: number | null = null;
	readonly #rules: DecisionRules;
	readonly #length: number;
	#descriptors: Float32Array[] = [];
	#tries = 0;
	#lastMs = Number.NEGATIVE_INFINITY;
	/** The largest face described so far. */
	#largest = 0;
	#lookedAgain = false;

	constructor(rules: DecisionRules, descriptorLength: number) {
		this.#rules = rules;
		this.#length = descriptorLength;
	}

	/** Whether this face should be described. After `nobody`, a much larger one once more. */
	wants(face: DetectedFace, nowMs: number): boolean {
		const eyes = guessedEyeDistance(face);
		if (eyes < this.#rules.minEyeDistance || guessedTurn(face) > this.#rules.maxTurn) return false;
		if (this.verdict === 'nobody') return !this.#lookedAgain && eyes > AGAIN_GROWTH * this.#largest;
		if (this.verdict !== 'undecided') return false;
		if (this.#tries >= TRIES && eyes < AGAIN_GROWTH * this.#largest) return false;
		return nowMs - this.#lastMs >= NEXT_MS || eyes > NEXT_GROWTH * this.#largest;
	}

	/**
	 * Takes in what a wanted face looks like; the descriptor is this decision's from here on. Answers the verdict if it is new.
	 *
	 * @param described null where the landmarks made no face
	 */
	take(
		face: DetectedFace,
		described: DescribedFace | null,
		search: (probe: Float32Array) => Nearest | null,
		nowMs: number,
	): Verdict | null {
		const before = this.verdict;
		if (before === 'nobody') {
			this.#lookedAgain = true;
			this.verdict = 'undecided';
		}
		this.#tries++;
		this.#lastMs = nowMs;
		this.#largest = Math.max(this.#largest, guessedEyeDistance(face));
		if (!described) return this.#settle(before);
		if (!this.#isFit(described.quality)) {
			described.descriptor.fill(0);
			return this.#settle(before);
		}
		this.#largest = Math.max(this.#largest, described.quality.eyeDistance);
		this.#descriptors.push(described.descriptor);
		this.verdict = this.#judge(search, false);
		return this.#settle(before);
	}

	/** The gallery is empty, so that a wanted face is nobody's without being described. Answers the verdict if it is new. */
	nobodyToKnow(face: DetectedFace): Verdict | null {
		const before = this.verdict;
		this.#lookedAgain ||= before === 'nobody';
		this.#largest = Math.max(this.#largest, guessedEyeDistance(face));
		this.verdict = 'nobody';
		return this.#settle(before);
	}

	/** The person has left. Answers the verdict if it is new: what the faces so far say, `unseen` if there were none. */
	close(search: (probe: Float32Array) => Nearest | null): Verdict | null {
		const before = this.verdict;
		if (before !== 'undecided') return null;
		this.verdict = this.#descriptors.length > 0 ? this.#judge(search, true) : 'unseen';
		return this.#settle(before);
	}

	#isFit(quality: FaceQuality): boolean {
		const { minEyeDistance, maxTurn, minSharpness } = this.#rules;
		return quality.eyeDistance >= minEyeDistance && quality.turn <= maxTurn && quality.sharpness >= minSharpness;
	}

	#judge(search: (probe: Float32Array) => Nearest | null, last: boolean): Match | 'nobody' | 'undecided' {
		const probe = mean(this.#descriptors, this.#length);
		const nearest = search(probe);
		probe.fill(0);
		this.score = nearest && Math.max(0, 1 - nearest.best.distance / (2 * this.#rules.threshold));
		return judge({ faces: this.#descriptors.length, eyeDistance: this.#largest, nearest }, this.#rules.threshold, last);
	}

	/** A second look that finds no fit face, or too few, leaves `nobody` as it was. Wipes what is no longer needed. */
	#settle(before: Verdict): Verdict | null {
		if (before === 'nobody' && this.verdict === 'undecided') this.verdict = 'nobody';
		if (this.verdict === 'undecided') return null;
		for (const descriptor of this.#descriptors) descriptor.fill(0);
		this.#descriptors = [];
		return this.verdict === before ? null : this.verdict;
	}
}

function mean(descriptors: readonly Float32Array[], length: number): Float32Array {
	const sum = new Float32Array(length);
	for (const descriptor of descriptors) for (let i = 0; i < length; i++) sum[i] = (sum[i] as number) + (descriptor[i] as number);
	for (let i = 0; i < length; i++) sum[i] = (sum[i] as number) / descriptors.length;
	return sum;
}

/** Before the landmarks are known, from the detector's points or else its box: a face's box is about 2.4 times as wide as its eyes are apart. */
function guessedEyeDistance({ box, points }: DetectedFace): number {
	return points ? Math.hypot(points[1].x - points[0].x, points[1].y - points[0].y) : box.width / 2.4;
}

/** How far the nose stands off the eyes' middle, in eye distances, doubled: what FaceQuality's `turn` is. 0 where there are no points. */
function guessedTurn(face: DetectedFace): number {
	if (!face.points) return 0;
	const [right, left, nose] = face.points;
	const dx = left.x - right.x;
	const dy = left.y - right.y;
	const along = ((nose.x - (left.x + right.x) / 2) * dx + (nose.y - (left.y + right.y) / 2) * dy) / (dx * dx + dy * dy || 1);
	return Math.min(1, Math.abs(along) * 2);
}
