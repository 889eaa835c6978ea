import { Secret, TOTP } from 'otpauth';

/** RFC 6238 as every authenticator app does it: SHA-1, six digits, 30 s. */
const SETTINGS = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** Steps that a telephone's clock may be off, either way. */
const WINDOW = 1;

/** A new secret, base32. */
export function newTotpSecret(): string {
	return new Secret({ size: 20 }).base32;
}

/** What the authenticator app reads from a QR code. */
export function totpUri(secret: string, issuer: string, label: string): string {
	return new TOTP({ ...SETTINGS, issuer, label, secret }).toString();
}

/**
 * The time step that a code belongs to; null when it is wrong or not newer than `lastStep`, the step of the last code that was used: each
 * code is good once.
 *
 * @param atMs Unix ms
 */
export function totpStep(secret: string, code: string, lastStep: number, atMs: number): number | null {
	const token = code.replace(/\s/g, '');
	if (!/^\d{6}$/.test(token)) return null;
	const delta = TOTP.validate({ ...SETTINGS, token, secret: Secret.fromBase32(secret), timestamp: atMs, window: WINDOW });
	if (delta === null) return null;
	const step = TOTP.counter({ period: SETTINGS.period, timestamp: atMs }) + delta;
	return step > lastStep ? step : null;
}
