import type { YuvFrame } from '../vision/vision.types.js';
import { calibrationFilm, calibrationPerson } from './calibrate.js';
import { type ClipOptions, renderClip } from './clip.source.js';
import type { Look } from './drawing/look.js';
import { decode } from './encoder.source.js';

/**
 * Pictures of persons at walking sizes, through the same camera and H.264 encoder as the demo's clip: several of each, one
 * person a picture.
 *
 * @param name of the film in the clips' folder
 */
export async function* calibrationPictures(
	looks: readonly Look[],
	name: string,
	options: ClipOptions,
): AsyncGenerator<{ readonly look: Look; readonly frame: YuvFrame }> {
	const file = await renderClip(calibrationFilm(looks), name, options);
	let count = 0;
	for await (const frame of decode(options.ffmpeg, file)) {
		const person = calibrationPerson(count++);
		const look = person === null ? undefined : looks[person];
		if (look) yield { look, frame };
	}
}
