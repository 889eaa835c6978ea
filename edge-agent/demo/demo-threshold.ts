import { distances } from '../gallery/distance.js';
import type { EnrolmentDesk } from '../gallery/enrolment.client.js';
import { EnrolmentError } from '../gallery/enrolment.js';
import { type CalibrationFaces, type DemoThreshold, demoThreshold } from './calibrate.js';
import { calibrationPictures } from './calibration-pictures.source.js';
import type { ClipOptions } from './clip.source.js';
import type { Look } from './drawing/look.js';
import { enrolmentPhotos } from './photos.js';

/** Persons looked at; more make the demo start later and the threshold little better. */
const PERSONS = 5;

/** Sets the demo's threshold on drawn persons who are not in the film. */
export async function calibrateDemo(desk: EnrolmentDesk, looks: readonly Look[], name: string, clips: ClipOptions): Promise<DemoThreshold> {
	const people = looks.slice(0, PERSONS);
	const faces: (CalibrationFaces & { templates: Float32Array[]; probes: Float32Array[] })[] = [];
	for (const look of people) {
		const photos = await enrolmentPhotos(look);
		faces.push({ templates: await Promise.all(photos.map((photo) => desk.describe(photo))), probes: [] });
	}
	for await (const { look, frame } of calibrationPictures(people, name, clips)) {
		const probe = await desk.describe(frame).catch((error) => {
			if (error instanceof EnrolmentError) return null;
			throw error;
		});
		if (probe) faces[people.indexOf(look)]?.probes.push(probe);
	}
	return demoThreshold(faces, distances[desk.metric]);
}
