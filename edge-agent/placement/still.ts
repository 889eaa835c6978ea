import type { Gallery } from '../gallery/gallery.js';
import { defaultRules, isFit } from '../vision/decision-rules.js';
import { bestOf, overlap } from '../vision/detectors/overlap.js';
import { Preview } from '../vision/preview.js';
import type { Box, DetectedFace, FaceEngine, YuvFrame } from '../vision/vision.types.js';
import { inZone, type Zone } from '../vision/zone.js';
import { facesEverywhere } from './faces-everywhere.js';
import { around, pixelate, restore } from './hide.js';
import type { StillPicture } from './placement.messages.js';

export interface StillOptions {
	readonly engine: FaceEngine;
	/** Whose faces may be shown. */
	readonly gallery: Gallery;
	readonly threshold: () => number;
	/** Nobody outside of it is compared with the gallery; null: there is no zone. */
	readonly zone: Zone | null;
}

/** A face that was within this time of the picture is hidden there, too: the detector may have missed it in between. ms */
const LATELY = 2000;
/** Two boxes that overlap by this much are one face. */
const SAME = 0.3;
/** A box of which this much lies in another is a part of that face: whoever really were in front of it would keep it from being known. */
const PART_OF = 0.7;
/** What of a face's box is shown with it. */
const SHOWN_AROUND = 0.25;
/** And what of a stranger's is hidden with it, even where it is another's face. */
const AT_LEAST_AROUND = 0.1;
/** A picture is chosen anew only for a face larger by this. */
const BETTER = 1.15;
/** How often faces are compared with the gallery while a picture is looked for, ms. */
const COMPARED_MS = 500;
/** How often the detector may find yet another face in a picture that hides all that it found before. */
const CHECKS = 6;

/**
 * The one picture that a report shows. Whoever is not known for sure to have agreed is hidden in it, and so is every place where a face was
 * seen lately; then the detector looks again, until it finds nobody else. Where it always does, there is no picture.
 */
export class Still {
	readonly #options: StillOptions;
	/** Where faces were, and when. */
	readonly #places: { readonly ms: number; readonly box: Box }[] = [];
	#comparedMs = Number.NEGATIVE_INFINITY;
	#chosen: { readonly frame: YuvFrame; readonly worth: number; readonly known: boolean } | null = null;

	constructor(options: StillOptions) {
		this.#options = options;
	}

	/** A frame, which may be read until this resolves, and the faces in it. */
	async offer(frame: YuvFrame, faces: readonly Box[]): Promise<void> {
		for (const box of faces) this.#places.push({ ms: frame.mediaMs, box });
		const worth = Math.max(1, ...faces.map(({ width }) => width));
		const larger = !this.#chosen || worth >= BETTER * this.#chosen.worth;
		const known = faces.length > 0 && (larger || !this.#chosen?.known) && (await this.#showsSomebody(frame));
		if (known === (this.#chosen?.known ?? false) ? larger : known)
			this.#chosen = { frame: { ...frame, data: frame.data.slice() }, worth, known };
	}

	/** Null when no frame was offered, or somebody cannot be hidden. The chosen frame is forgotten. */
	async take(): Promise<StillPicture | null> {
		const { engine } = this.#options;
		if (!this.#chosen) return null;
		const { frame } = this.#chosen;
		this.#chosen = null;
		const before = { ...frame, data: frame.data.slice() };
		// The surest find of each face, small ones too.
		const faces = bestOf(await facesEverywhere(engine, frame), SAME);
		const known = await this.#known(frame, faces);
		for (const { ms, box } of this.#places) if (Math.abs(ms - frame.mediaMs) <= LATELY) pixelate(frame, around(box));
		for (const { box } of known) restore(frame, before, around(box, SHOWN_AROUND));
		/** What is around a stranger's face may be the face of whoever agreed; what is in its box may not. */
		const hide = (others: readonly DetectedFace[], cells?: number) => {
			for (const { box } of others) pixelate(frame, around(box), cells);
			for (const { box } of known) restore(frame, before, box);
			for (const { box } of others) pixelate(frame, around(box, AT_LEAST_AROUND), cells);
		};
		const isKnown = ({ box }: DetectedFace) => known.some((one) => overlap(one.box, box) > SAME || partWithin(box, one.box) > PART_OF);
		hide(faces.filter((face) => !isKnown(face)));
		let hidden = false;
		for (let check = 0; check < CHECKS && !hidden; check++) {
			const others = (await facesEverywhere(engine, frame)).filter((face) => !isKnown(face));
			// In one colour: what is left of cells must not look like a face again.
			hide(others, 1);
			hidden = others.length === 0;
		}
		before.data.fill(0);
		if (!hidden) return null;
		const assessed = await engine.assess(frame, known);
		return {
			jpeg: new Uint8Array(await new Preview().jpeg(frame)),
			...{ width: frame.width, height: frame.height },
			faces: [
				...known.map(({ box }, i) => ({ box, eyeDistance: assessed[i]?.quality.eyeDistance ?? null, shown: true })),
				...faces.filter((face) => !isKnown(face)).map(({ box }) => ({ box, eyeDistance: null, shown: false })),
			],
		};
	}

	/** Whether the frame has a face to show. Asked of a frame now and then, no two in a row. */
	async #showsSomebody(frame: YuvFrame): Promise<boolean> {
		const { engine, gallery } = this.#options;
		if (gallery.size === 0 || frame.mediaMs - this.#comparedMs < COMPARED_MS) return false;
		this.#comparedMs = frame.mediaMs;
		return (await this.#known(frame, await engine.detect(frame))).length > 0;
	}

	/** Those of the faces that are somebody's who agreed. In doubt nobody's: too small, turned away, blurred. */
	async #known(frame: YuvFrame, faces: readonly DetectedFace[]): Promise<DetectedFace[]> {
		const { engine, gallery, threshold, zone } = this.#options;
		const compared = faces.filter(({ box }) => {
			const at = { x: (box.x + box.width / 2) / frame.width, y: (box.y + box.height / 2) / frame.height };
			return gallery.size > 0 && (zone === null || inZone(zone, at));
		});
		if (compared.length === 0) return [];
		const described = await engine.describe(frame, compared);
		return compared.filter((_, i) => {
			const face = described[i];
			if (!face) return false;
			const { descriptor, quality } = face;
			const nearest = gallery.search(descriptor);
			descriptor.fill(0);
			return isFit(quality, defaultRules) && nearest !== null && nearest.best.distance <= threshold();
		});
	}
}

/** The share of the first box that lies in the second. */
function partWithin({ x, y, width, height }: Box, outer: Box): number {
	const across = Math.min(x + width, outer.x + outer.width) - Math.max(x, outer.x);
	const down = Math.min(y + height, outer.y + outer.height) - Math.max(y, outer.y);
	return (Math.max(0, across) * Math.max(0, down)) / (width * height);
}
