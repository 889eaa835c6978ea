import type { StaffAccountView } from '../contract/access.api.js';
import type { StaffView } from '../contract/api.js';
import type { Actor, EventBody, EventDraft, EventType } from '../contract/events.js';
import type { Instant } from '../contract/vocabulary.js';
import type { RowChange, ShowroomLog, ShowroomQueries } from '../log/log.types.js';
import { type AccessRecord, noAccount, type RecordChange, type RecordKind, recordSchemas } from './access-records.js';
import { rebased } from './lockout.js';

export interface AccessBookOptions {
	readonly log: Pick<ShowroomLog, 'append' | 'onAppended'>;
	readonly queries: Pick<ShowroomQueries, 'staff' | 'accessRecords'>;
	readonly now: () => Instant;
	readonly newId: () => string;
	/** Told what no caller hears of. */
	readonly onProblem: (message: string, error: unknown) => void;
}

type Records = { readonly [K in RecordKind]: Map<string, AccessRecord<K>> };

/** What is known about access, in memory, with its events and rows in the log. */
export class AccessBook {
	readonly now: () => Instant;
	readonly newId: () => string;
	readonly onProblem: (message: string, error: unknown) => void;
	readonly #log: AccessBookOptions['log'];
	readonly #queries: AccessBookOptions['queries'];
	#records: Records = emptyRecords();
	#staff = new Map<string, StaffView>();
	#otherRole: (staff: string, actor: Actor) => Promise<void> = async () => {};
	#unsubscribe = () => {};

	constructor({ log, queries, now, newId, onProblem }: AccessBookOptions) {
		this.now = now;
		this.newId = newId;
		this.onProblem = onProblem;
		this.#log = log;
		this.#queries = queries;
	}

	async start(): Promise<void> {
		this.#records = emptyRecords();
		for (const { id, value } of await this.#queries.accessRecords()) this.#take(id, value);
		await this.#readStaff();
		this.#unsubscribe = this.#log.onAppended((events) => {
			const actors = new Map(
				events.flatMap(({ type, subject, actor }) =>
					type === 'staff.added' || type === 'staff.changed' ? [[subject, actor] as const] : [],
				),
			);
			if (actors.size > 0) this.#follow(actors).catch((error) => this.onProblem('the staff could not be read', error));
		});
	}

	stop(): void {
		this.#unsubscribe();
	}

	/** Calls with whoever has got another role, or is gone, by other hands than `write`'s: by an import, or by taking one back. */
	onOtherRole(listener: (staff: string, actor: Actor) => Promise<void>): void {
		this.#otherRole = listener;
	}

	get<K extends RecordKind>(kind: K, id: string): AccessRecord<K> | undefined {
		return this.#records[kind].get(id);
	}

	all<K extends RecordKind>(kind: K): readonly (readonly [string, AccessRecord<K>])[] {
		return [...this.#records[kind]];
	}

	/** A person's account; an empty one if nobody has given them any. */
	account(staff: string): AccessRecord<'account'> {
		return this.get('account', staff) ?? noAccount;
	}

	staff(id: string): StaffView | undefined {
		return this.#staff.get(id);
	}

	everybody(): readonly StaffView[] {
		return [...this.#staff.values()];
	}

	accountView(person: StaffView): StaffAccountView {
		const { password, disabled, totp } = this.account(person.id);
		return { ...person, disabled, canSignIn: password !== null && !disabled, totp: totp !== null };
	}

	accountViews(): StaffAccountView[] {
		return this.everybody().map((person) => this.accountView(person));
	}

	/** Whether somebody can sign in who may let others in. */
	hasAdministrator(except?: string): boolean {
		return this.everybody().some(({ id, role }) => {
			const { password, disabled } = this.account(id);
			return id !== except && role === 'administrator' && password !== null && !disabled;
		});
	}

	event<T extends EventType>(type: T, actor: Actor, subject: string, body: EventBody<T>): EventDraft {
		return { id: this.newId(), type, at: this.now(), actor, subject, cause: null, body } as EventDraft;
	}

	/**
	 * Takes records over at once, so that whoever comes next finds a used code used and a revoked session gone, and answers when they are
	 * durable. When they could not be written, memory stays ahead: on the safe side, until a restart.
	 */
	async write(changes: readonly RecordChange[], events: readonly EventDraft[] = [], staff: readonly StaffView[] = []): Promise<void> {
		for (const { kind, id, value } of changes) {
			const records = this.#records[kind] as Map<string, unknown>;
			if (value === null) records.delete(id);
			else records.set(id, value);
		}
		for (const person of staff) this.#staff.set(person.id, person);
		const rows = changes.map(
			({ kind, id, value }): RowChange => ({
				...{ table: 'access_records', id: `${kind}/${id}` },
				value: value === null ? null : JSON.stringify(value),
			}),
		);
		await this.#log.append(events, [...staff.map((person): RowChange => ({ table: 'staff', ...person })), ...rows]);
	}

	#take(key: string, value: string): void {
		const slash = key.indexOf('/');
		const [kind, id] = [key.slice(0, slash) as RecordKind, key.slice(slash + 1)];
		const record = recordSchemas[kind]?.safeParse(JSON.parse(value)).data;
		if (!record) {
			this.onProblem('part of what is known about access cannot be read and is left out', new Error(kind));
			return;
		}
		(this.#records[kind] as Map<string, unknown>).set(id, kind === 'tries' ? rebased(record as AccessRecord<'tries'>, this.now()) : record);
	}

	/** @param actors who changed whom */
	async #follow(actors: ReadonlyMap<string, Actor>): Promise<void> {
		// What was written here stands in it already.
		const before = this.#staff;
		await this.#readStaff();
		for (const [id, actor] of actors) {
			const role = before.get(id)?.role;
			if (role !== undefined && role !== this.#staff.get(id)?.role) await this.#otherRole(id, actor);
		}
	}

	async #readStaff(): Promise<void> {
		this.#staff = new Map((await this.#queries.staff()).map((person) => [person.id, person]));
	}
}

function emptyRecords(): Records {
	return { account: new Map(), session: new Map(), device: new Map(), token: new Map(), code: new Map(), tries: new Map() };
}
