import type { Instant } from '../contract/vocabulary.js';
import type { VisionEvent } from '../vision/vision-events.types.js';
import type { VisionInput } from './visits.types.js';

/** What a camera's event means to the showroom floor; null: nothing. @param at when its frame was taken */
export function seen(event: VisionEvent, entrance: string, at: Instant): VisionInput | null {
	switch (event.kind) {
		case 'crossing': {
			const { camera, track, direction, decided } = event;
			return { kind: 'crossing', camera, entrance, track, direction, who: decided, at };
		}
		case 'decided':
			return {
				kind: 'identified',
				camera: event.camera,
				entrance,
				track: event.track,
				who: event.person ?? 'nobody',
				evidence: event.evidence,
				at,
			};
		case 'lost':
			return { kind: 'trackLost', camera: event.camera, track: event.track, at };
		case 'appeared':
			return { kind: 'trackFound', camera: event.camera, track: event.track, at };
		case 'ended':
			return null;
	}
}
