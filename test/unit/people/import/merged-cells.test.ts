import { expect, it } from 'vitest';
import { filledDown, place } from '../../../../edge-agent/people/import/merged-cells.js';

const rows = (...texts: readonly string[][]) => texts.map((cells, index) => ({ number: index + 1, cells }));
const filled = (given: ReturnType<typeof rows>, ...ranges: string[]) => filledDown(given, ranges).map(({ cells }) => cells);

it('knows columns and rows', () => {
	expect(place('BC12')).toEqual({ column: 54, row: 12 });
	expect(place('12')).toBeNull();
});

it('a value merged down is every row’s', () => {
	expect(filled(rows(['甲', '安娜'], ['乙'], ['丙', ''], ['丁', '波']), 'B1:B3')).toEqual([
		['甲', '安娜'],
		['乙', '安娜'],
		['丙', '安娜'],
		['丁', '波'],
	]);
});

it('rows that are left out, values that stand there already, and merging along a row change nothing', () => {
	const given = [
		{ number: 2, cells: ['标题', '', ''] },
		{ number: 5, cells: ['甲', '', '急'] },
	];
	expect(filledDown(given, ['A2:C2', 'C1:C9', 'nonsense', 'Z1'])).toEqual(given);
	expect(filledDown(given, ['A2:A7'])).toEqual(given);
});

it('as many ranges over one another as anybody writes cost no more than one', () => {
	const given = rows(...Array.from({ length: 20_000 }, () => ['甲']));
	const started = performance.now();
	filledDown(
		given,
		Array.from({ length: 40_000 }, () => 'A1:A1000000'),
	);
	expect(performance.now() - started).toBeLessThan(2000);
});
