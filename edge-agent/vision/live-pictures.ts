import type { LivePicture } from '../contract/sockets.js';
import type { AnalysedPicture } from './vision-messages.js';

/** An analysed frame as a screen shows it, with the names of the people in it who opted in. */
export function livePicture({ camera, jpeg, boxes, line, look }: AnalysedPicture, names: ReadonlyMap<string, string>): LivePicture {
	return {
		camera,
		jpeg,
		line,
		look,
		boxes: boxes.map(({ x, y, width, height, kind, person }) => ({
			...{ x, y, width, height, kind },
			label: person === null ? null : (names.get(person) ?? null),
		})),
	};
}
