import type { FaceEvidence } from '../contract/visit-events.js';
import type { Nearest } from '../gallery/gallery.js';
import type { Match } from '../gallery/gallery.types.js';
import { type DecisionRules, isFit } from './decision-rules.js';
import type { DescribedFace, DetectedFace } from './vision.types.js';

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

type Known = Extract<FaceEvidence, { verdict: 'known' }>;
/** As the log has it, but for which recogniser and calibration said so. */
export type DecisionEvidence = Omit<Known, 'model' | 'calibration'> | Exclude<FaceEvidence, Known>;

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
	/** What the verdict rests on; null before there is one. */
	evidence: DecisionEvidence | null = null;
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

	/** Whether more faces are waited for. */
	get isOpen(): boolean {
		return this.verdict === 'undecided' && this.#tries < TRIES;
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
	async take(
		face: DetectedFace,
		described: DescribedFace | null,
		search: (probe: Float32Array) => Promise<Nearest | null>,
		nowMs: number,
	): Promise<Verdict | null> {
		const before = this.verdict;
		if (before === 'nobody') {
			this.#lookedAgain = true;
			this.verdict = 'undecided';
		}
		this.#tries++;
		this.#lastMs = nowMs;
		this.#largest = Math.max(this.#largest, guessedEyeDistance(face));
		if (!described) return this.#settle(before);
		if (!isFit(described.quality, this.#rules)) {
			described.descriptor.fill(0);
			return this.#settle(before);
		}
		this.#largest = Math.max(this.#largest, described.quality.eyeDistance);
		this.#descriptors.push(described.descriptor);
		const probe = mean(this.#descriptors, this.#length);
		const nearest = await search(probe);
		this.verdict = this.#judge(probe, nearest, false);
		return this.#settle(before);
	}

	/** The gallery is empty, so that a wanted face is nobody's without being described. Answers the verdict if it is new. */
	nobodyToKnow(face: DetectedFace): Verdict | null {
		const before = this.verdict;
		this.#lookedAgain ||= before === 'nobody';
		this.#largest = Math.max(this.#largest, guessedEyeDistance(face));
		this.verdict = 'nobody';
		this.evidence = { verdict: 'nobody', faces: 0 };
		return this.#settle(before);
	}

	/** The person has left. Answers the verdict if it is new: what the faces so far say, `unseen` if there were none. */
	close(search: (probe: Float32Array) => Nearest | null): Verdict | null {
		const before = this.verdict;
		if (before !== 'undecided') return null;
		if (this.#descriptors.length === 0) this.verdict = 'unseen';
		else {
			const probe = mean(this.#descriptors, this.#length);
			this.verdict = this.#judge(probe, search(probe), true);
		}
		return this.#settle(before);
	}

	#judge(probe: Float32Array, nearest: Nearest | null, last: boolean): Match | 'nobody' | 'undecided' {
		probe.fill(0);
		const { threshold } = this.#rules;
		this.score = nearest && Math.max(0, 1 - nearest.best.distance / (2 * threshold));
		const [faces, eyeDistance] = [this.#descriptors.length, this.#largest];
		const verdict = judge({ faces, eyeDistance, nearest }, threshold, last);
		if (typeof verdict === 'object') {
			const second = nearest?.second?.distance ?? null;
			this.evidence = { verdict: 'known', faces, eyeDistance, distance: verdict.distance, second, threshold };
		} else if (verdict === 'nobody') this.evidence = { verdict, faces };
		return verdict;
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
