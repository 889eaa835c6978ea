import { z } from 'zod';
import { type Answered, said } from './described.js';
import type { Role } from './vocabulary.js';
import { roleSchema } from './vocabulary.js';

/**
 * Who may come in: what the access part of the HTTP API takes (`…Schema`) and answers (`View`). Times are Unix ms. All under `/api`.
 *
 * A browser is known by an HttpOnly cookie that no script sees: after signing in a session's, after pairing a device's. Every request
 * that changes something (POST, PUT, PATCH, DELETE) brings the header `x-showroom: 1`, which a page of another origin cannot send.
 * Programs send `authorization: Bearer TOKEN` instead and need no such header.
 *
 * Errors besides the usual: 401 `sign-in-needed`; 403 `not-allowed` (signed in, but not for this), `no-header` (x-showroom is missing),
 * `not-same-origin`; 429 `too-many-tries` with `retry-after` in seconds.
 */
export const CHANGE_HEADER = 'x-showroom';

/** What a kiosk, a wall board and a consultant's phone are as devices. */
export const deviceKindSchema = z.enum(['kiosk', 'board', 'phone']);
export type DeviceKind = z.infer<typeof deviceKindSchema>;

/** What an API token may do. */
export const scopeSchema = z.enum(['read:log', 'read:visits', 'write:checkins', 'read:customers', 'write:customers', 'read:metrics']);
export type Scope = z.infer<typeof scopeSchema>;

/** The roles that members of staff have; `kiosk` is the role of the kiosk device. */
export const staffRoleSchema = roleSchema.exclude(['kiosk']);
export type StaffRole = z.infer<typeof staffRoleSchema>;

/**
 * Passwords have at least PASSWORD_MIN characters. One that is too short, too long or too common answers 400 `weak-password`, whose message
 * says what to change.
 */
export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 128;
const password = z.string().min(1).max(1000);
const personName = z.string().trim().min(1).max(40);
/** What stands in front of `@` elsewhere: small letters, digits and dashes; typed at sign-in instead of the name. */
const staffId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,35}$/);

/** GET /api/me: who this browser is. Answers everybody, nobody too; the first thing a page asks. */
export type MeView =
	/** `setupNeeded`: there is no administrator yet; the console shows the first-start assistant. */
	| { readonly kind: 'nobody'; readonly setupNeeded: boolean }
	| {
			readonly kind: 'staff';
			readonly staff: { readonly id: string; readonly name: string; readonly role: Role; readonly onDuty: boolean };
			/** The session, or null on a paired phone. */
			readonly session: string | null;
			/** The paired phone, or null. */
			readonly device: string | null;
			/** Whether signing in asks for a one-time code. */
			readonly totp: boolean;
	  }
	| { readonly kind: 'device'; readonly device: { readonly id: string; readonly kind: 'kiosk' | 'board'; readonly name: string } }
	| { readonly kind: 'token'; readonly token: { readonly id: string; readonly name: string; readonly scopes: readonly Scope[] } };

/**
 * POST /api/setup, on this machine only, once: makes the administrator and signs them in. Answers MeView. `code`: what the first start
 * printed. 401 `wrong-code` (wrong, used or expired; a restart prints another), 409 `set-up-already`, 400 `weak-password`.
 */
export const setupSchema = z.object({ code: z.string().max(40), name: personName, password });

/**
 * POST /api/sign-in. `name`: the person's name (if nobody else has it) or their id. Answers MeView. 401 `wrong-sign-in` (whatever was wrong),
 * 401 `code-needed` (right so far: ask for the one-time code and send all three), 401 `wrong-code`, 429 `too-many-tries`. `code`: six digits
 * of the authenticator, or a recovery code.
 */
export const signInSchema = z.object({ name: z.string().trim().min(1).max(100), password, code: z.string().max(40).optional() });
/**
 * POST /api/sign-in/link: a one-time code, typed or from a link `/#sign-in=CODE`. Answers MeView. 401 `wrong-code`; 401
 * `new-password-needed`: it is good and still unused, and its owner has to choose a password with it.
 */
export const linkSchema = z.object({ code: z.string().max(80) });
/**
 * POST /api/sign-in/password: uses a PasswordCode up. Ends all sessions of its owner and opens none: they sign in with the new password, and
 * their authenticator's code where they use one. Answers NewPasswordAnswer. 401 `wrong-code`, 400 `weak-password` (the code stays good).
 */
export const newPasswordSchema = z.object({ code: z.string().max(80), password });
export interface NewPasswordAnswer {
	/** Whose password it is, as `name` at sign-in. */
	readonly staff: string;
}
/** POST /api/sign-out: ends this session. 204. */

/** POST /api/me/password. Ends all other sessions of this person. 204. 401 `wrong-password`, 400 `weak-password`. */
export const passwordSchema = z.object({ current: password, password });

/** POST /api/me/totp: begins enrolment in an authenticator; nothing changes yet. 401 `wrong-password`. */
export const totpSchema = z.object({ password });
export interface TotpEnrolment {
	/** Base32, to type in by hand. */
	readonly secret: string;
	/** `otpauth://totp/…`, to be shown as a QR code. */
	readonly uri: string;
}
/** POST /api/me/totp/confirm: switches it on. 401 `wrong-code`. Answers the recovery codes, shown this once. */
export const totpConfirmSchema = z.object({ code: z.string().max(40) });
export interface RecoveryCodes {
	readonly recoveryCodes: readonly string[];
}
/** POST /api/me/totp/remove (totpSchema): switches it off. 204. DELETE /api/staff/:id/totp: an administrator does it for somebody. 204. */

/** GET /api/me/sessions: one's own. GET /api/sessions: everybody's (administrator). */
export interface SessionsAnswer {
	readonly sessions: readonly SessionView[];
}
export interface SessionView {
	readonly id: string;
	readonly staff: string;
	readonly openedAt: number;
	/** To within a few minutes. */
	readonly seenAt: number;
	readonly expiresAt: number;
	/** The browser as it calls itself, shortened. */
	readonly browser: string;
	readonly address: string;
	/** The one that asks. */
	readonly current: boolean;
}
/** DELETE /api/me/sessions/:id, DELETE /api/sessions/:id (administrator): ends it, its sockets at once. 204. 404 `no-such-session`. */

/** GET /api/staff (administrator, manager). */
export interface StaffAnswer {
	readonly staff: readonly StaffAccountView[];
}
export interface StaffAccountView {
	readonly id: string;
	readonly name: string;
	readonly role: Role;
	readonly onDuty: boolean;
	/** Signs in no more, is told of nothing. Staff are never removed: the log names them. */
	readonly disabled: boolean;
	/** Has a password, so can sign in. */
	readonly canSignIn: boolean;
	readonly totp: boolean;
}
/** POST /api/staff (administrator). Answers 201 StaffAccountView. 409 `id-taken`, 400 `weak-password`. Without a password: cannot sign in before using a PasswordCode. */
export const staffAddSchema = z.object({
	id: staffId.optional(),
	name: personName,
	role: staffRoleSchema,
	onDuty: z.boolean().default(true),
	password: password.optional(),
});
/**
 * PATCH /api/staff/:id (administrator). Answers StaffAccountView. 404 `no-staff`, 409 `last-administrator`. Disabling ends their sessions and
 * phones; so does a change of role.
 */
export const staffChangeSchema = z.object({
	name: personName.optional(),
	role: staffRoleSchema.optional(),
	onDuty: z.boolean().optional(),
	disabled: z.boolean().optional(),
});
/**
 * POST /api/staff/:id/password-code (administrator): a code with which they choose their first or a new password, so that nobody else knows
 * it. Answers PasswordCode, shown this once; the code before it is void. Their password and sessions stay until it is used. 404 `no-staff`.
 */
export interface PasswordCode {
	/** `K7QF-2M9X-RTBA`, also as a link `/#sign-in=CODE`. Good once. */
	readonly code: string;
	readonly expiresAt: number;
}

/** GET /api/devices (administrator). */
export interface DevicesAnswer {
	readonly devices: readonly DeviceView[];
}
export interface DeviceView {
	readonly id: string;
	readonly kind: DeviceKind;
	readonly name: string;
	/** Whose phone it is. */
	readonly staff: string | null;
	readonly pairedAt: number;
	/** To within a few minutes. */
	readonly seenAt: number;
}
/**
 * POST /api/devices/codes (administrator): a code to type into the device. A phone belongs to a consultant, an adviser, reception or a
 * manager: `staff` names them; it may then do what they may on the floor, without a password. 400 `invalid` (staff).
 */
export const pairingSchema = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('kiosk'), name: personName }),
	z.object({ kind: z.literal('board'), name: personName }),
	z.object({ kind: z.literal('phone'), name: personName, staff: z.string().min(1) }),
]);
export type Pairing = z.infer<typeof pairingSchema>;
export interface PairingCode {
	/** Eight digits, good once. */
	readonly code: string;
	readonly expiresAt: number;
}
/** POST /api/pair, on the device. Answers DeviceView and sets the device's cookie. 401 `wrong-code`, 429 `too-many-tries`. */
export const pairSchema = z.object({ code: z.string().max(20) });
/** DELETE /api/devices/:id (administrator): it is nobody from now on. 204. 404 `no-such-device`. */

/** GET /api/tokens (administrator). */
export interface TokensAnswer {
	readonly tokens: readonly TokenView[];
}
export interface TokenView {
	readonly id: string;
	readonly name: string;
	readonly scopes: readonly Scope[];
	readonly madeAt: number;
	readonly expiresAt: number | null;
}
/** POST /api/tokens (administrator). Answers 201 NewToken: `token` is shown this once. */
export const tokenSchema = z.object({
	name: personName,
	scopes: z.array(scopeSchema).min(1),
	days: z.number().int().min(1).max(3650).nullable().default(365),
});
export interface NewToken extends TokenView {
	readonly token: string;
}
/** DELETE /api/tokens/:id (administrator). 204. 404 `no-such-token`. */

/** GET /api/log (manager, administrator, tokens with read:log): events, oldest first; they hold no names. */
export const logQuerySchema = z.object({
	after: z.coerce.number().int().nonnegative().default(0).meta(said('Events with a greater seq', '此序号之后的事件')),
	limit: z.coerce.number().int().min(1).max(1000).default(200),
});
export const logAnswerSchema = z.object({
	events: z.array(
		z
			.object({
				...{ seq: z.number().int(), id: z.string(), type: z.string(), version: z.number().int() },
				at: z
					.object({ wall: z.number().int(), mono: z.number(), boot: z.string() })
					.meta(
						said("Unix time in ms; the machine's monotonic clock in ms, and its boot", 'Unix 时间（毫秒）、单调时钟（毫秒）与开机编号'),
					),
				...{ actor: z.string(), subject: z.string(), cause: z.string().nullable(), body: z.record(z.string(), z.unknown()) },
			})
			.meta({ id: 'LoggedEvent', ...said('What happened; no names, no free text', '发生的事；不含姓名与自由文本') }),
	),
	next: z.number().int().nullable().meta(said('`after` of the next page; null: no more yet', '下一页的 `after`；null：暂无更多')),
	lastSeq: z.number().int(),
});
export type LogAnswer = Answered<typeof logAnswerSchema>;

/** GET /healthz (everybody): 200 `{"ok":true}` while the agent lives. */

/** GET /ca.crt (everybody): the certificate authority made on the first start with TLS, to be trusted on phones. 404 when the user's own is in use. */
