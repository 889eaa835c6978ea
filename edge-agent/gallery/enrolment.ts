import type { FaceEngine, YuvFrame } from '../vision/vision.types.js';

/** Pixels between the eyes below which a photograph makes no template worth keeping. */
const MIN_EYE_DISTANCE = 24;

/** Why a photograph cannot be enrolled, with what to do about it. */
export class EnrolmentError extends Error {
	override readonly name = 'EnrolmentError';
}

/**
 * Makes a template's descriptor from a photograph that shows exactly one face.
 * @throws EnrolmentError when there is no face, more than one, or one too small to read
 */
export async function describePhoto(engine: FaceEngine, photo: YuvFrame): Promise<Float32Array> {
	const faces = await engine.detect(photo);
	if (faces.length === 0) throw new EnrolmentError('no face found; use a photograph that shows the face from the front, well lit');
	if (faces.length > 1) throw new EnrolmentError(`${faces.length} faces found; use a photograph of this person alone`);
	const [described] = await engine.describe(photo, faces);
	if (!described) throw new EnrolmentError('the face cannot be read; use a photograph that shows it from the front');
	if (described.quality.eyeDistance < MIN_EYE_DISTANCE) {
		described.descriptor.fill(0);
		throw new EnrolmentError(
			`the face is too small (${Math.round(described.quality.eyeDistance)} px between the eyes, at least ${MIN_EYE_DISTANCE} are needed); use a larger photograph`,
		);
	}
	return described.descriptor;
}
