import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readMasterKey, StoreKeys } from '../../../edge-agent/store/keys.js';
import { PersonKeys } from '../../../edge-agent/store/person-keys.store.js';
import { type DataKey, open, type Place, SEAL_BYTES, seal } from '../../../edge-agent/store/sealing.js';
import { normaliseTelephone } from '../../../edge-agent/store/telephone.js';
import { memoryDatabase, testKeys } from './test-keys.js';

const bytes = fc.uint8Array({ maxLength: 300 });
const key: fc.Arbitrary<DataKey> = fc.record({
	version: fc.integer({ min: 1, max: 65_535 }),
	bytes: fc.uint8Array({ minLength: 32, maxLength: 32 }),
});
// Parts that run into one another: only their lengths tell ('ab', 'c') from ('a', 'bc').
const part = fc.oneof(fc.string({ unit: fc.constantFrom('a', 'b', '\0', '王'), maxLength: 4 }), fc.uuid());
const place: fc.Arbitrary<Place> = fc.record({ table: part, column: part, row: part });
const same = (a: Place, b: Place) => a.table === b.table && a.column === b.column && a.row === b.row;

it('opens to what was sealed, whatever it was and wherever it lies', () => {
	fc.assert(
		fc.property(key, place, bytes, (key, place, plain) => {
			const sealed = seal(key, place, plain);
			expect(sealed.length).toBe(plain.length + SEAL_BYTES);
			expect(open(key, place, sealed).equals(plain)).toBe(true);
		}),
	);
});

it('does not open once any one bit is another, wherever it is', () => {
	fc.assert(
		fc.property(key, place, bytes, fc.nat(), fc.integer({ min: 0, max: 7 }), (key, place, plain, at, bit) => {
			const sealed = seal(key, place, plain);
			const index = at % sealed.length;
			sealed[index] = (sealed[index] ?? 0) ^ (1 << bit);
			expect(() => open(key, place, sealed)).toThrow(expect.objectContaining({ code: 'damaged' }));
		}),
		{ numRuns: 500 },
	);
});

it('does not open cut short, in another place, under another key or another key version', () => {
	fc.assert(
		fc.property(key, key, place, place, bytes, fc.nat(), (key, other, here, there, plain, length) => {
			fc.pre(!same(here, there));
			const sealed = seal(key, here, plain);
			const damaged = expect.objectContaining({ code: 'damaged' });
			expect(() => open(key, there, sealed)).toThrow(damaged);
			expect(() => open(key, here, sealed.subarray(0, length % sealed.length))).toThrow(damaged);
			if (!Buffer.from(key.bytes).equals(other.bytes))
				expect(() => open({ ...other, version: key.version }, here, sealed)).toThrow(damaged);
			if (key.version !== other.version) expect(() => open({ ...key, version: other.version }, here, sealed)).toThrow(damaged);
		}),
		{ numRuns: 500 },
	);
});

it('never seals the same twice alike, and says neither text nor key in its error', () => {
	const key = { version: 1, bytes: randomBytes(32) };
	const here = { table: 'customers', column: 'name', row: 'c1' };
	const sealed = Array.from({ length: 200 }, () => seal(key, here, Buffer.from('王芳')).toString('hex'));
	expect(new Set(sealed.map((text) => text.slice(6, 30))).size).toBe(200);
	const error = (() => {
		try {
			open(key, { ...here, row: 'c2' }, Buffer.from(sealed[0] ?? '', 'hex'));
		} catch (error) {
			return error;
		}
	})();
	expect(inspect(error, { depth: 9 })).toMatch(/name of c2 in customers does not open/);
	expect(inspect(error, { depth: 9 })).not.toMatch(/王芳/);
});

it('rows that changed places, in the very database, do not open', () => {
	const database = memoryDatabase();
	const people = new PersonKeys(database, testKeys);
	const one = people.sealTexts('c1', 'customers', 'c1', { name: '王芳', telephone: '13812345678' });
	const other = people.sealTexts('c2', 'customers', 'c2', { name: '李雷', telephone: null });
	expect(people.openTexts('c1', 'customers', 'c1', one)).toEqual({ name: '王芳', telephone: '13812345678' });
	expect(people.openTexts('c2', 'customers', 'c2', other)).toEqual({ name: '李雷', telephone: null });
	expect(() => people.openTexts('c1', 'customers', 'c1', { name: other.name })).toThrow(/does not open/);
	// One's own telephone in the place of one's name.
	expect(() => people.openTexts('c1', 'customers', 'c1', { name: one.telephone })).toThrow(/does not open/);
	// Somebody else's data key in the place of one's own.
	database.exec("UPDATE person_keys SET key = (SELECT key FROM person_keys WHERE person = 'c2') WHERE person = 'c1'");
	expect(() => people.openTexts('c1', 'customers', 'c1', one)).toThrow(/person_keys does not open/);
	database.exec("DELETE FROM person_keys WHERE person = 'c1'");
	expect(people.openTexts('c1', 'customers', 'c1', one)).toBeNull();
});

it('keys derived for one use are no other’s, and no printing shows one', () => {
	const keys = new StoreKeys(Buffer.alloc(32, 1));
	const hex = [keys.sealing, keys.headCode('x'), keys.telephoneCode('whole', '1'), keys.telephoneCode('last four', '1')].map((one) =>
		one.toString('hex'),
	);
	expect(new Set(hex).size).toBe(4);
	expect(new StoreKeys(Buffer.alloc(32, 2)).id).not.toBe(keys.id);
	for (const printed of [JSON.stringify(keys), inspect(keys, { depth: 9, showHidden: true }), String(keys)]) {
		expect(printed).not.toContain(keys.sealing.toString('hex').slice(0, 8));
		expect(printed).not.toContain(keys.sealing.toString('base64').slice(0, 8));
		expect(printed).not.toMatch(/<Buffer/);
	}
	const { sealing } = keys;
	keys.wipe();
	expect(sealing.equals(Buffer.alloc(32))).toBe(true);
});

// Expected values: HKDF-SHA-256 written out with Python's hmac.
it('derives as RFC 5869 says: ids and hashes stay what they are from version to version', () => {
	const keys = new StoreKeys(Buffer.alloc(32, 7));
	expect(keys.id).toBe('bd143c7a19664149');
	expect(keys.telephoneCode('whole', '13812345678').toString('hex').slice(0, 16)).toBe('af03aac6cf67bb76');
});

it('takes a master key as bytes or base64, and nothing else', () => {
	const master = randomBytes(32);
	expect(readMasterKey(master)?.equals(master)).toBe(true);
	expect(readMasterKey(Buffer.from(`${master.toString('base64')}\n`))?.equals(master)).toBe(true);
	for (const wrong of ['', 'secret', master.toString('hex'), randomBytes(33).toString('base64'), randomBytes(31).toString('base64')])
		expect(readMasterKey(Buffer.from(wrong))).toBeNull();
});

it('a telephone is the same however it is written', () => {
	for (const written of [
		'13812345678',
		'138 1234-5678',
		'+86 138 1234 5678',
		'008613812345678',
		'１３８１２３４５６７８',
		'(138) 1234 5678',
	])
		expect(normaliseTelephone(written)).toBe('13812345678');
	expect(normaliseTelephone('+44 20 7946 0958')).toBe('+442079460958');
	expect(normaliseTelephone('021-6468 1234')).toBe('02164681234');
	expect(normaliseTelephone('-')).toBe('');
});
