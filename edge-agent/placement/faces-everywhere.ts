import { fromRegion, regionOf } from '../vision/region.js';
import type { DetectedFace, FaceEngine, YuvFrame } from '../vision/vision.types.js';

/** Side of the parts: where the detectors see every pixel, the SSD with its small input too. */
const PART = 384;

/**
 * Every face that the detector finds in a frame, those too of which it is not sure: in the whole, and in parts that overlap by half, where it
 * sees faces that it misses in the whole. The same face may be answered more than once.
 */
export async function facesEverywhere(engine: Pick<FaceEngine, 'detect'>, frame: YuvFrame): Promise<DetectedFace[]> {
	const faces = [...(await engine.detect(frame, true))];
	for (const y of starts(frame.height)) {
		for (const x of starts(frame.width)) {
			const region = regionOf(frame, { x, y, width: Math.min(PART, frame.width), height: Math.min(PART, frame.height) }, PART);
			for (const face of await engine.detect(region.frame, true)) faces.push(fromRegion(region, face));
		}
	}
	return faces;
}

function starts(length: number): number[] {
	const count = Math.max(1, Math.ceil((2 * length) / PART) - 1);
	return Array.from({ length: count }, (_, i) => (count === 1 ? 0 : (i * (length - PART)) / (count - 1)));
}
