import { z } from 'zod';
import { count, id, time } from './event-parts.js';
import { arrivalSourceSchema, channelSchema, closeReasonSchema, gradeSchema, purposeSchema, visitResultSchema } from './vocabulary.js';

/** Figures for people: no more digits than mean something. */
const rounded = (digits: number) => z.number().transform((value) => Number(value.toFixed(digits)));

/**
 * What a camera's decision about a face rests on. Of somebody whom nobody knows: only how many faces were looked at. Distances are the
 * recogniser's own; `second`: of the person next in likeness (null: there is nobody else), without saying who.
 */
const faceEvidenceSchema = z.discriminatedUnion('verdict', [
	z.object({
		...{ verdict: z.literal('known'), faces: count, eyeDistance: rounded(1) },
		...{ distance: rounded(4), second: rounded(4).nullable(), threshold: rounded(4), model: z.string() },
		/** What the threshold comes from: the store's own calibration, the recogniser's shipped one, or the settings. */
		calibration: z.enum(['own', 'shipped', 'settings']),
	}),
	z.object({ verdict: z.literal('nobody'), faces: count }),
]);
export type FaceEvidence = z.infer<typeof faceEvidenceSchema>;

/** The sealed text (`visit_texts`) that says why; null: nobody said. */
const why = id.nullable();
const word = z.string().min(1).max(40);

/** What a manager may put right about a visit. Absent: as it was. */
export const correctionSchema = z
	.object({
		customer: id.nullable(),
		purpose: purposeSchema.nullable(),
		host: id.nullable(),
		channel: channelSchema.nullable(),
		partySize: z.number().int().min(1).max(99),
		receivedBy: id.nullable(),
		openedAt: time,
		greetedAt: time.nullable(),
		closedAt: time.nullable(),
	})
	.partial();
export type Correction = z.infer<typeof correctionSchema>;

/** The form about a visit that is over, without its remark: what the store's sheet of visits holds. */
export const outcomeFields = {
	result: visitResultSchema,
	grade: gradeSchema.nullable(),
	channel: channelSchema,
	partySize: z.number().int().min(1).max(99),
	/** Of the catalogue. */
	models: z.array(id).max(10),
	/** Other makers' models, of the list in the settings. */
	rivals: z.array(word).max(10),
	testDrive: z.boolean(),
	quote: z.boolean(),
	/** They left a way to reach them (留档). */
	contactLeft: z.boolean(),
};

/** What happens to a visit. Subject: the visit. */
export const visitEvents = {
	/** Somebody came in. Subject: the visit. */
	'visit.opened': z.object({
		visit: id,
		source: arrivalSourceSchema,
		entrance: id.nullable(),
		customer: id.nullable(),
		purpose: purposeSchema.nullable(),
		/** The member of staff they came to see. */
		host: id.nullable(),
		/** What the cameras' decision rests on, where one was made before. */
		face: faceEvidenceSchema.nullable(),
		/** The visit of whoever came in just before, of one party; null: nobody did. */
		party: id.nullable(),
	}),
	/** The visit's person became known (a face decided after the crossing, or a check-in). */
	'visit.identified': z.object({
		visit: id,
		customer: id,
		by: z.enum(['face', 'kiosk', 'telephone', 'guest', 'manual']),
		face: faceEvidenceSchema.nullable(),
	}),
	/** The visitor was seen again, inside; said once in a while. */
	'visit.seen': z.object({ visit: id }),
	/** The visitor crossed the counting line outwards; the visit closes unless they are back within `reentryMinutes`. */
	'visit.stepped-out': z.object({ visit: id }),
	'visit.returned': z.object({ visit: id }),
	'visit.greeted': z.object({ visit: id, staff: id }),
	'visit.closed': z.object({ visit: id, reason: closeReasonSchema }),
	/** Two visits were one: this one goes on, or went on, as `into`. */
	'visit.merged': z.object({ visit: id, into: id, why }),
	/** Somebody of `from`'s party has a visit of their own, which was opened with this. */
	'visit.split': z.object({ visit: id, from: id, why }),
	/** `before` holds the same fields as they were: correcting with it takes the correction back. */
	'visit.corrected': z.object({ visit: id, changes: correctionSchema, before: correctionSchema, why }),
	/** Another member of staff looks after the visitor from now on. */
	'visit.reassigned': z.object({ visit: id, staff: id, from: id.nullable(), by: z.enum(['hand-over', 'manager']), why }),
	/** A remark, whose text is the `visit_texts` row `note`. */
	'visit.annotated': z.object({ visit: id, note: id }),
	/** What came of the visit; the last one counts. A remark is the `visit_texts` row `note`. */
	'visit.outcome-recorded': z.object({ visit: id, staff: id, ...outcomeFields, note: id.nullable() }),
	/** The member of staff who received the visitor is asked for the outcome, for the `turn`th time. */
	'visit.outcome-asked': z.object({ visit: id, staff: id, turn: z.number().int().positive() }),

	/** A visitor checked in at the kiosk. Name and telephone are texts in the `checkin_texts` row named by `checkin`. */
	'checkin.recorded': z.object({
		checkin: id,
		visit: id,
		via: z.enum(['touch', 'voice', 'face', 'reception', 'guest']),
		purpose: purposeSchema,
		host: id.nullable(),
		model: id.nullable(),
	}),
} as const;
