import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePhotos, type EvaluatedPerson, identification, openSetRoles, verification } from '../../../calibration/evaluation.js';
import { fnirAtFpir } from '../../../calibration/open-set.js';
import { normal, uniform } from './samples.js';

/** People as directions with noise; `photos` of each. */
function people(count: number, photos: number, noise: number, prefix = 'p'): EvaluatedPerson[] {
	return Array.from({ length: count }, (_, i) => {
		const own = normal(32, 0, 1, 1000 + i + prefix.length * 7919);
		return {
			person: `${prefix}${String(i).padStart(4, '0')}`,
			photos: Array.from({ length: photos }, (_, k) => {
				const noised = normal(32, 0, noise, 50_000 + i * 100 + k);
				return { file: `${prefix}${i}/${k}.jpg`, descriptor: Float32Array.from(own, (x, j) => x + (noised[j] ?? 0)) };
			}),
		};
	});
}

describe('evaluation', () => {
	it('compares each with each, or the pairs given', () => {
		const all = people(5, 3, 0.3);
		const { comparisons } = comparePhotos(all, 'cosine');
		expect([comparisons.genuine.total, comparisons.impostors.total]).toEqual([15, 90]);
		const pairs = [
			{ a: 'p0/0.jpg', b: 'p0/1.jpg', same: true },
			{ a: 'p0/0.jpg', b: 'p1/1.jpg', same: false },
			{ a: 'p0/0.jpg', b: 'p1/9.jpg', same: false },
		];
		const given = comparePhotos(all, 'cosine', pairs).comparisons;
		expect([given.genuine.total, given.impostors.total]).toEqual([1, 1]);
	});

	it('takes every third person and whoever has one photograph for strangers, and half of the photographs for templates', () => {
		const all = [...people(7, 5, 0.3), ...people(2, 1, 0.3, 'solo')];
		const { enrolled, strangers } = openSetRoles(all, null);
		expect(strangers.map(({ person }) => person)).toEqual(['p0002', 'p0005', 'solo0000', 'solo0001']);
		expect(enrolled.map(({ person }) => person)).toEqual(['p0000', 'p0001', 'p0003', 'p0004', 'p0006']);
		const found = identification(all, null, 'cosine', uniform(1));
		expect(found).toMatchObject({ enrolled: 5, templates: 15, probes: 10, strangers: 12 });
		expect(found.fnirAtFpir).toEqual({ '0.003': null, '0.01': null, '0.1': 0 });
		const given = identification(all, people(4, 2, 0.3, 'other'), 'cosine', uniform(1));
		expect(given).toMatchObject({ enrolled: 9, templates: 23, probes: 14, strangers: 8 });
	});

	it('tells people apart who are, has the error rates of chance where they are not, and intervals around both', () => {
		const good = verification(comparePhotos(people(30, 4, 0.3), 'cosine'), uniform(1));
		expect(good.eer).toBe(0);
		expect(good.tarAtFar['0.001']).toBe(1);
		const strangersToThemselves = people(30, 4, 0.3).map(({ person, photos }, i) => ({
			person,
			photos: photos.map(({ file }, k) => ({ file, descriptor: Float32Array.from(normal(32, 0, 0.1, 7 * i + 1000 * k)) })),
		}));
		const chance = verification(comparePhotos(strangersToThemselves, 'euclidean'), uniform(1));
		expect(chance.eer).toBeGreaterThan(0.4);
		expect(chance.intervals.eer?.[0]).toBeLessThan(chance.eer ?? 0);
		expect(chance.intervals.eer?.[1]).toBeGreaterThan(chance.eer ?? 1);
	});

	it('counts a probe as missed that is beyond the threshold or somebody else', () => {
		const strangers = [0.9, 0.5, 0.8, 0.7].map((distance, person) => ({ person, distance, right: false }));
		const probes = [
			{ person: 0, distance: 0.3, right: true },
			{ person: 0, distance: 0.6, right: true },
			{ person: 1, distance: 0.2, right: false },
			{ person: 1, distance: 0.85, right: true },
		];
		// One stranger of four may pass: the threshold lies at the second nearest, 0.7.
		expect(fnirAtFpir({ probes, strangers }, 0.25)).toBe(0.5);
		expect(fnirAtFpir({ probes, strangers }, 0.2)).toBeNull();
		expect(fnirAtFpir({ probes: [], strangers }, 0.5)).toBeNull();
	});

	it('misses no more where more false alarms are allowed', () => {
		const search = fc.record({ person: fc.nat(5), distance: fc.double({ min: 0, max: 2, noNaN: true }), right: fc.boolean() });
		const some = fc.array(search, { minLength: 10, maxLength: 60 });
		fc.assert(
			fc.property(some, some, (probes, strangers) => {
				const rates = [0.1, 0.3, 0.5, 1].map((fpir) => fnirAtFpir({ probes, strangers }, fpir) ?? -1);
				expect([...rates].sort((a, b) => b - a)).toEqual(rates);
			}),
		);
	});
});
