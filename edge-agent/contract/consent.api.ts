import { z } from 'zod';
import { languageSchema } from './vocabulary.js';

/**
 * Consent over HTTP, all under `/api`. `:id` is a customer's or a member of staff's id. Times are Unix ms. The signed-in person is the one
 * who acts; nobody names themselves in a body.
 *
 *   GET  /consent/notices                      NoticesAnswer, newest first
 *   GET  /consent/notices/:hash                NoticeView; an old one stays readable
 *   POST /consent/notices                      noticeSchema -> NoticeView: a new version, in force from now on
 *   GET  /consent/summary                      ConsentSummary
 *   GET  /consent/expiring                     ExpiringAnswer: whose consent ends within 30 days, soonest first
 *   GET  /consent/people/:id                   ConsentView
 *   POST /consent/people/:id/grants            grantSchema -> ConsentView
 *   POST /consent/people/:id/withdrawals       withdrawalSchema -> WithdrawalAnswer, once erased
 *   POST /consent/people/:id/photographs       a picture's bytes (image/jpeg, image/png, image/webp; 12 MB) -> EnrolmentAnswer, or an
 *                                              error whose code is a PhotographRefusal; with ?anyway=true those in `confirmable` pass
 *   GET  /consent/missing                      MissingAnswer: whom a change of the recogniser left without a template
 *   GET  /consent/people/:id/records           ProcessingRecordsAnswer
 *   GET  /recognition/trigger                  TriggerView
 *   PUT  /recognition/trigger                  triggerSchema -> TriggerView
 */

/**
 * What a face may be used for. `recognition` (at the entrance and the kiosk) is what a template needs; `accuracy`: also to calibrate how
 * well reception recognises; `photograph`: the photograph itself is kept, sealed, so that a better network needs no new one.
 */
export const consentPurposeSchema = z.enum(['recognition', 'accuracy', 'photograph']);
export type ConsentPurpose = z.infer<typeof consentPurposeSchema>;

/** Whom a notice speaks to. */
export const audienceSchema = z.enum(['customer', 'staff']);
export type Audience = z.infer<typeof audienceSchema>;

/** How the consent was given: on paper that the store keeps, at the kiosk, or at a screen of the console. */
export const grantViaSchema = z.enum(['paper', 'kiosk', 'console']);
export type GrantVia = z.infer<typeof grantViaSchema>;

const words = (longest: number) => z.string().trim().min(1).max(longest);
const noticeTextSchema = z.strictObject({
	title: words(120),
	sections: z
		.array(z.strictObject({ heading: words(80), text: words(2000) }))
		.min(1)
		.max(20),
	/** What stands beside each box to tick; every box starts empty. */
	purposes: z.strictObject({ recognition: words(400), accuracy: words(400), photograph: words(400) }),
});
export type NoticeText = z.infer<typeof noticeTextSchema>;

/** POST /consent/notices */
export const noticeSchema = z.strictObject({ audience: audienceSchema, zh: noticeTextSchema, en: noticeTextSchema });
export type Notice = z.infer<typeof noticeSchema>;

export interface NoticeView extends Notice {
	/** SHA-256 (hex) of the canonical text in both languages: what a grant names. */
	readonly hash: string;
	/** 1, 2, … within its audience. */
	readonly version: number;
	readonly publishedAt: number;
	/** An actor, as in the log. */
	readonly publishedBy: string;
	/** The one that new grants are given for. */
	readonly current: boolean;
}
export interface NoticesAnswer {
	readonly notices: readonly NoticeView[];
}

/** POST /consent/people/:id/grants. `notice` is the hash of the text that the person had before them: it must be the current one. */
export const grantSchema = z
	.strictObject({
		notice: z.string().regex(/^[0-9a-f]{64}$/),
		purposes: z
			.array(consentPurposeSchema)
			.refine((list) => new Set(list).size === list.length, 'each purpose once')
			.refine((list) => list.includes('recognition'), 'recognition is what a face is kept for'),
		via: grantViaSchema,
		language: languageSchema,
		/** Under 14 years: a guardian consents. */
		under14: z.boolean(),
		/** The guardian's name; needed when under 14, else null. Kept sealed. */
		guardian: words(40).nullable(),
	})
	.refine(({ under14, guardian }) => !under14 || guardian !== null, {
		path: ['guardian'],
		error: 'a guardian has to consent for a child under 14',
	})
	.refine(({ under14, guardian }) => under14 || guardian === null, { path: ['guardian'], error: 'only for a child under 14' });
export type Grant = z.infer<typeof grantSchema>;

export interface GrantView {
	readonly id: string;
	readonly notice: string;
	readonly purposes: readonly ConsentPurpose[];
	readonly grantedAt: number;
	readonly by: string;
	readonly via: GrantVia;
	readonly guardian: boolean;
	/** null while it is valid. `replaced`: by a later grant. */
	readonly endedAt: number | null;
	readonly endReason: 'withdrawn' | 'expired' | 'replaced' | null;
}

/** GET /consent/people/:id */
export interface ConsentView {
	readonly person: string;
	readonly kind: Audience;
	/** none: never asked, or never given. */
	readonly state: 'none' | 'granted' | 'withdrawn' | 'expired';
	/** The valid grant. */
	readonly grant: GrantView | null;
	/** When the valid grant ends unless they come again; null without one, and for staff (their grant ends with the employment). */
	readonly expiresAt: number | null;
	/** Newest first, the valid one included. */
	readonly history: readonly GrantView[];
	/** By the recogniser in use. */
	readonly templates: number;
	readonly photographs: number;
	/** Enrolled with another recogniser and not with the one in use: why not (yet). */
	readonly missing: MissingReason | null;
}

/**
 * Why somebody has no template by the recogniser in use: their kept photographs are still to be described (`waiting`), none was kept
 * (`no-photograph`), or the last that was refused why.
 */
export type MissingReason = 'waiting' | 'no-photograph' | PhotographRefusal;

/** GET /consent/missing */
export interface MissingAnswer {
	readonly people: readonly { readonly person: string; readonly kind: Audience; readonly name: string; readonly reason: MissingReason }[];
}

/** face: templates and photographs go, the customer stays. everything: names, telephone, check-in texts go too. */
export const withdrawalLevelSchema = z.enum(['face', 'everything']);
export type WithdrawalLevel = z.infer<typeof withdrawalLevelSchema>;

/** POST /consent/people/:id/withdrawals */
export const withdrawalSchema = z.strictObject({ level: withdrawalLevelSchema });

/** A place that holds a list of erasures: the data directory and every backup destination. */
export interface ErasurePlace {
	readonly place: string;
	/** The erasure stands in its list, on its disk. */
	readonly written: boolean;
	/** Why not, for people; it is tried again until it is written. */
	readonly problem: string | null;
}

/** The person is erased here in any case. `complete`: every list of erasures has it too. */
export interface WithdrawalAnswer {
	readonly person: string;
	readonly level: WithdrawalLevel;
	readonly complete: boolean;
	readonly places: readonly ErasurePlace[];
}

/**
 * Why a photograph makes no template. `too-dark`: the face is, also against the light; `too-bright`: or without contrast;
 * `already-enrolled`: it is as alike to somebody else as recognition asks for; `unlike`: it does not look like this person's other
 * photographs; `duplicate`: one of them shows the same, nothing would be gained.
 */
export const photographRefusalSchema = z.enum([
	...(['unreadable', 'no-face', 'several-faces', 'too-small', 'too-dark', 'too-bright', 'blurred', 'looking-away'] as const),
	...(['already-enrolled', 'unlike', 'duplicate'] as const),
]);
export type PhotographRefusal = z.infer<typeof photographRefusalSchema>;

/** What somebody who knows the person may wave through: twins, an old photograph. */
export const confirmable: readonly PhotographRefusal[] = ['already-enrolled', 'unlike'];

/** POST /consent/people/:id/photographs */
export interface EnrolmentAnswer {
	readonly person: string;
	readonly templates: number;
	/** As many are kept as there may be: this one took the place of the one most like it. */
	readonly replaced: boolean;
	/** Whether the photograph itself was kept. */
	readonly kept: boolean;
}

/** GET /consent/summary */
export interface ConsentSummary {
	/** People with at least one template. */
	readonly enrolled: number;
	readonly expiring30d: number;
	/** People whose face data makes a store report to the authority. */
	readonly filingThreshold: number;
	/** Lists of erasures that are not up to date, with the reason. */
	readonly pending: readonly ErasurePlace[];
}

export interface ExpiringAnswer {
	readonly people: readonly { readonly person: string; readonly expiresAt: number }[];
}

/** Why somebody's data was looked at, changed or handed out. */
export const processingPurposeSchema = z.enum([
	'reception',
	'customer-care',
	'consent',
	'import',
	'export',
	'rights-request',
	'administration',
]);
export type ProcessingPurpose = z.infer<typeof processingPurposeSchema>;

export interface ProcessingRecord {
	readonly at: number;
	readonly actor: string;
	readonly action: 'read' | 'listed' | 'changed' | 'exported' | 'enrolled' | 'granted' | 'withdrawn' | 'expired';
	readonly purpose: ProcessingPurpose | null;
}
/** GET /consent/people/:id/records, newest first, 500 at most. `listed`: they stood in a list of everybody. */
export interface ProcessingRecordsAnswer {
	readonly records: readonly ProcessingRecord[];
}

/** PUT /recognition/trigger. Comparing every face at the entrance takes two confirmations; going back takes none. */
export const triggerSchema = z.discriminatedUnion('trigger', [
	z.strictObject({ trigger: z.literal('zone') }),
	z.strictObject({
		trigger: z.literal('entrance'),
		/** The impact assessment (PIPL 55) has been made and is kept. */
		assessment: z.literal(true),
		/** The sign hangs at the entrance (PIPL 26). */
		sign: z.literal(true),
	}),
]);
export type TriggerChange = z.infer<typeof triggerSchema>;

export interface TriggerView {
	readonly trigger: 'zone' | 'entrance';
	/** null: nobody has changed it, the default holds. */
	readonly changedAt: number | null;
	readonly changedBy: string | null;
}
