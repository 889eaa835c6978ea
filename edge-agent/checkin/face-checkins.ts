import type { Processing } from '../consent/processing.js';
import type { CheckInAnswer } from '../contract/api.js';
import type { Actor, EventBody } from '../contract/events.js';
import type { FaceCheckInForm, FaceCheckInView } from '../contract/face-checkin.api.js';
import type { Instant } from '../contract/vocabulary.js';
import type { ShowroomLog, ShowroomQueries } from '../log/log.types.js';
import { AccessError } from '../people/access-error.js';
import { charged, refunded, type Tries, waitMs } from '../people/lockout.js';
import type { Vision } from '../vision/vision.js';
import type { ShowroomFloor } from '../visits/showroom.js';
import { addressOf } from './address.js';

export interface FaceCheckInsOptions {
	/** null: the networks are not loaded (yet). */
	readonly vision: () => Pick<Vision, 'face'> | null;
	/** People in the gallery. */
	readonly known: () => number;
	readonly queries: Pick<ShowroomQueries, 'customer'>;
	readonly floor: Pick<ShowroomFloor, 'checkIn'>;
	readonly log: Pick<ShowroomLog, 'append'>;
	readonly processing: Pick<Processing, 'read'>;
	readonly now: () => Instant;
	readonly newId: () => string;
	/** 0 <= r < 1, from a source nobody can guess. */
	readonly random: () => number;
	readonly onProblem: (message: string, error: unknown) => void;
}

interface Session {
	readonly kiosk: string;
	readonly begunMs: number;
	/** What was told last. */
	view: FaceCheckInView;
	/** A picture is being looked at. */
	busy: boolean;
	/** Recognised, and waiting for "yes, that is me". */
	customer: string | null;
	timer: NodeJS.Timeout;
}

type Outcome = EventBody<'checkin.face-tried'>['outcome'];

const SESSION_MS = 30_000;
/** So long without a picture: the page was left, or the line is broken. */
const SILENCE_MS = 5000;
/** So long a recognised visitor may think about it. */
const CONFIRM_MS = 60_000;
/** After so many in a row who were not recognised a kiosk offers touch alone for a while: somebody may be trying pictures. */
const rules = { free: 6, firstMs: 30_000, maxMs: 5 * 60_000, forgetMs: 10 * 60_000 };

/**
 * Checking in by face: begins, feeds and ends the sessions in the vision worker, says in the log how each ended, and checks in whoever was
 * recognised and said that it is them. Faces and descriptors are not known here.
 */
export class FaceCheckIns {
	readonly #options: FaceCheckInsOptions;
	readonly #sessions = new Map<string, Session>();
	/** Sessions of each kiosk that recognised nobody. */
	readonly #tries = new Map<string, Tries>();

	constructor(options: FaceCheckInsOptions) {
		this.#options = options;
	}

	/** Whether there is anybody to recognise, and anything to do it with. */
	get offered(): boolean {
		return this.#options.vision() !== null && this.#options.known() > 0;
	}

	/**
	 * A visitor pressed the button. The same kiosk's session before ends.
	 * @returns the session
	 * @throws AccessError `too-many-tries`
	 */
	async begin(kiosk: string): Promise<string> {
		const { now, newId, random, vision } = this.#options;
		const wait = waitMs(this.#tries.get(kiosk), rules, now());
		if (wait > 0) throw new AccessError('too-many-tries', wait);
		for (const [id, session] of this.#sessions) if (session.kiosk === kiosk) await this.end(id, kiosk);
		// Counted before it is judged; whoever is recognised takes it back.
		this.#tries.set(kiosk, charged(this.#tries.get(kiosk), rules, now()));
		const id = newId();
		const session: Session = {
			...{ kiosk, begunMs: now().mono, busy: false, customer: null },
			view: { state: 'gone' },
			timer: this.#timer(id, SILENCE_MS),
		};
		this.#sessions.set(id, session);
		const opened = await vision()?.face(id, { do: 'open', random: [random(), random()] });
		if (opened?.state === 'waiting') session.view = opened;
		return id;
	}

	/** One picture. Whatever else comes while it is looked at is let go. */
	async look(id: string, kiosk: string, jpeg: ArrayBuffer): Promise<FaceCheckInView> {
		const session = this.#of(id, kiosk);
		const vision = this.#options.vision();
		if (!session || !vision) return { state: 'gone' };
		if (session.busy || session.customer !== null) return session.view;
		this.#wait(id, session, Math.min(SILENCE_MS, session.begunMs + SESSION_MS - this.#options.now().mono));
		session.busy = true;
		try {
			const answer = await vision.face(id, { do: 'look', jpeg });
			if (answer.state !== 'unreadable') session.view = await this.#told(id, session, answer);
		} finally {
			session.busy = false;
		}
		return session.view;
	}

	/** The visitor left, chose touch, or is somebody else. Repeating is harmless. */
	async end(id: string, kiosk: string): Promise<void> {
		if (this.#of(id, kiosk)) await this.#over(id, 'given-up');
	}

	/** It is them: checks them in. Sending the same again answers the same. Null: the session is over. */
	async confirm(id: string, kiosk: string, { id: checkIn, purpose, language }: FaceCheckInForm): Promise<CheckInAnswer | null> {
		const session = this.#of(id, kiosk);
		const customer = session?.customer && (await this.#options.queries.customer(session.customer));
		if (!session || !customer) return null;
		const form = { id: checkIn, name: customer.name, telephone: null, purpose, host: null, model: null, language };
		// The session stays until its time is over: the answer may get lost.
		return this.#options.floor.checkIn(form, { via: 'face', customer: customer.id, actor: `kiosk:${kiosk}` });
	}

	/** Ends all. */
	async stop(): Promise<void> {
		for (const id of [...this.#sessions.keys()]) await this.#over(id, 'given-up');
	}

	async #told(id: string, session: Session, answer: Awaited<ReturnType<Vision['face']>>): Promise<FaceCheckInView> {
		switch (answer.state) {
			case 'waiting':
				return answer;
			case 'failed':
				await this.#over(id, answer.reason);
				return answer;
			case 'recognised':
				return this.#recognised(id, session, answer.customer);
			case 'nobody':
				await this.#over(id, 'nobody');
				return answer;
			default:
				return { state: 'gone' };
		}
	}

	async #recognised(id: string, session: Session, customer: string): Promise<FaceCheckInView> {
		const { queries, processing } = this.#options;
		const found = await queries.customer(customer);
		// Erased while they stood there.
		if (!found || !this.#sessions.has(id)) {
			await this.#over(id, 'nobody');
			return { state: 'nobody' };
		}
		await processing.read(actorAt(session.kiosk), [customer], 'reception');
		await this.#tell(id, session, 'recognised');
		session.customer = customer;
		const tries = refunded(this.#tries.get(session.kiosk));
		if (tries) this.#tries.set(session.kiosk, tries);
		else this.#tries.delete(session.kiosk);
		this.#wait(id, session, CONFIRM_MS);
		return { state: 'recognised', address: addressOf(found.name) };
	}

	/** The session is over; nothing of it stays but how it ended. */
	async #over(id: string, outcome: Outcome): Promise<void> {
		const session = this.#sessions.get(id);
		if (!session) return;
		this.#sessions.delete(id);
		clearTimeout(session.timer);
		if (session.customer !== null) return;
		await this.#options.vision()?.face(id, { do: 'close' });
		await this.#tell(id, session, outcome);
	}

	async #tell(id: string, { kiosk }: Session, outcome: Outcome): Promise<void> {
		const { log, now, newId } = this.#options;
		const envelope = { id: newId(), at: now(), actor: actorAt(kiosk), subject: id, cause: null } as const;
		await log.append([{ ...envelope, type: 'checkin.face-tried', body: { outcome } }]);
	}

	#of(id: string, kiosk: string): Session | undefined {
		const session = this.#sessions.get(id);
		return session?.kiosk === kiosk ? session : undefined;
	}

	#wait(id: string, session: Session, ms: number): void {
		clearTimeout(session.timer);
		session.timer = this.#timer(id, ms);
	}

	#timer(id: string, ms: number): NodeJS.Timeout {
		return setTimeout(() => {
			this.#over(id, 'given-up').catch((error) =>
				this.#options.onProblem('how a check-in by face ended could not be written to the log', error),
			);
		}, ms);
	}
}

function actorAt(kiosk: string): Actor {
	return `kiosk:${kiosk}`;
}
