import type { Look, ObservedFace } from '../../../../calibration/camera/observed.js';

/** A face that is as good as can be. */
export const goodFace: ObservedFace = {
	...{ pass: 1, x: 0.5, y: 0.4, eyeDistance: 60, sharpness: 200, brightness: 130 },
	...{ contrast: 40, turn: 0.1, roll: 0, noseHeight: 0.6 },
};

export function lookOf(...faces: readonly ObservedFace[]): Look {
	return { ms: 0, width: 1920, height: 1080, brightness: 120, faces };
}

/** `count` walks past the camera, each of five such faces. */
export function walks(count: number, face: Partial<ObservedFace> = {}): Look[] {
	return Array.from({ length: count * 5 }, (_, i) => ({ ...lookOf({ ...goodFace, ...face, pass: Math.floor(i / 5) }), ms: i * 200 }));
}
