import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderClip } from '../../../edge-agent/demo/clip.source.js';
import type { Look } from '../../../edge-agent/demo/drawing/look.js';
import { decode } from '../../../edge-agent/demo/encoder.source.js';
import type { Film } from '../../../edge-agent/demo/film.js';
import { persons } from '../../../edge-agent/demo/persons.js';
import type { Walk } from '../../../edge-agent/demo/walk.js';
import type { DetectedFace, FaceEngine, YuvFrame } from '../../../edge-agent/vision/vision.types.js';

const look = (index: number): Look => {
	const found = persons[index];
	if (!found) throw new Error('the pool of drawn persons is too small');
	return found;
};

/** The customer who withdraws, the one who stays, and the stranger. */
export const cast = { customer: look(0), other: look(7), stranger: look(1) };

const walk = (startMs: number): Walk => ({ path: 'in', view: 'front', startMs, pace: 1.25, lane: 0, sway: 0.08, phase: 0.2 });
const STRANGER_MS = 12_000;

/** The customer walks in and out of the picture, then the stranger: a demo in short. */
export const film: Film = {
	durationMs: 23_000,
	actors: [
		{ look: cast.customer, walks: [walk(0)] },
		{ look: cast.stranger, walks: [walk(STRANGER_MS)] },
	],
};

/** The film's file, in a folder that is not the data directory's. */
export function filmFile(directory: string): Promise<string> {
	return renderClip(film, 'traces', { directory, ffmpeg: 'ffmpeg', onProgress: () => {}, signal: new AbortController().signal });
}

/** What the engine sees of a person on the film: every readable face's descriptor and its pixels. */
export interface Seen {
	readonly descriptors: Float32Array[];
	/** The brightness of each face's rows, and the same in RGB. */
	readonly crops: Uint8Array[];
	/** One whole frame with the person large in it. */
	frame: YuvFrame | null;
}

/** Looks at every frame in which the stranger is alone, with the same networks as the product. */
export async function seeStranger(engine: FaceEngine, file: string): Promise<Seen> {
	const seen: Seen = { descriptors: [], crops: [], frame: null };
	let index = 0;
	for await (const frame of decode('ffmpeg', file)) {
		const ms = (index++ * 1000) / 25;
		// The customer has left the picture long before.
		if (ms < STRANGER_MS) continue;
		const [face] = await engine.detect(frame);
		if (!face || face.box.width < 55) continue;
		const [described] = await engine.describe(frame, [face]);
		if (!described) continue;
		seen.descriptors.push(described.descriptor);
		seen.crops.push(cropOf(frame, face));
		// Wholly in the picture, and as large as that.
		if (face.box.x + face.box.width < 1000) seen.frame = frame;
	}
	return seen;
}

function cropOf({ width, height, data }: YuvFrame, { box }: DetectedFace): Uint8Array {
	const [left, top] = [Math.max(0, Math.floor(box.x)), Math.max(0, Math.floor(box.y))];
	const [right, bottom] = [Math.min(width, Math.ceil(box.x + box.width)), Math.min(height, Math.ceil(box.y + box.height))];
	const rows: Uint8Array[] = [];
	for (let y = top; y < bottom; y++) rows.push(data.slice(y * width + left, y * width + right));
	return Buffer.concat(rows);
}

export function temporaryFolder(name: string): Promise<string> {
	return mkdtemp(join(tmpdir(), `showroom-${name}-`));
}

/** Every file below a folder, whole. */
export async function filesOf(folder: string): Promise<{ readonly path: string; readonly bytes: Buffer }[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
	return Promise.all(paths.map(async (path) => ({ path, bytes: await readFile(path) })));
}
