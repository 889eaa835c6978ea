import { expect, it } from 'vitest';
import { drawnName } from '../../../edge-agent/bench/log-names.js';
import { seededRandom } from '../../../edge-agent/demo/random.js';

const names = (seed: number, count: number): string[] => {
	const random = seededRandom(seed);
	return Array.from({ length: count }, () => drawnName(random));
};

it('draws Chinese names of two to four characters, the same ones of the same seed', () => {
	const drawn = names(1, 5_000);
	expect(drawn.filter((name) => !/^\p{Script=Han}{2,4}$/u.test(name))).toEqual([]);
	expect(names(1, 100)).toEqual(drawn.slice(0, 100));
	expect(names(2, 100)).not.toEqual(drawn.slice(0, 100));
});

it('draws surnames as often as they are borne, and some people of the same name', () => {
	const drawn = names(3, 14_200);
	const share = (surname: string) => drawn.filter((name) => name.startsWith(surname)).length / drawn.length;
	expect(share('王')).toBeGreaterThan(4 * share('高'));
	expect(share('王')).toBeGreaterThan(0.05);
	expect(new Set(drawn).size).toBeGreaterThan(9_000);
	expect(new Set(drawn).size).toBeLessThan(14_200);
});
