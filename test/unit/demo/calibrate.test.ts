import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrationFilm, calibrationPerson, demoThreshold } from '../../../edge-agent/demo/calibrate.js';
import { frameCount, frameMs, posesAt } from '../../../edge-agent/demo/film.js';
import { persons } from '../../../edge-agent/demo/persons.js';

const distance = (a: Float32Array, b: Float32Array) => Math.abs((a[0] ?? 0) - (b[0] ?? 0));
const at = (...values: number[]) => values.map((value) => Float32Array.of(value));

describe('demoThreshold', () => {
	it('lies in the middle between the furthest own face and the nearest other face', () => {
		const people = [
			{ templates: at(0, 1), probes: at(0.5, 1.25) },
			{ templates: at(4), probes: at(3.75) },
		];
		// Own: 0.5 and 0.25, 0.25. Others: 1.25 -> 4 is 2.75; 3.75 -> 1 is 2.75.
		expect(demoThreshold(people, distance)).toEqual({ threshold: 1.625, genuineMax: 0.5, impostorMin: 2.75 });
	});

	it('parts own from other faces whenever it answers', () => {
		const person = fc.record({
			templates: fc.array(fc.float({ min: 0, max: 8, noNaN: true }), { minLength: 1, maxLength: 3 }).map((v) => at(...v)),
			probes: fc.array(fc.float({ min: 0, max: 8, noNaN: true }), { minLength: 1, maxLength: 3 }).map((v) => at(...v)),
		});
		fc.assert(
			fc.property(fc.array(person, { minLength: 2, maxLength: 4 }), (people) => {
				try {
					const { threshold, genuineMax, impostorMin } = demoThreshold(people, distance);
					expect(genuineMax).toBeLessThan(threshold);
					expect(threshold).toBeLessThan(impostorMin);
				} catch (error) {
					expect(String(error)).toMatch(/cannot tell the demo's drawn persons apart/);
				}
			}),
		);
	});

	it('says so where persons cannot be told apart, or there is nobody to compare with', () => {
		const alike = { templates: at(0), probes: at(1) };
		expect(() => demoThreshold([alike, { templates: at(1), probes: at(1) }], distance)).toThrow(/another recogniser/);
		expect(() => demoThreshold([alike], distance)).toThrow(/another recogniser/);
	});
});

describe('calibrationFilm', () => {
	it('shows one person at a time, and tells whose frame is whose', () => {
		const looks = persons.slice(0, 5);
		const film = calibrationFilm(looks);
		const read = new Map<number, number>();
		for (let frame = 0; frame < frameCount(film); frame++) {
			const poses = posesAt(film, frameMs(frame));
			expect(poses.length).toBeLessThanOrEqual(1);
			const person = calibrationPerson(frame);
			if (person === null) continue;
			expect(poses[0]?.look).toBe(looks[person]);
			expect(poses[0]?.eyeDistance).toBeGreaterThan(34);
			read.set(person, (read.get(person) ?? 0) + 1);
		}
		expect([...read.keys()]).toEqual([0, 1, 2, 3, 4]);
		expect(Math.min(...read.values())).toBeGreaterThanOrEqual(4);
	});
});
