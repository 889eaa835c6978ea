import type {
	Audience,
	ConsentSummary,
	ConsentView,
	ErasurePlace,
	Grant,
	MissingAnswer,
	Notice,
	NoticeView,
	ProcessingRecord,
	TriggerChange,
	TriggerView,
	WithdrawalAnswer,
	WithdrawalLevel,
} from '../contract/consent.api.js';
import type { Actor, EventBody, EventDraft, EventType } from '../contract/events.js';
import type { Instant } from '../contract/vocabulary.js';
import type { ConsentQueries } from '../log/consent-rows.store.js';
import type { RowChange, ShowroomLog, ShowroomQueries } from '../log/log.types.js';
import { StoreError } from '../store/store-error.js';
import { ConsentRefused } from './consent-refused.js';
import { defaultNotices } from './default-notices.js';
import { Erasures } from './erasures.js';
import { decideUpkeep, expiresAt, type RetentionRules, type Upkeep } from './expiry.js';
import { noticeHash } from './notice.js';

/** What consent needs of the log. */
export interface ConsentLog extends Pick<ShowroomLog, 'append'> {
	readonly consent: ConsentQueries;
	readonly missing: ShowroomQueries['missing'];
	readonly namesOf: ShowroomQueries['namesOf'];
}

export interface ConsentOptions {
	readonly log: ConsentLog;
	/** Folders that keep a list of erasures: the data directory first, then every backup destination. */
	readonly places: readonly string[];
	readonly retention: RetentionRules;
	/** Of the recogniser in use. */
	readonly modelId: () => Promise<string>;
	/** For the first notices. */
	readonly storeName: string;
	readonly now: () => Instant;
	readonly newId: () => string;
}

/** People whose stored faces make a store report to the authority (measures on face recognition, article 15). */
const FILING_THRESHOLD = 100_000;

/** Notices, grants, withdrawals, what expires, the trigger: the shell around the consent decisions. */
export class Consent {
	readonly #options: ConsentOptions;
	readonly #erasures: Erasures;

	constructor(options: ConsentOptions) {
		const { log, places } = options;
		this.#options = options;
		this.#erasures = new Erasures({ places, tailOf: (list) => log.consent.erasureTail(list) });
	}

	/** Publishes the default notices where there are none, and does what is due. */
	async prepare(): Promise<void> {
		const published = await this.#log.consent.notices();
		for (const notice of defaultNotices(this.#options.storeName))
			if (!published.some(({ audience }) => audience === notice.audience)) await this.publish('system', notice);
		await this.upkeep();
	}

	/** Newest first. */
	notices(): Promise<readonly NoticeView[]> {
		return this.#log.consent.notices();
	}

	/** @throws ConsentRefused `no-such-notice` */
	async notice(hash: string): Promise<NoticeView> {
		const found = (await this.notices()).find((notice) => notice.hash === hash);
		if (!found) throw new ConsentRefused('no-such-notice', `there is no notice ${hash}`);
		return found;
	}

	/** The text in force. */
	async currentNotice(audience: Audience): Promise<NoticeView> {
		const found = (await this.notices()).find((notice) => notice.audience === audience && notice.current);
		if (!found) throw new ConsentRefused('no-such-notice', `there is no notice for ${audience} yet`);
		return found;
	}

	/** Puts a new text in force; old ones stay readable. The text in force again is no new version. */
	async publish(actor: Actor, notice: Notice): Promise<NoticeView> {
		const hash = noticeHash(notice);
		const same = (await this.notices()).filter(({ audience }) => audience === notice.audience);
		const known = same.find((one) => one.hash === hash);
		if (known?.current) return known;
		if (known) throw new ConsentRefused('old-notice', `this is version ${known.version} word for word; change it to publish it anew`);
		const { audience, zh, en } = notice;
		const version = 1 + Math.max(0, ...same.map((one) => one.version));
		const draft = this.#draft('consent.notice-published', actor, hash, { notice: hash, audience, version });
		const publishedAt = draft.at.wall;
		const row = { table: 'consent_notices', id: hash, audience, version, publishedAt, publishedBy: actor } as const;
		await this.#log.append([draft], [{ ...row, zh: JSON.stringify(zh), en: JSON.stringify(en) }]);
		return { audience, zh, en, hash, version, publishedAt, publishedBy: actor, current: true };
	}

	/**
	 * The store has another name: where the notices that it started with are still in force, they now say that name. A text of somebody's own
	 * stays as it is; so does one that was in force before under that name, for a text is published once.
	 */
	async renamed(actor: Actor, before: string, after: string): Promise<void> {
		const published = await this.notices();
		const started = defaultNotices(before).map(noticeHash);
		for (const notice of defaultNotices(after)) {
			const isStarted = published.some(({ audience, hash, current }) => audience === notice.audience && current && started.includes(hash));
			if (isStarted && !published.some(({ hash }) => hash === noticeHash(notice))) await this.publish(actor, notice);
		}
	}

	/** @throws ConsentRefused `no-such-person` */
	async view(person: string): Promise<ConsentView> {
		const stored = await this.#stored(person);
		const { kind, history, lastVisitAt, templates, photographs } = stored;
		const grant = history.find(({ endedAt }) => endedAt === null) ?? null;
		const [missing] = await this.#log.missing(await this.#options.modelId(), person);
		const ended = history[0]?.endReason;
		return {
			...{ person, kind, grant, history, templates, photographs, missing: missing?.reason ?? null },
			state: grant ? 'granted' : ended === 'withdrawn' || ended === 'expired' ? ended : 'none',
			expiresAt: grant && expiresAt({ kind, grantedAt: grant.grantedAt, lastVisitAt }, this.#options.retention),
		};
	}

	/**
	 * Records that somebody consented; a grant before it is replaced.
	 * @throws ConsentRefused `no-such-person`, `old-notice`
	 */
	async grant(actor: Actor, person: string, grant: Grant): Promise<ConsentView> {
		const { kind } = await this.#stored(person);
		const { draft, changes } = await this.grantDraft(actor, { person, kind }, grant);
		await this.#log.append([draft], changes);
		return this.view(person);
	}

	/**
	 * The event and rows of a grant, for whoever adds the person and their grant in one transaction.
	 * @throws ConsentRefused `old-notice`
	 */
	async grantDraft(
		actor: Actor,
		{ person, kind }: { readonly person: string; readonly kind: Audience },
		{ notice, purposes, via, language, guardian }: Grant,
	): Promise<{ readonly draft: EventDraft; readonly changes: readonly RowChange[] }> {
		const current = await this.currentNotice(kind);
		if (notice !== current.hash)
			throw new ConsentRefused('old-notice', `the text in force is version ${current.version}: show that one and ask again`);
		const grant = this.#options.newId();
		const body = { grant, person, kind, notice, purposes, via, language, guardian: guardian !== null };
		const changes: RowChange[] = guardian === null ? [] : [{ table: 'grant_texts', id: grant, person, guardian }];
		return { draft: this.#draft('consent.granted', actor, person, body), changes };
	}

	/**
	 * Erases what the level names, at once, and answers when it is gone and every list of erasures that can be written has it.
	 * @throws ConsentRefused `no-such-person`, `staff-stay`
	 */
	async withdraw(actor: Actor, person: string, level: WithdrawalLevel): Promise<WithdrawalAnswer> {
		const { kind } = await this.#stored(person);
		if (kind === 'staff' && level === 'everything')
			throw new ConsentRefused('staff-stay', 'a member of staff withdraws their face; the log keeps who did what');
		// Answers once none of those bytes is in the database's files any more; `held` when somebody else's reading keeps some there.
		const held = await this.#log
			.append([this.#draft('consent.withdrawn', actor, person, { person, level })], [{ table: 'persons', id: person, erase: level }])
			.then(() => null, heldOnly);
		const places = await this.#erasures.write();
		if (held) throw held;
		return { person, level, places, complete: places.every(({ written }) => written) };
	}

	/**
	 * Erases what is past its time and brings every list of erasures up to date. Looks at what is stored, so it does the same whenever and
	 * however often it runs.
	 */
	async upkeep(): Promise<readonly ErasurePlace[]> {
		const { expired, checkinsBefore, recordsBefore } = await this.#decide();
		for (const person of expired)
			await this.#log.append(
				[this.#draft('consent.expired', 'system', person, { person })],
				[{ table: 'persons', id: person, erase: 'face' }],
			);
		for (;;) {
			const due = await this.#log.consent.dueTexts(checkinsBefore);
			if (due.length === 0) break;
			await this.#log.append(
				[this.#draft('checkin.texts-expired', 'system', 'checkins', { checkins: due.length })],
				due.map((id) => ({ table: 'persons', id, erase: 'everything' })),
			);
		}
		await this.#log.append(
			[],
			[
				{ table: 'retention', id: 'checkin_times', before: checkinsBefore },
				{ table: 'retention', id: 'processing_records', before: recordsBefore },
			],
		);
		return this.#erasures.write();
	}

	/** Lists of erasures that are behind. */
	get pending(): readonly ErasurePlace[] {
		return this.#erasures.pending;
	}

	/** Tries once more to bring every list of erasures up to date. */
	writeErasures(): Promise<readonly ErasurePlace[]> {
		return this.#erasures.write();
	}

	/** Whose consent ends soon, soonest first. */
	async expiring(): Promise<Upkeep['expiring']> {
		return (await this.#decide()).expiring;
	}

	async summary(): Promise<ConsentSummary> {
		const [enrolled, expiring] = await Promise.all([this.#log.consent.enrolled(), this.expiring()]);
		return { enrolled, expiring30d: expiring.length, filingThreshold: FILING_THRESHOLD, pending: this.pending };
	}

	/** Whom a change of the recogniser left without a template. */
	async missing(): Promise<MissingAnswer['people']> {
		const missing = await this.#log.missing(await this.#options.modelId());
		const names = await this.#log.namesOf(missing.map(({ person }) => person));
		return missing.map((one) => ({ ...one, name: names.get(one.person) ?? one.person }));
	}

	/** Newest first. */
	records(person: string): Promise<readonly ProcessingRecord[]> {
		return this.#log.consent.processingRecords(person);
	}

	trigger(): Promise<TriggerView> {
		return this.#log.consent.trigger();
	}

	/** The event says what was confirmed; the agent that hears it switches the cameras over. */
	async setTrigger(actor: Actor, change: TriggerChange): Promise<TriggerView> {
		if ((await this.trigger()).trigger !== change.trigger)
			await this.#log.append([this.#draft('recognition.trigger-changed', actor, 'recognition', change)]);
		return this.trigger();
	}

	get #log(): ConsentLog {
		return this.#options.log;
	}

	async #stored(person: string) {
		const stored = await this.#log.consent.consentOf(person, await this.#options.modelId());
		if (!stored) throw new ConsentRefused('no-such-person', `there is no customer or member of staff ${person}`);
		return stored;
	}

	async #decide(): Promise<Upkeep> {
		return decideUpkeep(await this.#log.consent.validGrants(), this.#options.retention, this.#options.now().wall);
	}

	#draft<T extends EventType>(type: T, actor: Actor, subject: string, body: EventBody<T>): EventDraft {
		const { now, newId } = this.#options;
		return { id: newId(), type, at: now(), actor, subject, cause: null, body } as EventDraft;
	}
}

/** The rows and keys are gone, but another process still reads them as they were. @throws any other error */
function heldOnly(error: unknown): StoreError {
	if (error instanceof StoreError && error.code === 'held') return error;
	throw error;
}
