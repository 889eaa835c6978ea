import { z } from 'zod';
import { deviceKindSchema, scopeSchema } from './access.api.js';
import { alertEvents } from './alert-events.js';
import {
	audienceSchema,
	consentPurposeSchema,
	grantViaSchema,
	photographRefusalSchema,
	processingPurposeSchema,
	withdrawalLevelSchema,
} from './consent.api.js';
import { count, id } from './event-parts.js';
import { faceFailureSchema } from './face-checkin.api.js';
import { receptionEvents } from './reception-events.js';
import { visitEvents } from './visit-events.js';
import { cameraReasonSchema, cameraStateSchema, type Instant, languageSchema, roleSchema } from './vocabulary.js';

const importCounts = { added: count, updated: count, skipped: count };

const enrolment = {
	templates: z.number().int(),
	model: z.string(),
	/** What somebody waved through, and whom the face is like as well. */
	despite: photographRefusalSchema.nullable(),
	other: id.nullable(),
};

/**
 * The showroom log's event types. A body is small and typed, without names and without free text: it holds ids, and the
 * texts live in rows of their own, so that a person can be erased and the log stays whole.
 */
export const eventBodies = {
	'agent.started': z.object({ version: z.string(), node: z.string() }),
	'agent.stopped': z.object({}),

	'camera.changed': z.object({ camera: id, state: cameraStateSchema, reason: cameraReasonSchema.nullable() }),

	'customer.enrolled': z.object({ customer: id, ...enrolment }),
	'staff.enrolled': z.object({ staff: id, ...enrolment }),
	/** None of somebody's kept photographs makes a template by this recogniser; why the last one does not. */
	'face.not-described': z.object({ person: id, model: z.string(), photographs: count, reason: photographRefusalSchema }),

	...visitEvents,
	/** A visitor asked the kiosk to recognise their face, and how that ended; whom it recognised, their check-in says. Subject: the session. */
	'checkin.face-tried': z.object({ outcome: z.enum(['recognised', 'nobody', 'given-up', ...faceFailureSchema.options]) }),

	...alertEvents,
	...receptionEvents,
	/** A webhook's message was given up: it can never be delivered, or no longer matters. `event`: the seq of what it would have told. */
	'webhook.gave-up': z.object({
		webhook: id,
		event: count,
		reason: z.enum(['refused', 'too-old', 'bad-signature', 'not-found']),
		attempts: count,
	}),

	/** Staff come, change and leave; their names are in the `staff` row. */
	'staff.added': z.object({ staff: id, role: roleSchema }),
	'staff.changed': z.object({ staff: id, role: roleSchema, onDuty: z.boolean(), disabled: z.boolean() }),
	/** Somebody's way of signing in changed; `password-code`: they were given a code to choose a password with. */
	'account.changed': z.object({ staff: id, what: z.enum(['password', 'password-code', 'totp-on', 'totp-off', 'recovery-code-used']) }),
	'session.opened': z.object({ session: id, staff: id, by: z.enum(['password', 'link', 'setup']) }),
	'session.closed': z.object({ session: id, staff: id, reason: z.enum(['signed-out', 'revoked', 'expired', 'password', 'staff-changed']) }),
	/** Somebody tried to come in and could not; what they typed stands nowhere. `staff`: whose account it was, if anybody's. */
	'session.refused': z.object({ staff: id.nullable(), reason: z.enum(['sign-in', 'code', 'link', 'password-code', 'setup', 'pairing']) }),
	'device.paired': z.object({ device: id, kind: deviceKindSchema, staff: id.nullable() }),
	'device.revoked': z.object({ device: id }),
	'token.made': z.object({ token: id, scopes: z.array(scopeSchema) }),
	'token.revoked': z.object({ token: id }),

	'brochure.viewed': z.object({ brochure: id, page: z.number().int(), ms: z.number().int().nonnegative() }),

	/** A notice's text is in the `consent_notices` row of this hash. */
	'consent.notice-published': z.object({ notice: id, audience: audienceSchema, version: z.number().int().positive() }),
	/** Somebody consented to what the notice says. The actor took the consent. A guardian's name is in the `grant_texts` row of this grant. */
	'consent.granted': z.object({
		grant: id,
		person: id,
		kind: audienceSchema,
		/** The notice's hash. */
		notice: id,
		purposes: z.array(consentPurposeSchema),
		via: grantViaSchema,
		language: languageSchema,
		guardian: z.boolean(),
	}),
	/** What the level names has been erased in the same transaction. */
	'consent.withdrawn': z.object({ person: id, level: withdrawalLevelSchema }),
	/** Nobody came for so long that the grant ended; templates and photographs were erased in the same transaction. */
	'consent.expired': z.object({ person: id }),
	/** Texts of check-ins, of expected guests and about visits were past their time and erased; how many of them belonged together. */
	'checkin.texts-expired': z.object({ checkins: z.number().int().positive() }),

	/** The actor looked at somebody's data; null: at a list of everybody. Said once in ten minutes for the same actor and person. */
	'person.read': z.object({ person: id.nullable(), purpose: processingPurposeSchema }),
	'person.changed': z.object({ person: id.nullable(), purpose: processingPurposeSchema }),
	'person.exported': z.object({ person: id.nullable(), purpose: processingPurposeSchema }),

	/** People came from a file; which ones, nobody can say from this. */
	'customers.imported': z.object({ import: id, ...importCounts }),
	'staff.imported': z.object({ import: id, ...importCounts }),
	/** An import was taken back; `kept`: who had changed since. */
	'import.undone': z.object({ import: id, removed: count, restored: count, kept: count }),

	/** Which faces are compared with the gallery. `entrance` only with both confirmations. */
	'recognition.trigger-changed': z.discriminatedUnion('trigger', [
		z.object({ trigger: z.literal('zone') }),
		z.object({ trigger: z.literal('entrance'), assessment: z.literal(true), sign: z.literal(true) }),
	]),
} as const;

export type EventType = keyof typeof eventBodies;
export type EventBody<T extends EventType> = z.infer<(typeof eventBodies)[T]>;

/** Who caused an event: `system`, `camera:ID`, `staff:ID`, `kiosk:ID`, `cli`. */
export type Actor = 'system' | 'cli' | `camera:${string}` | `staff:${string}` | `kiosk:${string}`;

/** What a decision wants appended. `at` is when it happened; the writer gives it seq and hash. */
export type EventDraft = {
	[T in EventType]: {
		readonly id: string;
		readonly type: T;
		readonly at: Instant;
		readonly actor: Actor;
		/** What the event is about: a visit's, an alert's, a camera's id. */
		readonly subject: string;
		/** The id of the event that caused this one. */
		readonly cause: string | null;
		readonly body: EventBody<T>;
	};
}[EventType];

/** An event as it stands in the log. */
export type LoggedEvent = EventDraft & { readonly seq: number; readonly version: number };
