import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Difference, differencesOf, type Row, sideBySide } from '../../../edge-agent/log/row-differences.js';

const key = ['a', 'b'];
const row = fc.record({ a: fc.string({ unit: 'binary', maxLength: 2 }), b: fc.nat(3), c: fc.nat(2) });
const rows = fc.uniqueArray(row, { selector: ({ a, b }) => `${b} ${a}` });
/** As SQLite puts text in order. */
const sorted = (unsorted: readonly Row[]) =>
	unsorted.toSorted((x, y) => Buffer.compare(Buffer.from(String(x.a)), Buffer.from(String(y.a))) || Number(x.b) - Number(y.b));

it('finds what a look-up of every row in the other table finds, in the order of the key', () => {
	fc.assert(
		fc.property(rows, rows, (stored, log) => {
			const found = [...sideBySide(key, sorted(stored).values(), sorted(log).values())].flatMap((pair) => differencesOf('t', key, pair));
			const same = (one: Row) => (other: Row) => one.a === other.a && one.b === other.b;
			const all = [...stored, ...log.filter((one) => !stored.some(same(one)))];
			const expected = sorted(all).flatMap((one): Partial<Difference>[] => {
				const [left, right] = [stored.find(same(one)), log.find(same(one))];
				const name = `${one.a}/${one.b}`;
				if (left && right) return left.c === right.c ? [] : [{ table: 't', row: name, column: 'c', stored: left.c, log: right.c }];
				return [{ table: 't', row: name, column: null, stored: left ? name : null, log: right ? name : null }];
			});
			expect(found).toEqual(expected);
		}),
	);
});
