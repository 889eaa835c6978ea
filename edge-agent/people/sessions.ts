import { elapsedMs } from '../clock.js';
import type { SessionView } from '../contract/access.api.js';
import type { Actor, EventBody, EventDraft } from '../contract/events.js';
import type { AccessBook } from './access-book.js';
import { AccessError } from './access-error.js';
import type { AccessRecord, RecordChange } from './access-records.js';
import { newToken, sameHash, secretHash } from './secrets.js';

const HOUR_MS = 3_600_000;
/** A session that nobody uses ends after this time: a shift. */
export const IDLE_MS = 12 * HOUR_MS;
/** And after this time in any case. */
export const ABSOLUTE_MS = 7 * 24 * HOUR_MS;
/** How exactly it is remembered when a session or device was last used: more would be a write a click. */
export const SEEN_MS = 5 * 60_000;

/** Where a request came from, for the list of sessions and for counting tries. */
export interface Caller {
	readonly address: string;
	readonly browser: string;
}

type Reason = EventBody<'session.closed'>['reason'];
type Session = AccessRecord<'session'>;

/** Signed-in browsers: a random token in each one's cookie, of which only the hash is kept. */
export class Sessions {
	readonly #book: AccessBook;
	/** Told the ids of sessions that are over, at once. */
	readonly #onEnded: (keys: readonly string[]) => void;

	constructor(book: AccessBook, onEnded: (keys: readonly string[]) => void) {
		this.#book = book;
		this.#onEnded = onEnded;
	}

	/** Signs somebody in, with whatever else changes by it. Answers the cookie's token, which nobody else ever gets. */
	async open(
		staff: string,
		by: EventBody<'session.opened'>['by'],
		{ address, browser }: Caller,
		also: readonly RecordChange[] = [],
		events: readonly EventDraft[] = [],
	): Promise<{ id: string; token: string }> {
		const book = this.#book;
		const [id, token, at] = [book.newId(), newToken(), book.now()];
		const value: Session = {
			...{ staff, hash: secretHash(token), openedAt: at, seenAt: at },
			browser: browser.toWellFormed().slice(0, 160),
			address: address.slice(0, 64),
		};
		const opened = book.event('session.opened', `staff:${staff}`, id, { session: id, staff, by });
		await book.write([{ kind: 'session', id, value }, ...also], [...events, opened]);
		return { id, token };
	}

	/** The live session of this token. */
	find(token: string): { readonly id: string; readonly staff: string } | null {
		const hash = secretHash(token);
		const found = this.#book.all('session').find(([, session]) => sameHash(session.hash, hash));
		if (!found) return null;
		const [id, session] = found;
		if (this.#isOver(session)) return null;
		this.#seen(id, session);
		return { id, staff: session.staff };
	}

	/** @param current the session that asks */
	list(current: string | null, staff?: string): SessionView[] {
		return this.#book
			.all('session')
			.filter(([, session]) => (staff === undefined || session.staff === staff) && !this.#isOver(session))
			.map(([id, { openedAt, seenAt, ...session }]) => ({
				...{ id, staff: session.staff, openedAt: openedAt.wall, seenAt: seenAt.wall, browser: session.browser, address: session.address },
				expiresAt: Math.min(openedAt.wall + ABSOLUTE_MS, seenAt.wall + IDLE_MS),
				current: id === current,
			}))
			.toSorted((a, b) => b.openedAt - a.openedAt);
	}

	/** Ends one session. @param staff whose it has to be @throws AccessError `no-such-session` */
	async end(id: string, reason: Reason, actor: Actor, staff?: string): Promise<void> {
		const session = this.#book.get('session', id);
		if (!session || (staff !== undefined && session.staff !== staff)) throw new AccessError('no-such-session');
		await this.#endAll([id], reason, actor);
	}

	/** Ends everything of one person, except perhaps the session that asks. */
	async endOf(staff: string, reason: Reason, actor: Actor, except: string | null = null): Promise<void> {
		const ids = this.#book.all('session').flatMap(([id, session]) => (session.staff === staff && id !== except ? [id] : []));
		await this.#endAll(ids, reason, actor);
	}

	/** Ends what has run out. */
	async sweep(): Promise<void> {
		const over = this.#book.all('session').flatMap(([id, session]) => (this.#isOver(session) ? [id] : []));
		await this.#endAll(over, 'expired', 'system');
	}

	async #endAll(ids: readonly string[], reason: Reason, actor: Actor): Promise<void> {
		if (ids.length === 0) return;
		const events = ids.map((id) => {
			const staff = this.#book.get('session', id)?.staff ?? '';
			return this.#book.event('session.closed', actor, id, { session: id, staff, reason });
		});
		const written = this.#book.write(
			ids.map((id) => ({ kind: 'session', id, value: null })),
			events,
		);
		this.#onEnded(ids.map((id) => `session/${id}`));
		await written;
	}

	#isOver({ openedAt, seenAt }: Session): boolean {
		const now = this.#book.now();
		return elapsedMs(openedAt, now) >= ABSOLUTE_MS || elapsedMs(seenAt, now) >= IDLE_MS;
	}

	#seen(id: string, session: Session): void {
		const now = this.#book.now();
		if (elapsedMs(session.seenAt, now) < SEEN_MS) return;
		this.#book
			.write([{ kind: 'session', id, value: { ...session, seenAt: now } }])
			.catch((error) => this.#book.onProblem('when a session was last used could not be written', error));
	}
}
