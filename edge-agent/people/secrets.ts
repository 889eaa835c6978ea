import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** A token of 256 random bits, for a cookie or a program. */
export function newToken(): string {
	return randomBytes(32).toString('base64url');
}

/** What is kept of a token or code. Plain SHA-256 is right for secrets that cannot be guessed, or that live for minutes. */
export function secretHash(secret: string): string {
	return createHash('sha256').update(secret).digest('base64url');
}

/** Whether two hashes are the same, in a time that says nothing about where they differ. */
export function sameHash(one: string, other: string): boolean {
	const [a, b] = [Buffer.from(one), Buffer.from(other)];
	return a.length === b.length && timingSafeEqual(a, b);
}

/** Letters and digits that are not mistaken for one another. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `K7QF-2M9X-RTBA`: groups of four to be read and typed by people; each letter is worth 4.9 bits. */
export function newWord(groups: number): string {
	const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
	return Array.from({ length: groups }, group).join('-');
}

/** The typed word as it was made: without regard to case, spaces and dashes. */
export function typedWord(text: string): string {
	const letters = text.toUpperCase().replace(/[^0-9A-Z]/g, '');
	return letters.replace(/.{4}(?=.)/g, '$&-');
}

/** Eight digits. */
export function newDigits(): string {
	return String(randomInt(100_000_000)).padStart(8, '0');
}
