import { hash, verify } from '@node-rs/argon2';
import { PASSWORD_MAX, PASSWORD_MIN } from '../contract/access.api.js';

/** OWASP's Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. It runs on libuv's threads, not on this one. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** What people take when they have to think of something; compared without the digits and signs around it. */
const COMMON = new Set(
	`password passwort passw0rd p@ssw0rd p@ssword motdepasse contrasena qwerty qwertyuiop qwertz asdfgh asdfghjkl zxcvbn zxcvbnm iloveyou
	welcome letmein admin administrator root guest user login master monkey dragon sunshine princess football baseball superman batman
	trustno hello whatever showroom showroomedge kiosk reception manager consultant changeme default secret abc abcd abcde abcdef abcdefg
	abcdefgh woaini woaiwojia mima wodemima nihao zhongguo qwe qweasd qweasdzxc qaz qazwsx qazwsxedc wsx asd zxc aini xiaoming tiantian
	zhanting xiaoshou qiche mercedes porsche toyota volkswagen audi tesla`.split(/\s+/),
);

const SEQUENCES = [
	'01234567890123456789',
	'98765432109876543210',
	'abcdefghijklmnopqrstuvwxyz',
	'qwertyuiopasdfghjklzxcvbnm',
	'1q2w3e4r5t6y7u8i9o0p',
];

/** Whether a password may be used by somebody with these names (their name, their id). */
export function isStrong(password: string, names: readonly string[]): boolean {
	const text = normal(password);
	const length = [...text].length;
	if (length < PASSWORD_MIN || length > PASSWORD_MAX) return false;
	const small = text.toLowerCase();
	const core = small.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
	// A word of the list with a year and an exclamation mark is that word.
	if (COMMON.has(core) || COMMON.has(small)) return false;
	if (new Set(small).size < 5) return false;
	if (SEQUENCES.some((sequence) => sequence.includes(small))) return false;
	return !names.some((name) => name.length >= 2 && core === normal(name).toLowerCase());
}

/** The PHC string (salt, parameters and hash) to keep. */
export function hashPassword(password: string): Promise<string> {
	return hash(normal(password), PARAMETERS);
}

/** Of nothing: what a password is held against when there is no account, so that it takes as long. */
let dummy: Promise<string> | undefined;

/** Whether it is the password. null: there is none, which takes as long to find out. */
export async function isPassword(kept: string | null, password: string): Promise<boolean> {
	dummy ??= hashPassword('nobody has this password');
	const right = await verify(kept ?? (await dummy), normal(password));
	return right && kept !== null;
}

/** The same letters typed on another keyboard are the same password. */
function normal(password: string): string {
	return password.normalize('NFKC');
}
