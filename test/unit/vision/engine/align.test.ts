import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, invert, similarity, turnedSquare } from '../../../../edge-agent/vision/align.js';
import { fivePointsOf, recognitionSquare } from '../../../../edge-agent/vision/landmarks.js';
import { arcFacePoints } from '../../../../edge-agent/vision/recognisers/five-point.js';

const angle = fc.double({ min: -3, max: 3, noNaN: true });
const size = fc.double({ min: 0.05, max: 20, noNaN: true });
const shift = fc.double({ min: -500, max: 500, noNaN: true });

describe('similarity', () => {
	it('finds again the turn, scale and shift that moved five points', () => {
		fc.assert(
			fc.property(angle, size, shift, shift, (turn, scale, tx, ty) => {
				const move = { a: scale * Math.cos(turn), b: scale * Math.sin(turn), tx, ty };
				const found = similarity(
					arcFacePoints,
					arcFacePoints.map((p) => apply(move, p)),
				);
				expect(found?.a).toBeCloseTo(move.a, 6);
				expect(found?.b).toBeCloseTo(move.b, 6);
				expect(found?.tx).toBeCloseTo(tx, 5);
				expect(found?.ty).toBeCloseTo(ty, 5);
			}),
		);
	});

	it('is the best there is: no small change brings noisy points nearer', () => {
		const point = fc.record({ x: fc.double({ min: 0, max: 100, noNaN: true }), y: fc.double({ min: 0, max: 100, noNaN: true }) });
		const points = fc.array(point, { minLength: 5, maxLength: 5 });
		const nudge = fc.double({ min: -0.1, max: 0.1, noNaN: true });
		fc.assert(
			fc.property(points, points, nudge, nudge, nudge, nudge, (from, to, da, db, dx, dy) => {
				const best = similarity(from, to);
				fc.pre(best !== null);
				if (best === null) return;
				const error = (s: typeof best) =>
					from.reduce((sum, p, i) => {
						const q = apply(s, p);
						return sum + (q.x - (to[i]?.x ?? 0)) ** 2 + (q.y - (to[i]?.y ?? 0)) ** 2;
					}, 0);
				const other = { a: best.a + da, b: best.b + db, tx: best.tx + dx, ty: best.ty + dy };
				expect(error(best)).toBeLessThanOrEqual(error(other) + 1e-6);
			}),
		);
	});

	it('answers null for points that coincide or are no numbers', () => {
		const same = Array.from({ length: 5 }, () => ({ x: 3, y: 4 }));
		expect(similarity(same, arcFacePoints)).toBeNull();
		expect(similarity(arcFacePoints, same)).toBeNull();
		expect(similarity([{ x: Number.NaN, y: 0 }, ...arcFacePoints.slice(1)], arcFacePoints)).toBeNull();
	});

	it('goes back the way it came', () => {
		fc.assert(
			fc.property(angle, size, shift, shift, (turn, scale, tx, ty) => {
				const move = { a: scale * Math.cos(turn), b: scale * Math.sin(turn), tx, ty };
				const back = invert(move);
				if (back === null) throw new Error('no way back');
				const p = apply(back, apply(move, { x: 12, y: -7 }));
				expect(p.x).toBeCloseTo(12, 4);
				expect(p.y).toBeCloseTo(-7, 4);
			}),
		);
		expect(invert({ a: 0, b: 0, tx: 1, ty: 1 })).toBeNull();
	});
});

describe('turnedSquare', () => {
	it('puts the centre at its anchor and the side at its length, turned', () => {
		const square = turnedSquare({ x: 100, y: 50 }, 30, Math.PI / 2, { x: 0.5, y: 0.43 }, 150);
		const centre = apply(square, { x: 75, y: 64.5 });
		expect(centre.x).toBeCloseTo(100);
		expect(centre.y).toBeCloseTo(50);
		const from = apply(square, { x: 0, y: 0 });
		const to = apply(square, { x: 150, y: 0 });
		expect(to.x - from.x).toBeCloseTo(0);
		expect(to.y - from.y).toBeCloseTo(30);
	});
});

describe('recognitionSquare', () => {
	// A plain face: eyes 60 apart, mouth 60 below them; the 68 points of each part fall on its centre.
	const upright = Array.from({ length: 68 }, (_, i) =>
		i >= 36 && i < 42 ? { x: -30, y: 0 } : i >= 42 && i < 48 ? { x: 30, y: 0 } : i >= 48 ? { x: 0, y: 60 } : { x: 0, y: 30 },
	);

	it('is face-api’s square for an upright face', () => {
		const square = recognitionSquare(upright, 150);
		const side = Math.hypot(30, 60) / 0.45;
		expect(square.b).toBeCloseTo(0);
		expect(square.a).toBeCloseTo(side / 150);
		expect(square.tx).toBeCloseTo(0 - side / 2);
		expect(square.ty).toBeCloseTo(20 - 0.43 * side);
	});

	it('shows the same crop of a face however it is turned', () => {
		fc.assert(
			fc.property(fc.double({ min: -1, max: 1, noNaN: true }), size, shift, shift, (turn, scale, tx, ty) => {
				const move = { a: scale * Math.cos(turn), b: scale * Math.sin(turn), tx, ty };
				const plain = recognitionSquare(upright, 150);
				const turned = recognitionSquare(
					upright.map((p) => apply(move, p)),
					150,
				);
				for (const corner of [
					{ x: 0, y: 0 },
					{ x: 150, y: 0 },
					{ x: 40, y: 150 },
				]) {
					const want = apply(move, apply(plain, corner));
					const got = apply(turned, corner);
					expect(Math.hypot(got.x - want.x, got.y - want.y)).toBeLessThan(1e-6 * (1 + scale * 200));
				}
			}),
		);
	});

	it('knows which eye is which', () => {
		const [right, left, nose, mouthRight, mouthLeft] = fivePointsOf(upright.map((p, i) => (i === 48 ? { x: -20, y: 60 } : p)));
		expect(right.x).toBe(-30);
		expect(left.x).toBe(30);
		expect(nose).toEqual({ x: 0, y: 30 });
		expect(mouthRight.x).toBe(-20);
		expect(mouthLeft.x).toBe(0);
	});
});
