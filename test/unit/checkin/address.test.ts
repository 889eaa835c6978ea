import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addressOf } from '../../../edge-agent/checkin/address.js';

it.each([
	['王小明', '王', null],
	['王女士', '王', 'ms'],
	['欧阳震华先生', '欧阳', 'mr'],
	['欧阳', '欧阳', null],
	['李师傅', '李', 'mr'],
	['Anna Smith', 'Smith', null],
	['Ms. Anna Smith', 'Smith', 'ms'],
	['mr wang', 'wang', 'mr'],
	['女士', '女', 'ms'],
])('%s is addressed as %s, %s', (name, surname, title) => {
	expect(addressOf(name)).toEqual({ surname, title });
});

it('never tells a given name of a Chinese name: at most two characters are shown', () => {
	const character = fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCodePoint(code));
	fc.assert(
		fc.property(fc.array(character, { minLength: 1, maxLength: 5 }), (characters) => {
			const { surname } = addressOf(characters.join(''));
			expect([...surname].length).toBeLessThanOrEqual(2);
			expect(characters.join('').startsWith(surname)).toBe(true);
		}),
	);
});
