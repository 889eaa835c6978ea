import type { Track } from './tracks.types.js';
import type { Box, YuvFrame } from './vision.types.js';
import type { PersonBox } from './vision-events.types.js';

/** Between two looks of the detector a face is taken to be where the head is, for this long. */
export const SHOWN_MS = 600;

/** Who is in the frame, for people to look at: bodies and faces, in parts of the picture. @param personOf whom a track was recognised as */
export function personBoxes(tracks: readonly Track[], frame: YuvFrame, personOf: (track: number) => string | null): PersonBox[] {
	const boxes: PersonBox[] = [];
	for (const one of tracks) {
		if (!one.appeared || one.seenMs !== frame.mediaMs) continue;
		const person = personOf(one.id);
		for (const [kind, box] of [
			['body', one.body],
			['face', one.face?.box ?? shownFace(one, frame.mediaMs)],
		] as const) {
			if (!box) continue;
			const x = Math.max(0, box.x) / frame.width;
			const y = Math.max(0, box.y) / frame.height;
			const width = Math.min(frame.width, box.x + box.width) / frame.width - x;
			const height = Math.min(frame.height, box.y + box.height) / frame.height - y;
			if (width > 0 && height > 0) boxes.push({ track: one.id, kind, x, y, width, height, person });
		}
	}
	return boxes;
}

/** The face where the head is by now, when the detector has not looked. */
function shownFace({ lastFace, head }: Track, nowMs: number): Box | null {
	if (!lastFace || nowMs - lastFace.ms > SHOWN_MS) return null;
	const { width, height } = lastFace.box;
	return { x: head.x - width / 2, y: head.y - height / 2, width, height };
}
