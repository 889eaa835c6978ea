import { describe, expect, it } from 'vitest';
import { restMs } from '../../../edge-agent/vision/detection-rate.js';
import type { Track } from '../../../edge-agent/vision/tracks.types.js';

const body = { box: { x: 100, y: 50, width: 100, height: 300 }, head: { x: 150, y: 50 } };

function track(changes: Partial<Track> = {}): Track {
	const face = { x: 130, y: 60, width: 40, height: 50 };
	return {
		...{ id: 1, firstMs: 0, seenMs: 5000, hits: 9, appeared: true, body: body.box, bodyMs: 5000, face: null, faces: 3 },
		...{ lastFace: { box: face, ms: 5000 }, head: { x: 150, y: 85 }, velocity: { x: 0, y: 0 }, faceBelowTop: null },
		...changes,
	};
}

describe('how often the detector looks', () => {
	it('seldom at nobody, soon at somebody new', () => {
		expect(restMs([], [], 5100)).toBe(2000);
		expect(restMs([], [body], 5100)).toBe(200);
	});

	it('more often while a face is waited for than once it is decided on', () => {
		expect(restMs([{ track: track(), open: true }], [body], 5100)).toBe(200);
		expect(restMs([{ track: track(), open: false }], [body], 5100)).toBe(500);
	});

	it('less often at somebody who has not shown a face for three seconds', () => {
		const faceless = track({ lastFace: null });
		expect(restMs([{ track: faceless, open: true }], [body], 2900)).toBe(200);
		expect(restMs([{ track: faceless, open: true }], [body], 3100)).toBe(500);
		expect(restMs([{ track: track({ lastFace: { box: body.box, ms: 1000 } }), open: true }], [body], 4100)).toBe(500);
	});

	it('at every frame of two in one blob, but not of somebody who stands still', () => {
		const hidden = { track: track({ bodyMs: 4000 }), open: false };
		expect(restMs([hidden, { track: track({ id: 2 }), open: false }], [body], 5100)).toBe(0);
		expect(restMs([hidden], [], 5100)).toBe(500);
	});
});
