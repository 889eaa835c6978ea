import { fromRegion, regionOf } from './region.js';
import type { Box, DetectedFace, FaceEngine, YuvFrame } from './vision.types.js';

/** About the side of the detectors' inputs. */
const INPUT = 640;

/**
 * Faces in a photograph, best score first. A photograph does not press for time, and nobody takes another one at once: where no face
 * is found at first, it is looked at again with as much black around it (a face that fills the picture is larger than
 * detectors know faces to be), and then in four parts that overlap (small faces in a large picture).
 *
 * @param faint also those of which the detector is less sure
 */
export async function facesInPhoto(engine: Pick<FaceEngine, 'detect'>, photo: YuvFrame, faint = false): Promise<DetectedFace[]> {
	const faces = await engine.detect(photo, faint);
	if (faces.length > 0) return faces;
	const { width, height } = photo;
	const side = 2 * Math.max(width, height);
	const padded = await facesIn(engine, photo, { x: (width - side) / 2, y: (height - side) / 2, width: side, height: side }, faint);
	if (padded.length > 0 || side <= 2 * INPUT) return padded;
	const [partWidth, partHeight] = [0.6 * width, 0.6 * height];
	for (const y of [0, height - partHeight]) {
		for (const x of [0, width - partWidth]) {
			const found = await facesIn(engine, photo, { x, y, width: partWidth, height: partHeight }, faint);
			if (found.length > 0) return found;
		}
	}
	return [];
}

/**
 * Of several faces the one that the photograph is of: the largest near the centre (as InsightFace chooses: area less twice the squared
 * distance of the box's middle from the picture's).
 */
export function mainFace(faces: readonly DetectedFace[], photo: { readonly width: number; readonly height: number }): DetectedFace | null {
	const worth = ({ box }: DetectedFace): number => {
		const away = Math.hypot(box.x + box.width / 2 - photo.width / 2, box.y + box.height / 2 - photo.height / 2);
		return box.width * box.height - 2 * away * away;
	};
	return faces.reduce<DetectedFace | null>((best, face) => (best === null || worth(face) > worth(best) ? face : best), null);
}

async function facesIn(engine: Pick<FaceEngine, 'detect'>, photo: YuvFrame, part: Box, faint: boolean): Promise<DetectedFace[]> {
	const region = regionOf(photo, part, INPUT);
	return (await engine.detect(region.frame, faint)).map((face) => fromRegion(region, face));
}
