import type { Look } from '../../calibration/camera/observed.js';
import { middle } from './association.js';
import type { Track } from './tracks.types.js';
import type { FaceEngine, YuvFrame } from './vision.types.js';

/** One luma sample in this many is enough for the picture's brightness. */
const EVERY = 61;

/** Measures the faces that the detector found in this frame, for calibrating the camera. Nobody's descriptor is made. */
export async function lookAt(engine: Pick<FaceEngine, 'assess'>, frame: YuvFrame, tracks: readonly Track[]): Promise<Look> {
	const seen = tracks.flatMap(({ id, face }) => (face ? [{ id, face }] : []));
	const assessed = await engine.assess(
		frame,
		seen.map(({ face }) => face),
	);
	const { width, height, mediaMs } = frame;
	return {
		...{ ms: mediaMs, width, height, brightness: brightness(frame) },
		faces: seen.flatMap(({ id, face }, i) => {
			const found = assessed[i];
			if (!found) return [];
			const { x, y } = middle(face.box);
			return [{ pass: id, x: x / width, y: y / height, ...found.quality, noseHeight: found.noseHeight }];
		}),
	};
}

/** Mean grey, 0..255, of a limited-range picture. */
function brightness({ width, height, data }: YuvFrame): number {
	let sum = 0;
	let count = 0;
	for (let i = 0; i < width * height; i += EVERY, count++) sum += data[i] as number;
	return Math.min(255, Math.max(0, ((sum / count - 16) * 255) / 219));
}
