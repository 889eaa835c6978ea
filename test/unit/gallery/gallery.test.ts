import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Gallery } from '../../../edge-agent/gallery/gallery.js';
import type { Template } from '../../../edge-agent/gallery/gallery.types.js';

const width = 10;
const vector = fc
	.float32Array({ minLength: width, maxLength: width, noNaN: true, min: -2, max: 2 })
	.filter((v) => v.some((x) => Math.abs(x) > 0.01));
const templates = fc.array(fc.record({ person: fc.constantFrom('an', 'bo', 'cai', 'deng'), descriptor: vector }), { maxLength: 40 });

function template(index: number, person: string, descriptor: Float32Array): Template {
	return { id: `t${index}`, person, kind: 'customer', modelId: 'm', descriptor };
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
				for (const [i, { person, descriptor }] of all.entries()) gallery.add(template(i, person, descriptor));
				if (removed) expect(gallery.removePerson(removed)).toBe(all.filter(({ person }) => person === removed).length);
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
		expect(() => gallery.add({ ...template(1, 'an', new Float32Array([1, 0])), modelId: 'other' })).toThrow(
			/made by other.*enrol the person again/,
		);
		expect(() => gallery.add(template(1, 'an', new Float32Array([1, 0, 0])))).toThrow(/3 numbers/);
		expect(() => gallery.add(template(1, 'an', new Float32Array([Number.NaN, 0])))).toThrow(/no descriptor/);
		expect(() => gallery.search(new Float32Array(3))).toThrow(/3 numbers/);
	});

	it('replaces a template of the same id, counts people, and can be emptied', () => {
		const gallery = make();
		gallery.add(template(1, 'an', new Float32Array([1, 0])));
		gallery.add(template(1, 'an', new Float32Array([0, 1])));
		gallery.add(template(2, 'an', new Float32Array([0, 2])));
		gallery.add(template(3, 'bo', new Float32Array([9, 9])));
		expect([gallery.size, gallery.people]).toEqual([3, 2]);
		expect(gallery.search(new Float32Array([1, 0]))?.best.distance).toBeCloseTo(Math.SQRT2);
		gallery.clear();
		expect(gallery.search(new Float32Array([1, 0]))).toBeNull();
	});
});
