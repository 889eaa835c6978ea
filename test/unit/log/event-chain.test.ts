import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { CHAIN_START, chainHash } from '../../../edge-agent/log/event-chain.js';

const row = {
	seq: 1,
	id: 'e1',
	type: 'visit.returned',
	version: 1,
	wall: 5,
	mono: 0.5,
	boot: 'b',
	actor: 'system',
	subject: 'v1',
	cause: null,
	body: '{"visit":"v1"}',
};

it('is SHA-256 over the previous link and the row as a JSON array', () => {
	const text = '[1,"e1","visit.returned",1,5,0.5,"b","system","v1",null,"{\\"visit\\":\\"v1\\"}"]';
	const expected = createHash('sha256').update(Buffer.alloc(32)).update(text).digest('hex');
	expect(chainHash(CHAIN_START, row).toString('hex')).toBe(expected);
});

it('does not let text move from one column to the next', () => {
	const shifted = { ...row, actor: 'systemv', subject: '1' };
	expect(chainHash(CHAIN_START, shifted)).not.toEqual(chainHash(CHAIN_START, row));
});
