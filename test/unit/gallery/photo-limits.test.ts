import { expect, it } from 'vitest';
import { unfit } from '../../../edge-agent/gallery/photo-limits.js';
import type { FaceQuality } from '../../../edge-agent/vision/vision.types.js';

const good: FaceQuality = { eyeDistance: 90, roll: 0, turn: 0.1, sharpness: 200, brightness: 130, contrast: 40 };

it.each<[string | null, string, Partial<FaceQuality>]>([
	[null, 'a good photograph', {}],
	['too-small', 'a face of a few pixels', { eyeDistance: 20 }],
	['looking-away', 'a profile', { turn: 0.9 }],
	['too-dark', 'little light', { brightness: 25, contrast: 12 }],
	['too-dark', 'grey on dark grey', { brightness: 60, contrast: 6 }],
	['too-bright', 'burnt out', { brightness: 235, contrast: 30 }],
	['too-bright', 'fog', { brightness: 160, contrast: 6 }],
	['blurred', 'a shaken camera', { sharpness: 4 }],
	[null, 'a dark skin in soft light', { brightness: 60, contrast: 19 }],
])('%s: %s', (reason, _, what) => {
	expect(unfit({ ...good, ...what })?.reason ?? null).toBe(reason);
});

it('says what is wrong in numbers where that helps', () => {
	expect(unfit({ ...good, eyeDistance: 19.6 })?.message).toMatch(/20 px between the eyes, at least 24/);
});
