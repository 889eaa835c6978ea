import type { Look } from '../../calibration/camera/observed.js';
import type { FaceEvidence } from '../contract/visit-events.js';
import type { Gallery } from '../gallery/gallery.js';
import { middle } from './association.js';
import { type Body, findBodies } from './bodies.js';
import { type CountingLine, type LinePosition, lineInPixels, stepOverLine } from './counting-line.js';
import { Decision, type Verdict } from './decision.js';
import type { DecisionRules } from './decision-rules.js';
import { restMs } from './detection-rate.js';
import { lookAt } from './looking.js';
import { MotionGate } from './motion.js';
import { personBoxes, SHOWN_MS } from './person-boxes.js';
import { loseAll, noTracks, track } from './tracker.js';
import type { Track, TrackerEvent, TrackerState } from './tracks.types.js';
import type { DetectedFace, FaceEngine, YuvFrame } from './vision.types.js';
import type { PersonBox, PipelineCounters, VisionEvent } from './vision-events.types.js';
import { inZone, type Zone } from './zone.js';

export interface PipelineOptions {
	readonly camera: string;
	/** null: nobody is counted. */
	readonly line: CountingLine | null;
	/** zone: only faces inside `zone` are described. entrance: every face is. */
	readonly trigger: 'zone' | 'entrance';
	/** null with the trigger `zone`: faces and bodies are counted, none is described. */
	readonly zone: Zone | null;
	readonly engine: FaceEngine;
	readonly gallery: Gallery;
	/** Asked for each person anew: the threshold follows the gallery. */
	readonly rules: () => DecisionRules;
	/** What the rules' threshold comes from. */
	readonly calibration: ThresholdSource;
	/** CLOCK_MONOTONIC ms, for the counters. */
	readonly nowMs: () => number;
}

/** The store's own calibration, the recogniser's shipped one, or the settings. */
export type ThresholdSource = Extract<FaceEvidence, { verdict: 'known' }>['calibration'];

export interface Analysis {
	readonly events: readonly VisionEvent[];
	readonly boxes: readonly PersonBox[];
}

/** The detector looks at all of a source's first frames, and from then on as often as `restMs` says. */
const FIRST_FRAMES = 5;
/** While somebody calibrates the camera the detector looks this often at least, ms: as often as at somebody whose face is waited for. */
const CALIBRATION_MS = 200;
/** Frames do not come evenly: one that is early by this much still is the one whose turn it is. */
const EARLY_MS = 30;
/** Faces described in one frame at most; the others' turn comes with the next. */
const DESCRIBED_A_FRAME = 2;

/** What a camera knows of a track beside where it is. */
interface Person {
	readonly decision: Decision;
	position: LinePosition | null;
}

/**
 * One camera: frame -> motion -> faces -> tracks -> decisions and crossings. Frames go in one after the other; `process` may
 * read the frame until it resolves.
 */
export class Pipeline {
	/** Somebody calibrates this camera: faces are looked for all the time, for `look`. */
	calibrating = false;
	readonly #options: PipelineOptions;
	readonly #gate = new MotionGate();
	readonly #people = new Map<number, Person>();
	#tracks: TrackerState = noTracks;
	#lastDetectionMs = Number.NEGATIVE_INFINITY;
	#counters = {
		frames: 0,
		motionMs: 0,
		detections: 0,
		detectMs: 0,
		describedInside: 0,
		describedOutside: 0,
		describeMs: 0,
		tracks: 0,
		crossings: 0,
	};

	constructor(options: PipelineOptions) {
		this.#options = options;
	}

	get counters(): PipelineCounters {
		return { ...this.#counters };
	}

	async process(frame: YuvFrame): Promise<Analysis> {
		const { nowMs } = this.#options;
		const counters = this.#counters;
		const begun = nowMs() - counters.detectMs;
		const bodies = findBodies(this.#gate.look(frame));
		const seen = { width: frame.width, height: frame.height, bodies };
		let faces = this.#shouldDetect(frame, bodies) ? await this.#detect(frame) : null;
		let next = track(this.#tracks, { ...seen, faces }, frame.mediaMs);
		if (faces === null && this.#mayBeWrongAboutTheLine(frame, next.state)) {
			faces = await this.#detect(frame);
			next = track(this.#tracks, { ...seen, faces }, frame.mediaMs);
		}
		this.#tracks = next.state;
		counters.frames++;
		counters.motionMs += nowMs() - counters.detectMs - begun;
		return {
			events: await this.#tell(frame, next.events),
			boxes: personBoxes(this.#tracks.tracks, frame, (track) => this.#knownAs(track)),
		};
	}

	/** The faces of the frame that was processed last, as recognition would see them; null when the detector did not look at it. */
	async look(frame: YuvFrame): Promise<Look | null> {
		return this.#lastDetectionMs === frame.mediaMs ? lookAt(this.#options.engine, frame, this.#tracks.tracks) : null;
	}

	/** The next frame's picture is another although nobody has moved. */
	learnScene(): void {
		this.#gate.forget();
	}

	/** The source has ended, or begins anew in another size: everybody is lost, and everything remembered of them is wiped. */
	end(frame: Pick<YuvFrame, 'mediaMs' | 'receivedMs'>): VisionEvent[] {
		const { state, events } = loseAll(this.#tracks);
		this.#tracks = state;
		return this.#lost(frame, events);
	}

	async #detect(frame: YuvFrame): Promise<DetectedFace[]> {
		const { engine, nowMs } = this.#options;
		const begun = nowMs();
		const faces = await engine.detect(frame);
		this.#counters.detections++;
		this.#counters.detectMs += nowMs() - begun;
		this.#lastDetectionMs = frame.mediaMs;
		return faces;
	}

	#shouldDetect({ mediaMs }: YuvFrame, bodies: readonly Body[]): boolean {
		if (this.#counters.frames < FIRST_FRAMES) return true;
		const watched = this.#tracks.tracks.map((track) => ({ track, open: this.#person(track.id).decision.isOpen }));
		// A clock that jumps back lets nobody wait.
		const rest = restMs(watched, bodies, mediaMs);
		return Math.abs(mediaMs - this.#lastDetectionMs) >= (this.calibrating ? Math.min(rest, CALIBRATION_MS) : rest) - EARLY_MS;
	}

	/** Somebody whose face is known crosses by what their outline says, which is coarser than their face: that is looked at first. */
	#mayBeWrongAboutTheLine({ width, height, mediaMs }: YuvFrame, { tracks }: TrackerState): boolean {
		if (!this.#options.line) return false;
		const line = lineInPixels(this.#options.line, width, height);
		return tracks.some(({ id, head, lastFace }) => {
			if (!lastFace || mediaMs - lastFace.ms > SHOWN_MS) return false;
			return stepOverLine(line, this.#people.get(id)?.position ?? null, head).crossing !== null;
		});
	}

	async #tell(frame: YuvFrame, tracked: readonly TrackerEvent[]): Promise<VisionEvent[]> {
		const events: VisionEvent[] = [];
		for (const { kind, track } of tracked) {
			if (kind !== 'appeared') continue;
			this.#counters.tracks++;
			events.push({ kind, ...this.#at(frame), track: track.id, box: boxOf(track) });
		}
		events.push(...(await this.#decide(frame)), ...this.#cross(frame), ...this.#lost(frame, tracked));
		return events;
	}

	#at(frame: Pick<YuvFrame, 'mediaMs' | 'receivedMs'>) {
		return { camera: this.#options.camera, mediaMs: frame.mediaMs, at: frame.receivedMs };
	}

	#person(id: number): Person {
		const known = this.#people.get(id);
		if (known) return known;
		const person: Person = { decision: new Decision(this.#options.rules(), this.#options.engine.descriptorLength), position: null };
		this.#people.set(id, person);
		return person;
	}

	#knownAs(track: number): string | null {
		const verdict = this.#people.get(track)?.decision.verdict;
		return typeof verdict === 'object' ? verdict.person : null;
	}

	/** Describes the largest faces that undecided people show, where faces may be described. */
	async #decide(frame: YuvFrame): Promise<VisionEvent[]> {
		const { engine, gallery, nowMs } = this.#options;
		const wanted = this.#tracks.tracks
			.flatMap(({ id, face }) => (face ? [{ id, face, decision: this.#person(id).decision }] : []))
			.filter(({ face, decision }) => this.#mayDescribe(frame, face) && decision.wants(face, frame.mediaMs))
			.sort((a, b) => b.face.box.width - a.face.box.width)
			.slice(0, DESCRIBED_A_FRAME);
		if (wanted.length === 0) return [];
		const decided = ({ id, face, decision }: (typeof wanted)[number], verdict: Verdict | null): VisionEvent[] =>
			verdict === null ? [] : [this.#decided(frame, id, verdict, decision, face)];
		// With nobody to compare with, a readable face is nobody's without being described.
		if (gallery.size === 0) return wanted.flatMap((one) => decided(one, one.decision.nobodyToKnow(one.face)));

		const begun = nowMs();
		const described = await engine.describe(
			frame,
			wanted.map(({ face }) => face),
		);
		this.#counters.describeMs += nowMs() - begun;
		for (const { face } of wanted) {
			if (this.#isInside(frame, face)) this.#counters.describedInside++;
			else this.#counters.describedOutside++;
		}
		const search = async (probe: Float32Array) => (await gallery.nearest([probe]))[0] ?? null;
		const events: VisionEvent[] = [];
		for (const [i, one] of wanted.entries()) {
			events.push(...decided(one, await one.decision.take(one.face, described[i] ?? null, search, frame.mediaMs)));
		}
		return events;
	}

	#decided(
		frame: Pick<YuvFrame, 'mediaMs' | 'receivedMs'>,
		track: number,
		verdict: Verdict,
		{ score, evidence }: Decision,
		{ box }: Pick<DetectedFace, 'box'>,
	): VisionEvent {
		const { engine, calibration } = this.#options;
		const person = typeof verdict === 'object' ? verdict : null;
		const whole = evidence?.verdict === 'known' ? { ...evidence, model: engine.modelId, calibration } : evidence;
		return { kind: 'decided', ...this.#at(frame), track, person, score, box, evidence: whole };
	}

	#mayDescribe(frame: YuvFrame, face: DetectedFace): boolean {
		return this.#options.trigger === 'entrance' || (this.#options.zone !== null && this.#isInside(frame, face));
	}

	#isInside(frame: YuvFrame, face: DetectedFace): boolean {
		const { trigger, zone } = this.#options;
		if (trigger === 'entrance') return true;
		const at = middle(face.box);
		return zone !== null && inZone(zone, { x: at.x / frame.width, y: at.y / frame.height });
	}

	/** A track that has not appeared yet keeps its first position, so that a quick walk over the line is counted once it has. */
	#cross(frame: YuvFrame): VisionEvent[] {
		if (!this.#options.line) return [];
		const line = lineInPixels(this.#options.line, frame.width, frame.height);
		const events: VisionEvent[] = [];
		for (const one of this.#tracks.tracks) {
			const person = this.#person(one.id);
			if (one.seenMs !== frame.mediaMs || (person.position !== null && !one.appeared)) continue;
			const { position, crossing } = stepOverLine(line, person.position, one.head);
			person.position = position;
			if (!crossing) continue;
			this.#counters.crossings++;
			const { verdict } = person.decision;
			events.push({
				kind: 'crossing',
				...this.#at(frame),
				track: one.id,
				direction: crossing,
				decided: verdict === 'unseen' ? 'undecided' : verdict,
				faces: one.faces,
			});
		}
		return events;
	}

	#lost(frame: Pick<YuvFrame, 'mediaMs' | 'receivedMs'>, tracked: readonly TrackerEvent[]): VisionEvent[] {
		const events: VisionEvent[] = [];
		for (const { kind, track: one } of tracked) {
			if (kind !== 'lost') continue;
			const { decision } = this.#person(one.id);
			const verdict = decision.close((probe) => this.#options.gallery.search(probe));
			if (verdict !== null && verdict !== 'unseen' && one.lastFace) {
				events.push(this.#decided(frame, one.id, verdict, decision, one.lastFace));
			}
			const decided = decision.verdict === 'undecided' ? 'unseen' : decision.verdict;
			events.push({ kind, ...this.#at(frame), track: one.id, decided, faces: one.faces, firstMs: one.firstMs });
		}
		// Flickers that never appeared are forgotten without a word.
		const alive = new Set(this.#tracks.tracks.map(({ id }) => id));
		for (const [id, { decision }] of this.#people) {
			if (alive.has(id)) continue;
			decision.close((probe) => this.#options.gallery.search(probe));
			this.#people.delete(id);
		}
		return events;
	}
}

function boxOf(one: Track) {
	return one.face?.box ?? one.body ?? { x: one.head.x, y: one.head.y, width: 0, height: 0 };
}
