import { z } from 'zod';
import { deviceKindSchema, scopeSchema } from '../contract/access.api.js';

/**
 * What is kept about access, each record a row of its own (`access_records`): few enough to be held in memory, so that a request is
 * judged without asking the disk. No token, code or password, only their hashes. Only an authenticator's secret has to be kept as it is.
 */
const instant = z.object({ wall: z.number(), mono: z.number(), boot: z.string() });
const hash = z.string();

export const recordSchemas = {
	/** By staff id. Nobody signs in without one. */
	account: z.object({
		/** argon2id, as a PHC string; null: no password yet. */
		password: z.string().nullable(),
		disabled: z.boolean(),
		/** `lastStep`: of the last code used. `pending`: shown but not confirmed yet, the old one still holds. */
		totp: z.object({ secret: z.string(), lastStep: z.number() }).nullable(),
		pending: z.string().nullable(),
		recovery: z.array(hash),
	}),
	session: z.object({ staff: z.string(), hash, openedAt: instant, seenAt: instant, browser: z.string(), address: z.string() }),
	device: z.object({
		kind: deviceKindSchema,
		name: z.string(),
		staff: z.string().nullable(),
		hash,
		pairedAt: z.number(),
		seenAt: instant,
	}),
	token: z.object({ name: z.string(), scopes: z.array(scopeSchema), hash, madeAt: z.number(), expiresAt: z.number().nullable() }),
	/** One-time codes: of the first start, for pairing a device, of a sign-in link, for choosing a password. */
	code: z.object({
		hash,
		madeAt: instant,
		lifeMs: z.number(),
		for: z.discriminatedUnion('what', [
			z.object({ what: z.literal('setup') }),
			z.object({ what: z.literal('pairing'), kind: deviceKindSchema, name: z.string(), staff: z.string().nullable() }),
			z.object({ what: z.literal('link'), staff: z.string() }),
			z.object({ what: z.literal('password-code'), staff: z.string() }),
		]),
	}),
	/** Failed tries, by what was tried. */
	tries: z.object({ failures: z.number(), at: instant }),
} as const;

export type RecordKind = keyof typeof recordSchemas;
export type AccessRecord<K extends RecordKind> = z.infer<(typeof recordSchemas)[K]>;

/** A record to write, or (null) to remove. */
export type RecordChange = {
	[K in RecordKind]: { readonly kind: K; readonly id: string; readonly value: AccessRecord<K> | null };
}[RecordKind];

export const noAccount: AccessRecord<'account'> = { password: null, disabled: false, totp: null, pending: null, recovery: [] };
