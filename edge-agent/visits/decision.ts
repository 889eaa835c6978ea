import { elapsedMs } from '../clock.js';
import type { Actor, EventBody, EventDraft, EventType } from '../contract/events.js';
import type { Instant } from '../contract/vocabulary.js';
import { FAREWELL_MS, nobodySeen, type OutToken, type Passage, type Sightings, sightingsAt, trackKey } from './sightings.js';
import type { Visit, VisitRules, VisitsState } from './visits.types.js';
import { evolve, reentryMs } from './visits-state.js';

/** The body types of visits' events. */
type VisitEvent = Extract<EventType, `visit.${string}` | 'checkin.recorded' | 'guest.arrived'>;

/**
 * A decision in the making: the events so far, and the state as it is after them, so that each rule sees what the one before it
 * did. The given state and sightings are left as they are.
 */
export class Decision {
	readonly events: EventDraft[] = [];
	readonly sightings: Sightings;
	state: VisitsState;

	constructor(
		state: VisitsState,
		sightings: Sightings,
		readonly rules: VisitRules,
		readonly at: Instant,
		readonly actor: Actor,
		readonly newId: () => string,
	) {
		this.state = state;
		this.sightings = sightingsAt(sightings, at, (entrance) => reentryMs(rules, entrance));
	}

	emit<T extends VisitEvent>(type: T, body: EventBody<T>): void {
		// The compiler cannot tell that `type` and `body` are of the same member of the union.
		const event = { id: this.newId(), type, at: this.at, actor: this.actor, subject: body.visit, cause: null, body } as EventDraft;
		this.events.push(event);
		this.state = evolve(this.state, event);
	}

	/** The visit if it is going on. */
	open(id: string | null): Visit | undefined {
		return id === null ? undefined : this.state.open.get(id);
	}

	/** The newest open visit that answers yes. */
	newest(fits: (visit: Visit) => boolean): Visit | undefined {
		return [...this.state.open.values()].reverse().find(fits);
	}

	/** The track's passage; a new one for a track not seen before. */
	passage(track: { readonly camera: string; readonly track: number }): Passage {
		const key = trackKey(track);
		const entry = this.sightings.tracks.get(key) ?? { passage: { ...nobodySeen }, lostAt: null };
		this.sightings.tracks.set(key, entry);
		return entry.passage;
	}

	/** Changes a passage for every track that shows it. */
	change(passage: Passage, what: Partial<Passage>): Passage {
		const changed = { ...passage, ...what };
		this.join(passage, changed);
		return changed;
	}

	/** From now on the tracks of one passage show the other. */
	join(from: Passage, to: Passage): void {
		for (const [key, entry] of this.sightings.tracks) if (entry.passage === from) this.sightings.tracks.set(key, { ...entry, passage: to });
	}

	/** Remembers that somebody unknown went out; null: they had said goodbye, and will not be back. */
	leave(entrance: string): OutToken | null {
		if (this.sightings.farewells.shift()) return null;
		const token: OutToken = { entrance, at: this.at };
		this.sightings.outs.push(token);
		return token;
	}

	/** Remembers that a visitor has said goodbye: whoever unknown goes out next, or went out just now, is gone for good. */
	farewell(): void {
		const gone = this.sightings.outs.at(-1);
		if (gone && elapsedMs(gone.at, this.at) < FAREWELL_MS) this.withdraw(gone);
		else this.sightings.farewells.push(this.at);
	}

	/** Whether staff have said of this customer that they are leaving, so that being seen, or going out and in once more, is no arrival. */
	isLeaving(customer: string, entrance: string): boolean {
		const since = this.state.leaving.get(customer);
		return since !== undefined && elapsedMs(since, this.at) < reentryMs(this.rules, entrance);
	}

	/** Uses up the newest unknown going out of this entrance. */
	takeOut(entrance: string): OutToken | null {
		const token = this.sightings.outs.findLast((out) => out.entrance === entrance) ?? null;
		if (token) this.withdraw(token);
		return token;
	}

	withdraw(token: OutToken): void {
		const index = this.sightings.outs.indexOf(token);
		if (index >= 0) this.sightings.outs.splice(index, 1);
	}
}
