import { type Code, type Erasure, ErasureListError, type ListTail, tailOf } from '../consent/erasure-list.js';
import type { ValidGrant } from '../consent/expiry.js';
import type { Audience, GrantView, NoticeView, ProcessingRecord, TriggerView } from '../contract/consent.api.js';
import type { Connection } from '../store/database.store.js';
import { StoreError } from '../store/store-error.js';

/** What is stored about one person's consent. */
export interface StoredConsent {
	readonly kind: Audience;
	/** Newest first. */
	readonly history: readonly GrantView[];
	readonly lastVisitAt: number | null;
	/** By the recogniser asked about. */
	readonly templates: number;
	readonly photographs: number;
}

interface GrantRow extends Omit<GrantView, 'purposes' | 'guardian'> {
	readonly purposes: string;
	readonly guardian: 0 | 1;
}

const RECORDS = 500;
/** Taken away in one go. */
const TEXTS = 200;

/** Notices, grants, processing records, the trigger. */
export class ConsentRows {
	readonly #notices;
	readonly #kind;
	readonly #history;
	readonly #lastVisit;
	readonly #templates;
	readonly #photographs;
	readonly #valid;
	readonly #enrolled;
	readonly #records;
	readonly #trigger;
	readonly #erasures;
	readonly #dueTexts;
	readonly #code: Code;

	/** @param code authenticates lists of erasures */
	constructor(database: Connection, code: Code) {
		this.#code = code;
		this.#notices = database.prepare<[], Omit<NoticeView, 'zh' | 'en' | 'current'> & { zh: string; en: string; current: 0 | 1 }>(`
			SELECT id AS hash, audience, version, zh, en, published_at AS publishedAt, published_by AS publishedBy,
				version = max(version) OVER (PARTITION BY audience) AS current
			FROM consent_notices ORDER BY published_at DESC, version DESC`);
		this.#kind = database
			.prepare<[{ person: string }], Audience>(`
				SELECT 'customer' FROM customers WHERE id = @person UNION ALL SELECT 'staff' FROM staff WHERE id = @person
				UNION ALL SELECT kind FROM consent_grants WHERE person = @person LIMIT 1`)
			.pluck();
		this.#history = database.prepare<[string], GrantRow>(`
			SELECT id, notice, purposes, granted_at AS grantedAt, granted_by AS "by", via, guardian, ended_at AS endedAt, end_reason AS endReason
			FROM consent_grants WHERE person = ? ORDER BY granted_at DESC, ended_at IS NOT NULL, rowid DESC`);
		this.#lastVisit = database.prepare<[string], number | null>('SELECT max(opened_at) FROM visits WHERE customer = ?').pluck();
		this.#templates = database
			.prepare<[string, string], number>('SELECT count(*) FROM templates WHERE person = ? AND model_id = ?')
			.pluck();
		this.#photographs = database.prepare<[string], number>('SELECT count(*) FROM photographs WHERE person = ?').pluck();
		this.#valid = database.prepare<[], ValidGrant>(`
			SELECT person, kind, granted_at AS grantedAt,
				(SELECT max(opened_at) FROM visits WHERE customer = consent_grants.person) AS lastVisitAt
			FROM consent_grants WHERE ended_at IS NULL`);
		this.#enrolled = database.prepare<[], number>('SELECT count(DISTINCT person) FROM templates').pluck();
		this.#records = database.prepare<[string, number], ProcessingRecord>(`
			SELECT at, actor, action, purpose FROM processing_records WHERE person = ? OR person IS NULL ORDER BY seq DESC LIMIT ?`);
		this.#trigger = database.prepare<[], TriggerView>(`
			SELECT trigger_word AS trigger, changed_at AS changedAt, changed_by AS changedBy FROM recognition_trigger`);
		this.#erasures = database.prepare<[], Erasure>(`
			SELECT seq, id AS event, body ->> 'person' AS person, coalesce(body ->> 'level', 'face') AS level, wall AS at
			FROM events WHERE type IN ('consent.withdrawn', 'consent.expired') ORDER BY seq`);
		this.#dueTexts = database
			.prepare<[{ before: number; limit: number }], string>(`
				SELECT t.id FROM checkin_times t JOIN checkin_texts x ON x.id = t.id WHERE t.at < @before
				UNION ALL SELECT x.id FROM guest_texts x CROSS JOIN guests g ON g.id = x.id WHERE g.expected_at < @before
				UNION ALL SELECT DISTINCT x.visit FROM visit_texts x CROSS JOIN visits v ON v.id = x.visit WHERE v.opened_at < @before
				LIMIT @limit`)
			.pluck();
	}

	/** Every notice, newest first. */
	notices(): NoticeView[] {
		return this.#notices
			.all()
			.map(({ zh, en, current, ...row }) => ({ ...row, zh: JSON.parse(zh), en: JSON.parse(en), current: current === 1 }));
	}

	/** null: nobody of this id is or was ever known here. */
	consentOf(person: string, modelId: string): StoredConsent | null {
		const kind = this.#kind.get({ person });
		if (kind === undefined) return null;
		const history = this.#history.all(person).map((row) => ({ ...row, purposes: JSON.parse(row.purposes), guardian: row.guardian === 1 }));
		return {
			...{ kind, history, lastVisitAt: this.#lastVisit.get(person) ?? null },
			...{ templates: this.#templates.get(person, modelId) ?? 0, photographs: this.#photographs.get(person) ?? 0 },
		};
	}

	/** Every grant that is valid now. */
	validGrants(): ValidGrant[] {
		return this.#valid.all();
	}

	/** People with at least one template. */
	enrolled(): number {
		return this.#enrolled.get() ?? 0;
	}

	/** The newest records of somebody, newest first, lists of everybody included. */
	processingRecords(person: string): ProcessingRecord[] {
		return this.#records.all(person, RECORDS);
	}

	/** Which faces are compared; `zone` until somebody changes it. */
	trigger(): TriggerView {
		return this.#trigger.get() ?? { trigger: 'zone', changedAt: null, changedBy: null };
	}

	/** The next check-ins and guests, and visits with remarks, from before this (Unix ms) whose texts are still there. */
	dueTexts(before: number): string[] {
		return this.#dueTexts.all({ before, limit: TEXTS });
	}

	/** What a list of erasures lacks. @throws StoreError `damaged` for a list that was changed or is another showroom's */
	erasureTail(list: string): ListTail {
		try {
			return tailOf(this.#code, list, this.#erasures.all());
		} catch (error) {
			if (error instanceof ErasureListError) throw new StoreError('damaged', error.message);
			throw error;
		}
	}
}

/** Asked from the main thread. */
export type ConsentQueries = {
	readonly [K in keyof ConsentRows]: (...args: Parameters<ConsentRows[K]>) => Promise<ReturnType<ConsentRows[K]>>;
};
