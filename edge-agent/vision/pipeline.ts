import type { Gallery } from '../gallery/gallery.js';
import { middle } from './association.js';
import { findBodies } from './bodies.js';
import { type CountingLine, type LinePosition, lineInPixels, stepOverLine } from './counting-line.js';
import { Decision, type DecisionRules, type Verdict } from './decision.js';
import { MotionGate } from './motion.js';
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
	/** CLOCK_MONOTONIC ms, for the counters. */
	readonly nowMs: () => number;
}

export interface Analysis {
	readonly events: readonly VisionEvent[];
	readonly boxes: readonly PersonBox[];
}

/** The detector looks at a source's first frames, at all while somebody is there, and else this often: people who stand still are found too. */
const FIRST_FRAMES = 5;
const HEARTBEAT_MS = 1000;
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
		const { engine, nowMs } = this.#options;
		const counters = this.#counters;
		const begun = nowMs();
		const bodies = findBodies(this.#gate.look(frame));
		const looked = nowMs();
		const faces = this.#shouldDetect(frame, bodies.length > 0) ? await engine.detect(frame) : null;
		const detected = nowMs();
		const { state, events } = track(this.#tracks, { width: frame.width, height: frame.height, bodies, faces }, frame.mediaMs);
		this.#tracks = state;
		counters.frames++;
		counters.motionMs += looked - begun + (nowMs() - detected);
		if (faces) {
			counters.detections++;
			counters.detectMs += detected - looked;
			this.#lastDetectionMs = frame.mediaMs;
		}
		return { events: await this.#tell(frame, events), boxes: this.#boxes(frame) };
	}

	/** The source has ended, or begins anew in another size: everybody is lost, and everything remembered of them is wiped. */
	end(frame: Pick<YuvFrame, 'mediaMs' | 'receivedMs'>): VisionEvent[] {
		const { state, events } = loseAll(this.#tracks);
		this.#tracks = state;
		return this.#lost(frame, events);
	}

	#shouldDetect(frame: YuvFrame, somethingMoves: boolean): boolean {
		if (somethingMoves || this.#tracks.tracks.length > 0 || this.#counters.frames < FIRST_FRAMES) return true;
		return Math.abs(frame.mediaMs - this.#lastDetectionMs) >= HEARTBEAT_MS;
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
			verdict === null ? [] : [decisionEvent(this.#at(frame), id, verdict, decision.score, face)];
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
		return wanted.flatMap((one, i) =>
			decided(
				one,
				one.decision.take(one.face, described[i] ?? null, (probe) => gallery.search(probe), frame.mediaMs),
			),
		);
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
				events.push(decisionEvent(this.#at(frame), one.id, verdict, decision.score, one.lastFace));
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

	#boxes(frame: YuvFrame): PersonBox[] {
		const boxes: PersonBox[] = [];
		for (const one of this.#tracks.tracks) {
			if (!one.appeared || one.seenMs !== frame.mediaMs) continue;
			const verdict = this.#people.get(one.id)?.decision.verdict;
			const person = typeof verdict === 'object' ? verdict.person : null;
			for (const [kind, box] of [
				['body', one.body],
				['face', one.face?.box],
			] as const) {
				if (!box) continue;
				const x = Math.max(0, box.x) / frame.width;
				const y = Math.max(0, box.y) / frame.height;
				const width = Math.min(frame.width, box.x + box.width) / frame.width - x;
				const height = Math.min(frame.height, box.y + box.height) / frame.height - y;
				if (width > 0 && height > 0) boxes.push({ track: one.id, kind, x, y, width, height, person });
			}
		}
		return boxes;
	}
}

function boxOf(one: Track) {
	return one.face?.box ?? one.body ?? { x: one.head.x, y: one.head.y, width: 0, height: 0 };
}

function decisionEvent(
	at: { readonly camera: string; readonly mediaMs: number; readonly at: number },
	track: number,
	verdict: Verdict,
	score: number | null,
	{ box }: Pick<DetectedFace, 'box'>,
): VisionEvent {
	return { kind: 'decided', ...at, track, person: typeof verdict === 'object' ? verdict : null, score, box };
}
