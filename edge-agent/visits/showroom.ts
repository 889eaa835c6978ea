import { AlertClock } from '../alerts/alert-clock.js';
import { act, nextDeadlineMs, type People, tick } from '../alerts/alerts.js';
import type { AlertAction } from '../alerts/alerts.types.js';
import { alertOf } from '../alerts/alerts-state.js';
import type { AlertRules } from '../alerts/plan.js';
import { Refused } from '../alerts/refused.js';
import type { AlertView, CheckIn, CheckInAnswer, StaffView } from '../contract/api.js';
import type { EventDraft } from '../contract/events.js';
import type { CloseReason, Instant } from '../contract/vocabulary.js';
import type { RowChange, ShowroomLog, ShowroomQueries } from '../log/log.types.js';
import { emptyFloor, evolveFloor, type FloorState, withAlerts } from './arrivals.js';
import { noSightings, type Sightings } from './sightings.js';
import { decide } from './visits.js';
import type { CheckInInput, VisionInput, VisitInput, VisitRules } from './visits.types.js';
import { nextEndingMs } from './visits-state.js';

export interface ShowroomFloorOptions {
	readonly log: Pick<ShowroomLog, 'append' | 'read' | 'lastSeq'>;
	readonly queries: Pick<ShowroomQueries, 'staff' | 'customer' | 'alerts' | 'visits' | 'firstUnsettledSeq'>;
	readonly visitRules: VisitRules;
	readonly alertRules: AlertRules;
	/** Staff with a screen connected. */
	readonly reachable: () => ReadonlySet<string>;
	readonly now: () => Instant;
	readonly newId: () => string;
	/** Told what no caller hears of: something seen or fallen due could not be written. */
	readonly onProblem: (message: string, error: unknown) => void;
}

/** Besides what is unsettled, this many events are read at the start, so that turns go on fairly and a check-in sent again is known. */
const LOOK_BACK = 2000;
const PAGE = 1000;

/** How long to wait with what is due when the log could not be written. */
const RETRY_MS = 1000;

/**
 * The showroom's floor: takes what cameras see, what visitors say at the kiosk and what staff do, one after the other; decides; and
 * appends the events of each input in one transaction. Its state is what the log says, so a restart goes on where it stopped.
 */
export class ShowroomFloor {
	readonly #options: ShowroomFloorOptions;
	readonly #clock: AlertClock;
	#state: FloorState = emptyFloor;
	#sightings: Sightings = noSightings();
	#queue: Promise<unknown> = Promise.resolve();

	constructor(options: ShowroomFloorOptions) {
		this.#options = options;
		this.#clock = new AlertClock(
			() => this.#remainingMs(),
			() => void this.#inTurn(() => this.#ring()),
		);
	}

	/** Takes up what the log left unsettled. What fell due meanwhile happens at once. */
	async start(): Promise<void> {
		const { log, queries } = this.#options;
		let seq = Math.max(0, Math.min((await queries.firstUnsettledSeq()) - 1, (await log.lastSeq()) - LOOK_BACK));
		for (let page = await log.read(seq, PAGE); page.length > 0; page = await log.read(seq, PAGE)) {
			this.#state = page.reduce<FloorState>(evolveFloor, this.#state);
			seq = page.at(-1)?.seq ?? seq;
		}
		this.#clock.start();
	}

	/** Answers when what was begun is written; nothing runs afterwards. */
	async stop(): Promise<void> {
		this.#clock.stop();
		await this.#queue;
	}

	/** Something seen by a camera. Never rejects: a camera could not do anything about it. */
	async see(input: VisionInput): Promise<void> {
		await this.#inTurn(() => this.#take(input)).catch((error) => {
			this.#options.onProblem(`what camera ${input.camera} saw (${input.kind}) could not be written to the log`, error);
		});
	}

	/**
	 * A visitor checked in. Sending the same again answers the same.
	 * @param customer whom the kiosk recognised
	 */
	checkIn(form: CheckIn, via: CheckInInput['via'] = 'touch', customer: string | null = null): Promise<CheckInAnswer> {
		return this.#inTurn(async () => {
			const { id, name, telephone, host } = form;
			const staff = await this.#options.queries.staff();
			if (host !== null) member(staff, host);
			await this.#take({ kind: 'checkIn', form, via, customer }, [{ table: 'checkin_texts', id, name, telephone }]);
			const visit = this.#state.visits.checkins.get(id) ?? '';
			const alert = alertOf(this.#state.alerts, visit);
			const told = alert?.acknowledgedBy ?? alert?.steps[0]?.staff[0];
			const consultant = staff.find((person) => person.id === told);
			return { visit, consultant: consultant ? { id: consultant.id, name: consultant.name } : null };
		});
	}

	/** A member of staff takes the alert. Repeating is harmless. @throws Refused */
	accept(alert: string, staff: string): Promise<AlertView> {
		return this.#act({ kind: 'accept', alert, staff });
	}

	/** A member of staff has greeted the visitor. Repeating is harmless. @throws Refused */
	greet(alert: string, staff: string): Promise<AlertView> {
		return this.#act({ kind: 'greet', alert, staff });
	}

	/** The alert's visitor is not to be received: ends the visit as well. Repeating is harmless. @throws Refused */
	close(alert: string, staff: string, reason: CloseReason): Promise<AlertView> {
		return this.#inTurn(async () => {
			member(await this.#options.queries.staff(), staff);
			const active = this.#state.alerts.active.get(alert);
			if (active) await this.#take({ kind: 'close', visit: active.visit, reason, staff });
			const view = await this.#view(alert);
			if (!active && view.closeReason !== reason) throw new Refused('over', view.acknowledgedBy);
			return view;
		});
	}

	/** A visit is over, whether or not somebody still waits for an answer to its alert. Repeating is harmless. @throws Refused */
	closeVisit(visit: string, staff: string, reason: CloseReason): Promise<void> {
		return this.#inTurn(async () => {
			member(await this.#options.queries.staff(), staff);
			if (this.#state.visits.open.has(visit)) await this.#take({ kind: 'close', visit, reason, staff });
		});
	}

	#act(action: AlertAction): Promise<AlertView> {
		return this.#inTurn(async () => {
			const { now, newId, queries } = this.#options;
			member(await queries.staff(), action.staff);
			if (this.#state.alerts.active.has(action.alert)) {
				const events = act(this.#state.alerts, action, now(), newId);
				await this.#commit(events, events.reduce(evolveFloor, this.#state));
				return this.#view(action.alert);
			}
			const view = await this.#view(action.alert);
			const [visit] = await queries.visits({ ids: [view.visit] });
			const done = view.state === 'greeted' && (visit?.greetedBy === action.staff || view.acknowledgedBy === action.staff);
			if (!done) throw new Refused('over', visit?.greetedBy ?? null);
			return view;
		});
	}

	async #view(alert: string): Promise<AlertView> {
		const [view] = await this.#options.queries.alerts({ ids: [alert] });
		if (!view) throw new Refused('no-such-alert');
		return view;
	}

	/** One input: decide, append, and only then believe it. */
	async #take(input: VisitInput, changes: readonly RowChange[] = []): Promise<void> {
		const { now, newId, visitRules, alertRules } = this.#options;
		const { events, sightings } = decide(this.#state.visits, this.#sightings, input, now(), newId, visitRules);
		if (events.length > 0) {
			const decided = withAlerts(this.#state, events, await this.#people(events), newId, alertRules);
			await this.#commit(decided.events, decided.state, changes);
		}
		this.#sightings = sightings;
	}

	/** What has fallen due. */
	async #ring(): Promise<void> {
		const { now, newId, visitRules, alertRules, onProblem } = this.#options;
		try {
			const at = now();
			const { events } = decide(this.#state.visits, this.#sightings, { kind: 'tick' }, at, newId, visitRules);
			const ended = withAlerts(this.#state, events, await this.#people([]), newId, alertRules);
			const due = tick(ended.state.alerts, at, newId);
			await this.#commit([...ended.events, ...due], due.reduce(evolveFloor, ended.state));
			this.#clock.set();
		} catch (error) {
			onProblem('what fell due could not be written to the log; it is tried again', error);
			this.#clock.set(RETRY_MS);
		}
	}

	async #commit(events: readonly EventDraft[], state: FloorState, changes: readonly RowChange[] = []): Promise<void> {
		if (events.length === 0) return;
		await this.#options.log.append(events, changes);
		this.#state = state;
		this.#clock.set();
	}

	/** The staff as they are now, and the consultants of the customers whom these events concern. */
	async #people(events: readonly EventDraft[]): Promise<People> {
		const { queries, reachable } = this.#options;
		const named = events.flatMap(({ body }) => [
			'customer' in body ? body.customer : null,
			'visit' in body ? (alertOf(this.#state.alerts, body.visit)?.customer ?? null) : null,
		]);
		const ids = [...new Set(named)].filter((id) => id !== null);
		const [staff, ...customers] = await Promise.all([queries.staff(), ...ids.map((id) => queries.customer(id))]);
		const consultants = new Map(customers.map((customer) => [customer?.id, customer?.consultant]));
		return { staff, reachable: reachable(), consultantOf: (customer) => consultants.get(customer) ?? null };
	}

	#remainingMs(): number | null {
		const now = this.#options.now();
		const times = [nextDeadlineMs(this.#state.alerts, now), nextEndingMs(this.#state.visits, now, this.#options.visitRules)];
		return times.reduce((a, b) => (a === null || b === null ? (a ?? b) : Math.min(a, b)), null);
	}

	/** One input after the other, whatever became of the one before. */
	#inTurn<T>(task: () => Promise<T>): Promise<T> {
		const result = this.#queue.then(task);
		this.#queue = result.catch(() => {});
		return result;
	}
}

/** @throws Refused `no-such-staff` */
function member(staff: readonly StaffView[], id: string): void {
	if (!staff.some((person) => person.id === id)) throw new Refused('no-such-staff', id);
}
