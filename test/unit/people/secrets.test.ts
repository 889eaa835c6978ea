import { describe, expect, it } from 'vitest';
import { hashPassword, isPassword, isStrong } from '../../../edge-agent/people/passwords.js';
import { newDigits, newToken, newWord, typedWord } from '../../../edge-agent/people/secrets.js';
import { newTotpSecret, totpStep, totpUri } from '../../../edge-agent/people/totp.js';
import { addressOf } from '../../../edge-agent/people/tries.js';

describe('a password', () => {
	it.each([
		'short',
		'1234567890',
		'password2024!',
		'Password123456',
		'!!!!!!!!!!!!',
		'aaaaaaaaaabb',
		'qwertyuiop',
		'123-woaini-1314',
		'x'.repeat(200),
	])('%j is refused', (password) => expect(isStrong(password, [])).toBe(false));

	it('is not its owner’s name with a year', () => expect(isStrong('zhang-min-1988', ['zhang-min'])).toBe(false));

	it.each(['correct horse battery', '春眠不觉晓处处闻啼鸟', 'K7QF-2M9X-RTBA'])('%j is taken', (password) =>
		expect(isStrong(password, ['李静'])).toBe(true),
	);

	it('is kept as argon2id with OWASP’s parameters, and matches itself only', async () => {
		const kept = await hashPassword('correct horse battery');
		expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
		expect(await isPassword(kept, 'correct horse battery')).toBe(true);
		expect(await isPassword(kept, 'correct horse batterz')).toBe(false);
		expect(await isPassword(null, 'nobody has this password')).toBe(false);
	});

	it('takes as long to refuse where there is none', async () => {
		const kept = await hashPassword('correct horse battery');
		await isPassword(null, 'x');
		const time = async (hash: string | null) => {
			const took: number[] = [];
			for (let round = 0; round < 7; round++) {
				const start = performance.now();
				await isPassword(hash, 'wrong wrong wrong');
				took.push(performance.now() - start);
			}
			return took.toSorted((a, b) => a - b)[3] ?? 0;
		};
		const [there, not] = [await time(kept), await time(null)];
		expect(not).toBeGreaterThan(there / 3);
		expect(not).toBeLessThan(there * 3);
	});
});

describe('codes', () => {
	it('are typed as people type', () => {
		const word = newWord(3);
		expect(word).toMatch(/^[2-9A-HJKMNP-TV-Z]{4}(-[2-9A-HJKMNP-TV-Z]{4}){2}$/);
		expect(typedWord(word.toLowerCase().replaceAll('-', ' '))).toBe(word);
	});

	it('differ', () => {
		expect(newDigits()).toMatch(/^\d{8}$/);
		expect(new Set(Array.from({ length: 1000 }, newToken)).size).toBe(1000);
		expect(Buffer.from(newToken(), 'base64url').length).toBe(32);
	});
});

describe('a one-time password', () => {
	// RFC 6238, appendix B, SHA-1, the last six digits.
	const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
	it.each([
		[59, '287082'],
		[1_111_111_109, '081804'],
		[1_234_567_890, '005924'],
		[20_000_000_000, '353130'],
	])('at %i s is %s', (seconds, code) => expect(totpStep(secret, code, 0, seconds * 1000)).toBe(Math.floor(seconds / 30)));

	it('is good once, and a step early or late', () => {
		const at = 1_111_111_109_000;
		const step = totpStep(secret, '081804', 0, at + 30_000);
		expect(step).toBe(Math.floor(1_111_111_109 / 30));
		expect(totpStep(secret, '081804', step ?? 0, at)).toBeNull();
		expect(totpStep(secret, '081804', 0, at + 61_000)).toBeNull();
		expect(totpStep(secret, '08180', 0, at)).toBeNull();
	});

	it('has a secret of 160 bits and a link for the app', () => {
		expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/);
		expect(totpUri(secret, '浦东展厅', '李静')).toContain(`secret=${secret}`);
	});
});

describe('an address', () => {
	it.each([
		['192.168.1.9', '192.168.1.9'],
		['::ffff:192.168.1.9', '192.168.1.9'],
		['fd00:1:2:3:4:5:6:7', 'fd00:1:2:3::/64'],
		['fd00::7', 'fd00:0:0:0::/64'],
		['::1', '0:0:0:0::/64'],
		['fe80::1%eth0', 'fe80:0:0:0::/64'],
	])('%s counts as %s', (address, counted) => expect(addressOf(address)).toBe(counted));
});
