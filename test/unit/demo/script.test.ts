import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { picture } from '../../../edge-agent/demo/drawing/background.js';
import { frameCount, frameMs, posesAt } from '../../../edge-agent/demo/film.js';
import { writeScript } from '../../../edge-agent/demo/script.js';
import { truthOf, truthSchema } from '../../../edge-agent/demo/truth.js';
import { poseAt } from '../../../edge-agent/demo/walk.js';

const seeds = fc.integer({ min: 0, max: 1_000_000 });
const each = (check: (seed: number) => void) => fc.assert(fc.property(seeds, check), { numRuns: 40 });

describe('writeScript', () => {
	it('follows from the seed alone, and differs between seeds', () => {
		expect(writeScript(5)).toEqual(writeScript(5));
		const orders = new Set(
			[1, 2, 3, 4, 5, 6].map((seed) =>
				truthOf(writeScript(seed))
					.people.map((p) => p.crossingMs)
					.join(),
			),
		);
		expect(orders.size).toBe(6);
		const shown = new Set([1, 2, 3, 4, 5, 6].flatMap((seed) => writeScript(seed).actors.map((actor) => actor.look.id)));
		expect(shown.size).toBeGreaterThan(14);
	});

	it('casts three customers of different consultants, two strangers, one unseen and one of the staff, all drawn differently', () => {
		each((seed) => {
			const script = writeScript(seed);
			expect(script.actors.map((actor) => actor.role).sort()).toEqual(
				['customer', 'customer', 'customer', 'staff', 'stranger', 'stranger', 'unseen'].sort(),
			);
			expect(new Set(script.customers.map((customer) => customer.consultant)).size).toBe(3);
			const looks = [...script.actors.map((actor) => actor.look.id), ...script.calibration.map((look) => look.id)];
			expect(new Set(looks).size).toBe(looks.length);
			expect(script.calibration.length).toBeGreaterThanOrEqual(6);
			for (const customer of script.customers) {
				expect(script.actors.find((actor) => actor.known === customer.id)?.look).toBe(customer.look);
			}
		});
	});

	it('takes between 60 and 75 seconds and ends with nobody in the picture', () => {
		each((seed) => {
			const script = writeScript(seed);
			expect(script.durationMs).toBeGreaterThanOrEqual(60_000);
			expect(script.durationMs).toBeLessThanOrEqual(75_000);
			expect(posesAt(script, 0)).toEqual([]);
			expect(posesAt(script, script.durationMs)).toEqual([]);
		});
	});

	it('lets nobody unknown in while the customer is out, about 20 seconds', () => {
		each((seed) => {
			const { people } = truthOf(writeScript(seed));
			const out = people.filter((person) => person.stepOut);
			expect(out).toHaveLength(1);
			const { outMs, returnMs } = out[0]?.stepOut ?? { outMs: 0, returnMs: 0 };
			expect(out[0]?.role).toBe('customer');
			expect(returnMs - outMs).toBeGreaterThan(18_000);
			expect(returnMs - outMs).toBeLessThan(22_000);
			const meanwhile = people.filter((person) => person.crossingMs > outMs && person.crossingMs < returnMs);
			expect(meanwhile.every((person) => person.known !== null)).toBe(true);
		});
	});

	it('keeps crossings apart, and silhouettes apart at the line', () => {
		each((seed) => {
			const script = writeScript(seed);
			const { people } = truthOf(script);
			const crossings = people.flatMap((p) => [p.crossingMs, ...(p.stepOut ? [p.stepOut.outMs, p.stepOut.returnMs] : [])]);
			const sorted = crossings.sort((a, b) => a - b);
			for (const [i, time] of sorted.slice(1).entries()) expect(time - (sorted[i] ?? 0)).toBeGreaterThanOrEqual(1500);
			for (const time of sorted) {
				const [nearest, next] = posesAt(script, time).reverse();
				if (nearest && next) {
					const shoulders = 310 * (nearest.place.scale + next.place.scale);
					expect(Math.abs(nearest.place.x - next.place.x)).toBeGreaterThan(shoulders);
				}
			}
		});
	});

	it('makes every seen face recognisable before its head crosses the line, well inside the picture', () => {
		each((seed) => {
			const script = writeScript(seed);
			for (const [i, person] of truthOf(script).people.entries()) {
				const actor = script.actors[i];
				const walk = actor?.walks[0];
				const pose = actor && walk && poseAt(actor.look, walk, person.crossingMs);
				expect(pose).toBeTruthy();
				if (!pose) continue;
				expect(pose.eyeDistance).toBeGreaterThanOrEqual(50);
				expect(pose.place.x).toBeGreaterThan(200);
				expect(pose.place.x).toBeLessThan(picture.width - 200);
				expect(pose.place.y - 320 * pose.place.scale).toBeGreaterThan(0);
				expect(Math.abs(pose.place.roll)).toBeLessThanOrEqual((8.1 * Math.PI) / 180);
				if (person.role === 'unseen') expect(person.recognisableMs).toBeNull();
				else expect(person.crossingMs - (person.recognisableMs ?? Number.NaN)).toBeGreaterThan(1500);
			}
		});
	});

	it('moves nobody by a jump', () => {
		const script = writeScript(11);
		for (const { look, walks } of script.actors) {
			for (const walk of walks) {
				let before = null;
				for (let frame = 0; frame < frameCount(script); frame++) {
					const pose = poseAt(look, walk, frameMs(frame));
					if (before && pose) {
						expect(Math.abs(pose.place.x - before.place.x)).toBeLessThan(24);
						expect(pose.place.scale / before.place.scale).toBeCloseTo(1, 1);
					}
					before = pose;
				}
			}
		}
	});
});

describe('truthOf', () => {
	it('is what its schema says, also after JSON', () => {
		const truth = truthOf(writeScript(3));
		expect(truthSchema.parse(JSON.parse(JSON.stringify(truth)))).toEqual(truth);
	});
});
