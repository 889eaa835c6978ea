import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorOf, placeOf } from '../../../edge-agent/http/cursor.js';

const count = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const place = fc.record({ openedAt: count, openedSeq: count });

describe('a cursor', () => {
	it('leads back to the place it was made of, and is a word that needs no escaping', () => {
		fc.assert(
			fc.property(place, (where) => {
				const cursor = cursorOf(where);
				expect(cursor).toMatch(/^[\w-]+$/);
				expect(encodeURIComponent(cursor)).toBe(cursor);
				expect(placeOf(cursor)).toEqual(where);
			}),
		);
	});

	it('is another one for another place', () => {
		fc.assert(
			fc.property(place, place, (a, b) => {
				expect(cursorOf(a) === cursorOf(b)).toBe(a.openedAt === b.openedAt && a.openedSeq === b.openedSeq);
			}),
		);
	});

	it('that was never handed out leads nowhere', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					fc.base64String(),
					fc.json().map((text) => Buffer.from(text).toString('base64url')),
				),
				(garbage) => {
					const found = placeOf(garbage);
					if (found !== null) expect(cursorOf(found)).toBe(garbage);
				},
			),
		);
		for (const value of [[-1, 2], [1.5, 2], [1, 2, 3], [1], ['1', 2], { 0: 1, 1: 2 }, null, [1e300, 1]])
			expect([value, placeOf(Buffer.from(JSON.stringify(value)).toString('base64url'))]).toEqual([value, null]);
		expect(placeOf(Buffer.from('[1, 2]').toString('base64url'))).toBe(null);
		expect(placeOf(`${cursorOf({ openedAt: 1, openedSeq: 2 })}=`)).toBe(null);
	});
});
