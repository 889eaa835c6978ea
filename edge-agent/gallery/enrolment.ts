import type { PhotographRefusal } from '../contract/consent.api.js';
import { facesInPhoto, mainFace } from '../vision/photo-faces.js';
import type { DetectedFace, FaceEngine, YuvFrame } from '../vision/vision.types.js';
import { isDark, tooDark, unfit } from './photo-limits.js';

/** Why a photograph cannot be enrolled, with what to do about it. */
export class EnrolmentError extends Error {
	override readonly name = 'EnrolmentError';
	constructor(
		readonly reason: PhotographRefusal,
		message: string,
		/** Whom the face is already enrolled as. */
		readonly other: string | null = null,
	) {
		super(message);
	}
}

/**
 * Makes a template's descriptor from a photograph that shows exactly one face.
 * @throws EnrolmentError when there is no face, more than one, or one that is not fit (`photo-limits.ts`)
 */
export async function describePhoto(engine: FaceEngine, photo: YuvFrame): Promise<Float32Array> {
	const faces = await facesInPhoto(engine, photo);
	const [face] = faces;
	if (!face) throw isDark(photo) ? new EnrolmentError(tooDark.reason, tooDark.message) : noFace();
	if (faces.length > 1) throw new EnrolmentError('several-faces', `${faces.length} faces found; use a photograph of this person alone`);
	const described = await describe(engine, photo, face);
	const fault = unfit(described.quality);
	if (fault) {
		described.descriptor.fill(0);
		throw new EnrolmentError(fault.reason, fault.message);
	}
	return described.descriptor;
}

/**
 * The descriptor of the face that a photograph is of, whoever else is on it and however small it is: for measuring, not for enrolling.
 * @throws EnrolmentError when there is no face
 */
export async function describeMainFace(engine: FaceEngine, photo: YuvFrame): Promise<Float32Array> {
	const sure = mainFace(await facesInPhoto(engine, photo), photo);
	const face = sure ?? mainFace(await facesInPhoto(engine, photo, true), photo);
	if (!face) throw noFace();
	return (await describe(engine, photo, face)).descriptor;
}

async function describe(engine: FaceEngine, photo: YuvFrame, face: DetectedFace) {
	const [described] = await engine.describe(photo, [face]);
	if (!described) throw new EnrolmentError('no-face', 'the face cannot be read; use a photograph that shows it from the front');
	return described;
}

function noFace(): EnrolmentError {
	return new EnrolmentError('no-face', 'no face found; use a photograph that shows the face from the front, well lit');
}
