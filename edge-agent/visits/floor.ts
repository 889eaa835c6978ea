import { AlertClock } from '../alerts/alert-clock.js';
import { findSomebody, type People } from '../alerts/alerts.js';
import { alertOf } from '../alerts/alerts-state.js';
import { nextDeadlineMs, tick } from '../alerts/deadlines.js';
import type { Turns } from '../alerts/turns.js';
import type { EventBody, EventDraft, EventType } from '../contract/events.js';
import type { Instant, Rota } from '../contract/vocabulary.js';
import type { RowChange } from '../log/log.types.js';
import { colleagues } from '../reception/crew.js';
import { askForOutcomes, nextAskAt } from '../reception/outcomes.js';
import { changesAt, isOpen } from '../reception/store-hours.js';
import { emptyFloor, evolveFloor, type FloorState, withAlerts } from './arrivals.js';
import type { FloorOptions } from './floor.types.js';
import { noSightings, type Sightings } from './sightings.js';
import { decide } from './visits.js';
import type { VisitInput } from './visits.types.js';
import { nextEndingMs } from './visits-state.js';

/** Besides what is unsettled, this many events are read at the start, so that a check-in sent again is known. */
const LOOK_BACK = 2000;
const PAGE = 1000;
/** How long to wait with what is due when the log could not be written. */
const RETRY_MS = 1000;
/** Somebody may become free, or reachable, without any event: whoever waits for want of somebody is looked after this often. */
const LOOK_AGAIN_MS = 10_000;
const MOST_OUTCOMES = 5000;

/**
 * The state of the showroom's floor and everything that changes it: one input after the other, each decided on the state that the one before
 * left, appended in one transaction, and only then believed. Its state is what the log says, so a restart goes on where it stopped.
 */
export class Floor {
	readonly options: FloorOptions;
	readonly #clock: AlertClock;
	#state: FloorState = emptyFloor;
	#sightings: Sightings = noSightings();
	#queue: Promise<unknown> = Promise.resolve();

	constructor(options: FloorOptions) {
		this.options = options;
		this.#clock = new AlertClock(
			() => this.#remainingMs(),
			() => void this.inTurn(() => this.#ring()),
			options.timers,
		);
	}

	get state(): FloorState {
		return this.#state;
	}

	/** Takes up what the log left unsettled. What fell due meanwhile happens at once. */
	async start(): Promise<void> {
		const { log, queries } = this.options;
		const last = await log.lastSeq();
		let seq = Math.max(0, Math.min((await queries.firstUnsettledSeq()) - 1, last - LOOK_BACK));
		for (let page = await log.read(seq, PAGE); page.length > 0; page = await log.read(seq, PAGE)) {
			this.#state = page.reduce<FloorState>(evolveFloor, this.#state);
			seq = page.at(-1)?.seq ?? seq;
		}
		// What goes further back than the events just read stands in rows. Nobody else appends such events.
		const [duty, rotas, turns, due] = await Promise.all([
			queries.dutyRows(),
			queries.rotaRows(),
			queries.rotaTurns(),
			queries.outcomesDue(MOST_OUTCOMES),
		]);
		const { alerts, reception } = this.#state;
		this.#state = {
			...this.#state,
			alerts: { ...alerts, turns: byRota(turns) },
			reception: {
				...reception,
				duty: new Map(duty.map(({ staff, ...said }) => [staff, said])),
				rotas: new Map(rotas.map(({ staff, ...row }) => [staff, row])),
				outcomes: new Map(due.map((form) => [form.visit, form])),
			},
		};
		this.#clock.start();
	}

	/** Answers when what was begun is written; nothing runs afterwards. */
	async stop(): Promise<void> {
		this.#clock.stop();
		await this.#queue;
	}

	/** One task after the other, whatever became of the one before. */
	inTurn<T>(task: () => Promise<T>): Promise<T> {
		const result = this.#queue.then(task);
		this.#queue = result.catch(() => {});
		return result;
	}

	/** In turn: one input about visits. Decide, append, and only then believe it. */
	async take(input: VisitInput, changes: readonly RowChange[] = []): Promise<void> {
		const { now, newId, rules } = this.options;
		const { events, sightings } = decide(this.#state.visits, this.#sightings, input, now(), newId, rules.visits);
		await this.write(events, changes);
		this.#sightings = sightings;
	}

	/** In turn: appends events of visits and of duty, with what they mean for alerts. */
	async write(causes: readonly EventDraft[], changes: readonly RowChange[] = []): Promise<void> {
		if (causes.length === 0) return;
		const { now, newId, rules } = this.options;
		const { events, state } = withAlerts(this.#state, causes, await this.people(causes), newId, rules.alertsAt(now().wall));
		await this.#commit(events, state, changes);
	}

	/** In turn: appends events as they are. */
	async append(events: readonly EventDraft[]): Promise<void> {
		if (events.length > 0) await this.#commit(events, events.reduce(evolveFloor, this.#state));
	}

	/** The staff as they are now, in any state, and what is known of the customers whom these events concern. */
	async people(events: readonly EventDraft[]): Promise<(state: FloorState) => People> {
		const { queries, screens, rules, now } = this.options;
		const waiting = [...this.#state.alerts.active.values()].filter(({ wanting, acknowledgedBy }) => wanting && acknowledgedBy === null);
		const named = [...waiting.map(({ customer }) => customer), ...events.flatMap((event) => this.#customersOf(event))];
		const ids = [...new Set(named)].filter((id) => id !== null);
		const [staff, wishes] = await Promise.all([queries.staff(), Promise.all(ids.map((id) => this.#wishesOf(id)))]);
		const byCustomer = new Map(wishes.map((wish) => [wish.customer, wish]));
		const [there, at] = [screens.reachable(), now()];
		return ({ reception, visits }) => ({
			colleagues: colleagues({ staff, reception, visits, reachable: there, busyMs: rules.busyMs, now: at }),
			wishesOf: (customer) => byCustomer.get(customer) ?? { consultant: null, greeting: true, always: false },
		});
	}

	/** Something that a member of staff says. */
	said<T extends EventType>(type: T, staff: string, subject: string, body: EventBody<T>): EventDraft {
		const { now, newId } = this.options;
		// The compiler cannot tell that `type` and `body` are of the same member of the union.
		return { id: newId(), type, at: now(), actor: `staff:${staff}`, subject, cause: null, body } as EventDraft;
	}

	#customersOf({ body }: EventDraft): (string | null)[] {
		return [
			'customer' in body ? body.customer : null,
			'changes' in body ? (body.changes.customer ?? null) : null,
			'visit' in body ? (alertOf(this.#state.alerts, body.visit)?.customer ?? null) : null,
			'alert' in body ? (this.#state.alerts.active.get(body.alert)?.customer ?? null) : null,
		];
	}

	async #wishesOf(customer: string) {
		const { queries } = this.options;
		const [known, wishes] = await Promise.all([queries.customer(customer), queries.wishes(customer)]);
		return { customer, consultant: known?.consultant ?? null, ...wishes };
	}

	/** What has fallen due. */
	async #ring(): Promise<void> {
		const { now, newId, rules, queries, onProblem } = this.options;
		try {
			const at = now();
			const alertRules = rules.alertsAt(at.wall);
			const { events } = decide(this.#state.visits, this.#sightings, { kind: 'tick' }, at, newId, rules.visits);
			const peopleAt = await this.people(events);
			const ended = withAlerts(this.#state, events, peopleAt, newId, alertRules);
			const managers = (await queries.staff()).filter(({ role }) => role === 'manager').map(({ id }) => id);
			const due = [
				...tick(ended.state.alerts, at, managers, newId, alertRules),
				...askForOutcomes(ended.state.reception.outcomes, isOpen(rules.hours, at.wall), at, newId, rules.outcomes),
			];
			const state = due.reduce(evolveFloor, ended.state);
			const found = findSomebody(state.alerts, { at, id: null }, peopleAt(state), newId, alertRules);
			await this.#commit([...ended.events, ...due, ...found], found.reduce(evolveFloor, state));
			this.#clock.set();
		} catch (error) {
			onProblem('what fell due could not be written to the log; it is tried again', error);
			this.#clock.set(RETRY_MS);
		}
	}

	async #commit(events: readonly EventDraft[], state: FloorState, changes: readonly RowChange[] = []): Promise<void> {
		if (events.length === 0) return;
		await this.options.log.append(events, changes);
		this.#state = state;
		this.#clock.set();
	}

	#remainingMs(): number | null {
		const { now, rules } = this.options;
		const { alerts, visits } = this.#state;
		const at = now();
		const wanting = [...alerts.active.values()].some((alert) => alert.wanting && alert.acknowledgedBy === null);
		const times = [
			nextDeadlineMs(alerts, at, rules.alertsAt(at.wall)),
			nextEndingMs(visits, at, rules.visits),
			wanting ? LOOK_AGAIN_MS : null,
			this.#askInMs(at),
		].filter((time) => time !== null);
		return times.length > 0 ? Math.min(...times) : null;
	}

	#askInMs({ wall }: Instant): number | null {
		const { hours, outcomes } = this.options.rules;
		const openFrom = (at: number) => (isOpen(hours, at) ? at : changesAt(hours, at));
		const at = nextAskAt(this.#state.reception.outcomes, wall, openFrom, outcomes);
		return at === null ? null : at - wall;
	}
}

function byRota(rows: readonly ({ readonly rota: Rota; readonly staff: string } & Turns)[]): ReadonlyMap<Rota, ReadonlyMap<string, Turns>> {
	const turns = new Map<Rota, Map<string, Turns>>();
	for (const { rota, staff, ...had } of rows) turns.set(rota, (turns.get(rota) ?? new Map()).set(staff, had));
	return turns;
}
