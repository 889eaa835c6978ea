import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Gallery } from '../../../edge-agent/gallery/gallery.js';
import type { Template } from '../../../edge-agent/gallery/gallery.types.js';
import { packTemplates } from '../../../edge-agent/gallery/packed-templates.js';

const width = 10;
const vector = fc
	.float32Array({ minLength: width, maxLength: width, noNaN: true, min: -2, max: 2 })
	.filter((v) => v.some((x) => Math.abs(x) > 0.01));
const templates = fc.array(fc.record({ person: fc.constantFrom('an', 'bo', 'cai', 'deng'), descriptor: vector }), { maxLength: 40 });

function template(person: string, descriptor: Float32Array): Template {
	return { person, kind: 'customer', modelId: 'm', descriptor };
}

function distance(metric: 'euclidean' | 'cosine', a: Float32Array, b: Float32Array): number {
	let dot = 0;
	let aa = 0;
	let bb = 0;
	for (const [i, x] of a.entries()) {
		const y = b[i] ?? 0;
		dot += x * y;
		aa += x * x;
		bb += y * y;
	}
	return metric === 'euclidean' ? Math.sqrt(Math.max(0, aa + bb - 2 * dot)) : 1 - dot / Math.sqrt(aa * bb);
}

/** Every person's nearest template, nearest person first. */
function naive(metric: 'euclidean' | 'cosine', all: readonly { person: string; descriptor: Float32Array }[], probe: Float32Array) {
	const people = new Map<string, number>();
	for (const { person, descriptor } of all) {
		people.set(person, Math.min(people.get(person) ?? Number.POSITIVE_INFINITY, distance(metric, probe, descriptor)));
	}
	return [...people].sort((a, b) => a[1] - b[1]);
}

describe.each(['euclidean', 'cosine'] as const)('gallery, %s', (metric) => {
	it('finds the two nearest people, as comparing with everybody does', () => {
		fc.assert(
			fc.property(templates, vector, fc.option(fc.constantFrom('an', 'bo'), { nil: null }), (all, probe, removed) => {
				const gallery = new Gallery({ modelId: 'm', descriptorLength: width, metric });
				for (const { person, descriptor } of all) gallery.add(template(person, descriptor));
				if (removed) expect(gallery.removePeople([removed, 'nobody'])).toBe(all.filter(({ person }) => person === removed).length);
				const [best, second] = naive(
					metric,
					all.filter(({ person }) => person !== removed),
					probe,
				);
				const found = gallery.search(probe);
				expect(found === null).toBe(best === undefined);
				if (!found || !best) return;
				expect(found.best.distance).toBeCloseTo(best[1], 3);
				expect(found.second?.distance ?? -1).toBeCloseTo(second ? second[1] : -1, 3);
				if (second && second[1] - best[1] > 0.01) expect(found.best.person).toBe(best[0]);
				expect(found.second?.person).not.toBe(found.best.person);
			}),
			{ numRuns: 300 },
		);
	});
});

describe('gallery', () => {
	const make = () => new Gallery({ modelId: 'm', descriptorLength: 2, metric: 'euclidean' });

	it('refuses templates of another recogniser and descriptors that are none', () => {
		const gallery = make();
		expect(() => gallery.add({ ...template('an', new Float32Array([1, 0])), modelId: 'other' })).toThrow(
			/made by other.*enrol the person again/,
		);
		expect(() => gallery.add(template('an', new Float32Array([1, 0, 0])))).toThrow(/3 numbers/);
		expect(() => gallery.add(template('an', new Float32Array([Number.NaN, 0])))).toThrow(/no descriptor/);
		expect(() => gallery.search(new Float32Array(3))).toThrow(/3 numbers/);
	});

	it('takes a pack of people’s templates for all that they have, counts people, and can be emptied', () => {
		const gallery = make();
		const pack = (...all: (readonly [string, number, number])[]) =>
			packTemplates(
				gallery.model,
				all.map(([person, x, y]) => template(person, new Float32Array([x, y]))),
			);
		gallery.set(pack(['an', 1, 0], ['bo', 9, 9], ['an', 1, 1]));
		expect([gallery.size, gallery.people]).toEqual([3, 2]);
		gallery.set(pack(['an', 0, 1], ['cai', 5, 5]));
		expect([gallery.size, gallery.people]).toEqual([3, 3]);
		expect(gallery.search(new Float32Array([1, 0]))).toMatchObject({ best: { person: 'an', distance: Math.SQRT2 } });
		expect(gallery.search(new Float32Array([8, 9]))).toMatchObject({ best: { person: 'bo', distance: 1 } });
		const broken = pack(['an', 1, 0], ['deng', 1, 1]);
		broken.values.fill(Number.NaN, 2);
		expect(() => gallery.set(broken, true)).toThrow(/deng is no descriptor/);
		expect(() => gallery.set({ ...pack(['an', 1, 0]), modelId: 'other' })).toThrow(/made by other/);
		expect([gallery.size, gallery.people]).toEqual([3, 3]);
		gallery.set(pack(['deng', 1, 0]), true);
		expect([gallery.size, gallery.people]).toEqual([1, 1]);
		gallery.clear();
		expect(gallery.search(new Float32Array([1, 0]))).toBeNull();
	});
});

/** Numbers from -1 to 1, the same for the same seed. */
function numbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) | 0;
		return state / 2 ** 31;
	};
}

describe.each(['euclidean', 'cosine'] as const)('a large gallery, %s', (metric) => {
	const length = 32;
	const spread = (next: () => number): Float32Array => Float32Array.from({ length }, next);

	it('answers what the plain loop answers, to the last bit: with ties, after people came and went', { timeout: 60_000 }, async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 1e6 }),
				fc.integer({ min: 2001, max: 3000 }),
				fc.integer({ min: 1, max: 4 }),
				async (seed, size, count) => {
					const next = numbers(seed);
					const gallery = new Gallery({ modelId: 'm', descriptorLength: length, metric });
					const alike = spread(next);
					for (let i = 0; i < size; i++) gallery.add(template(`p${i >> 1}`, i % 97 === 0 ? alike : spread(next)));
					for (let i = 0; i < 40; i++) gallery.removePeople([`p${Math.floor(((next() + 1) * size) / 4)}`]);
					gallery.add(template('new', alike));
					for (let i = 0; i < 60; i++) gallery.add(template('new', spread(next)));
					const probes = [alike, ...Array.from({ length: count }, () => spread(next))];
					expect(gallery.size).toBeGreaterThan(2000 - 80);
					expect(await gallery.nearest(probes)).toEqual(probes.map((probe) => gallery.search(probe)));
					await gallery.stop();
				},
			),
			{ numRuns: 15 },
		);
	});

	it('looks again when somebody is removed while it computes', async () => {
		const next = numbers(7);
		const gallery = new Gallery({ modelId: 'm', descriptorLength: length, metric });
		for (let i = 0; i < 2500; i++) gallery.add(template(`p${i}`, spread(next)));
		const probe = spread(next);
		const nearest = gallery.search(probe)?.best.person ?? '';
		const searching = gallery.nearest([probe]);
		gallery.removePeople([nearest]);
		expect((await searching)[0]).toEqual(gallery.search(probe));
		expect((await searching)[0]?.best.person).not.toBe(nearest);
		await gallery.stop();
	});

	it('looks again when its memory is moved while it computes', async () => {
		const next = numbers(11);
		const gallery = new Gallery({ modelId: 'm', descriptorLength: length, metric });
		for (let i = 0; i < 2500; i++) gallery.add(template(`p${i}`, spread(next)));
		const probe = spread(next);
		const searching = gallery.nearest([probe]);
		gallery.reserve(100_000);
		expect((await searching)[0]).toEqual(gallery.search(probe));
		await gallery.stop();
	});

	it('refuses a probe that is none', async () => {
		const gallery = new Gallery({ modelId: 'm', descriptorLength: length, metric });
		await expect(gallery.nearest([new Float32Array(length).fill(Number.NaN)])).rejects.toThrow(/cannot be compared/);
		expect(() => gallery.search(new Float32Array(length).fill(Number.NaN))).toThrow(/cannot be compared/);
	});
});
