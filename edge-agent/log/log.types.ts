import type { AlertView, CustomerDetails, CustomerView, StaffView, VisitView } from '../contract/api.js';
import type { Audience, MissingReason } from '../contract/consent.api.js';
import type { EventDraft, LoggedEvent } from '../contract/events.js';
import type { Figures, SummaryDetails, SummaryView } from '../contract/figures.api.js';
import type { PackedTemplates } from '../gallery/packed-templates.js';
import type { ImportRecord } from './import-rows.store.js';
import type { ReceptionQueries } from './reception-rows.store.js';

/**
 * The showroom log as the rooms above see it. The client on the main thread talks to the log-writer and reader threads;
 * main itself never opens SQLite.
 */
export interface ShowroomLog {
	/**
	 * Appends in one transaction with the projections and answers once it is durable. A draft whose id is already in the log is
	 * left out of the answer's new seqs: appending twice is harmless.
	 */
	append(drafts: readonly EventDraft[], changes?: readonly RowChange[]): Promise<LoggedEvent[]>;
	/**
	 * Appends the event and erases what the level names in the same transaction: data keys, sealed rows, templates. Answers once no byte of
	 * them is in the database's files.
	 */
	erasePerson(draft: EventDraft, person: string, level: 'face' | 'everything'): Promise<void>;
	/** Events with seq > `after`, oldest first. */
	read(after: number, limit: number): Promise<LoggedEvent[]>;
	lastSeq(): Promise<number>;
	/** Every event once it is durable, in order, for live screens; no replay. Answers how to stop listening. */
	onAppended(listener: (events: readonly LoggedEvent[]) => void): () => void;
	/**
	 * Calls `handle` with everything after the durable cursor `name`, in order, again after a failure (backing off), and
	 * moves the cursor once `handle` has resolved: at least once, so `handle` must bear repeats.
	 *
	 * @param begin where a new cursor begins: before the first event, or after the last one of now
	 */
	follow(name: string, handle: Handle, begin?: 'start' | 'end'): Follower;
	/** Every follower that runs now. */
	followers(): readonly FollowerPlace[];
}

/** How far a follower has come. */
export interface FollowerPlace {
	readonly name: string;
	/** The last event that it has handled, as far as it has said since it began; 0 before. */
	readonly seq: number;
	/** Turns that failed in a row. */
	readonly failures: number;
}

/** Takes a batch. Answers how far it came (a seq; what is after it comes again), or nothing for all of it. */
// biome-ignore lint/suspicious/noConfusingVoidType: most handlers are functions that answer nothing.
export type Handle = (events: readonly LoggedEvent[]) => Promise<number | void>;

export interface Follower {
	stop(): Promise<void>;
}

/** A change of rows outside the log's projections (texts, people), in the same transaction as the events it belongs to. */
export type RowChange =
	/**
	 * Erases somebody for good: their data key and every row sealed with it (`store/sealed-tables.ts`). `id`: a customer's, a member of
	 * staff's, a check-in's, a guest's or a visit's (remarks about it). face: templates and photographs only. everything: names, telephone and (a
	 * customer's) texts of check-ins, visits and announcements as well.
	 * The append answers once none of those bytes is in the database's files any more. Repeating is harmless.
	 */
	| { readonly table: 'persons'; readonly id: string; readonly erase: 'face' | 'everything' }
	/** What is known about access; null removes it. */
	| { readonly table: 'access_records'; readonly id: string; readonly value: string | null }
	| { readonly table: 'checkin_texts'; readonly id: string; readonly name: string; readonly telephone: string | null }
	/** A remark about a visit, or why something about it was changed. Sealed. */
	| { readonly table: 'visit_texts'; readonly id: string; readonly visit: string; readonly text: string }
	/** Who a guest is; a known customer's need no name. Sealed. */
	| { readonly table: 'guest_texts'; readonly id: string; readonly name: string | null; readonly telephone: string | null }
	| { readonly table: 'staff'; readonly id: string; readonly name: string; readonly role: string; readonly onDuty: boolean }
	| {
			readonly table: 'customers';
			readonly id: string;
			readonly name: string;
			readonly telephone: string | null;
			readonly consultant: string | null;
	  }
	| {
			readonly table: 'templates';
			readonly id: string;
			readonly person: string;
			readonly kind: 'customer' | 'staff';
			readonly modelId: string;
			readonly descriptor: Uint8Array;
	  }
	/** A notice's text in both languages, as JSON; its hash is its id. */
	| {
			readonly table: 'consent_notices';
			readonly id: string;
			readonly audience: 'customer' | 'staff';
			readonly version: number;
			readonly zh: string;
			readonly en: string;
			readonly publishedAt: number;
			readonly publishedBy: string;
	  }
	/** A guardian's name, sealed. */
	| { readonly table: 'grant_texts'; readonly id: string; readonly person: string; readonly guardian: string }
	/** A photograph that the grant allows keeping, sealed. */
	| { readonly table: 'photographs'; readonly id: string; readonly person: string; readonly jpeg: Uint8Array }
	/** An import. final: done, too long ago to be undone. undone: nothing more is to be taken back. forgotten: it goes altogether. */
	| ({ readonly table: 'imports' } & (ImportRecord | (Omit<ImportRecord, 'state'> & { readonly state: 'forgotten' })))
	/** Whom an import added, or updated (`before`: the person as they were, JSON, sealed). settled: taken back. */
	| {
			readonly table: 'import_rows';
			readonly id: string;
			readonly import: string;
			readonly person: string;
			readonly what: 'added' | 'updated' | 'settled';
			readonly before: string | null;
	  }
	/** What a dealer's file says of a customer: the model they are interested in, a remark. Sealed. */
	| { readonly table: 'customer_notes'; readonly id: string; readonly model: string | null; readonly note: string | null }
	/** What was written before this time (Unix ms) is past its time and goes. */
	| { readonly table: 'retention'; readonly id: 'checkin_times' | 'processing_records'; readonly before: number };

export interface CustomerPage {
	readonly total: number;
	readonly customers: readonly CustomerView[];
}

/** A page of people who have changed, as they are now. */
export interface TemplateChanges {
	/** Where the next page begins. */
	readonly place: number;
	/** Whether there may be a next page. */
	readonly more: boolean;
	readonly templates: PackedTemplates;
	/** Who changed and has no template. */
	readonly gone: readonly string[];
	/** What those with templates are called, by id; nobody unknown is in it. */
	readonly names: ReadonlyMap<string, string>;
	/** Templates in the store, by whichever model and whoever's. */
	readonly inStore: number;
}

export interface OwnTemplate {
	readonly id: string;
	readonly descriptor: Float32Array;
}

/** Somebody without a template by a recogniser, and why. */
export interface Missing {
	readonly person: string;
	readonly kind: Audience;
	readonly reason: MissingReason;
}

/** Alerts that are not over (open and acknowledged): all, or those by way of which these visits are received; or the given ones. */
export type WhichAlerts = { readonly open: true } | { readonly visits: readonly string[] } | { readonly ids: readonly string[] };

/** What screens and the rooms above ask; answered by the reader thread. */
export interface ShowroomQueries extends ReceptionQueries {
	/** Visits opened in [from, to) (Unix ms), newest first; or the given ones. */
	visits(which: { readonly from: number; readonly to: number } | { readonly ids: readonly string[] }): Promise<VisitView[]>;
	/** Oldest first. */
	alerts(which: WhichAlerts): Promise<AlertView[]>;
	staff(): Promise<StaffView[]>;
	/** Everything that is known about access, `id` being kind/id and `value` JSON. */
	accessRecords(): Promise<{ readonly id: string; readonly value: string }[]>;
	/** One page of those who fit `search` (as in searchCustomers, best match first; '': everybody, by name), and how many fit. */
	customerPage(search: string, offset: number, limit: number): Promise<CustomerPage>;
	/** null for somebody unknown, or erased. */
	customer(id: string): Promise<CustomerDetails | null>;
	customers(): Promise<CustomerView[]>;
	/** What these customers and members of staff are called, by id; nobody unknown is in it. */
	namesOf(people: readonly string[]): Promise<ReadonlyMap<string, string>>;
	/**
	 * Customers, best match first, at most `limit` (20): by part of the name, pinyin (`wangfang`, `wang f`), initials (`wf`), or
	 * part of the telephone, its last digits first.
	 */
	searchCustomers(text: string, limit?: number): Promise<CustomerView[]>;
	/** The customers with this number, however it is written (spaces, dashes, +86). */
	customersByTelephone(telephone: string): Promise<CustomerView[]>;
	/** The templates by this model of the people who changed after `place` (0: of everybody), and what they are called; a page at a time. */
	templateChanges(modelId: string, place: number): Promise<TemplateChanges>;
	/** Somebody's templates by this recogniser, oldest first. Whoever asked overwrites them. */
	templatesOf(person: string, modelId: string): Promise<OwnTemplate[]>;
	/** Somebody's kept photographs (JPEG), newest first. */
	photographsOf(person: string): Promise<Uint8Array[]>;
	/** People with a valid grant who were enrolled, and not with this recogniser. `person`: only this one. */
	missing(modelId: string, person?: string | null): Promise<Missing[]>;
	/** What managers count, of the visits opened in [from, to) (Unix ms); `targetMs`: whoever is greeted within it was received in time. */
	figures(from: number, to: number, targetMs: number): Promise<Figures>;
	/** Of the visits opened in [from, to), a day: who left without anybody, and which forms are missing. */
	looseEnds(from: number, to: number): Promise<Pick<SummaryDetails, 'unreceived' | 'openOutcomes'>>;
	/** Days that have been summed up, newest first. */
	summaries(limit: number): Promise<SummaryView[]>;
	/** null: none was made of this day. */
	summary(day: string): Promise<SummaryView | null>;
	/** Imports, newest first. */
	imports(): Promise<ImportRecord[]>;
	/**
	 * (alert, step, staff) that were told and that no device of theirs has received, of alerts that are not over; once somebody has taken an alert, only
	 * what was told since.
	 */
	pendingDeliveries(staff: string): Promise<{ readonly alert: string; readonly step: number }[]>;
	/** The seq of the oldest event that an open visit or an open alert came from; lastSeq + 1 when there is none. */
	firstUnsettledSeq(): Promise<number>;
}
