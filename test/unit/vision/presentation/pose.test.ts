import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poseOf } from '../../../../edge-agent/vision/presentation/pose.js';
import type { FivePoints } from '../../../../edge-agent/vision/vision.types.js';
import { points } from './heads.js';

const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true });

describe('a pose', () => {
	it('says to which side the head is turned, and by about how much', () => {
		expect(poseOf(points({ yaw: 0 })).turn).toBeCloseTo(0, 5);
		expect(poseOf(points({ yaw: 20 })).turn).toBeGreaterThan(0.25);
		expect(poseOf(points({ yaw: -20 })).turn).toBeLessThan(-0.25);
		expect(poseOf(points({ yaw: 35 })).turn).toBeGreaterThan(0.45);
	});

	it('has the same turn wherever the head is, however large, tilted to the shoulder or nodding', () => {
		fc.assert(
			fc.property(degrees(40), degrees(15), degrees(30), fc.integer({ min: 30, max: 200 }), (yaw, pitch, roll, eyes) => {
				const { turn } = poseOf(points({ yaw, pitch, roll, eyes, x: 100 + eyes, y: 300 - eyes }));
				expect(Math.abs(turn - poseOf(points({ yaw })).turn)).toBeLessThan(0.13);
			}),
		);
	});

	it('never has another turn when a plane is turned, tilted, stretched and moved', () => {
		// Spread evenly, not as fast-check likes doubles: mostly tiny.
		const any = fc.integer({ min: -200, max: 200 }).map((hundredths) => hundredths / 100);
		fc.assert(
			fc.property(degrees(50), any, any, any, any, (yaw, a, b, c, d) => {
				fc.pre(Math.abs(a * d - b * c) > 0.05);
				const photograph = points({ yaw });
				const held = photograph.map(({ x, y }) => ({ x: a * x + b * y + 7, y: c * x + d * y - 9 })) as unknown as FivePoints;
				expect(poseOf(held).turn).toBeCloseTo(poseOf(photograph).turn, 6);
			}),
		);
	});

	it('has a smaller aspect when head or photograph turn sideways', () => {
		for (const depth of [0, 1])
			expect(poseOf(points({ yaw: 40 }, depth)).aspect).toBeLessThan(0.85 * poseOf(points({ yaw: 0 }, depth)).aspect);
	});
});
