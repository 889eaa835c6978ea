import type { EventDraft } from '../../../edge-agent/contract/events.js';
import type { FaceEvidence } from '../../../edge-agent/contract/visit-events.js';
import type { Instant } from '../../../edge-agent/contract/vocabulary.js';
import { noSightings, type Sightings } from '../../../edge-agent/visits/sightings.js';
import { decide } from '../../../edge-agent/visits/visits.js';
import type { VisitInput, VisitRules, VisitsState, Who } from '../../../edge-agent/visits/visits.types.js';
import { evolve, noVisits } from '../../../edge-agent/visits/visits-state.js';

export const MINUTE = 60_000;
export const rules: VisitRules = {
	...{ reentryMs: new Map([['main', 10 * MINUTE]]), maxMs: 12 * 60 * MINUTE, absentMs: 4 * 60 * MINUTE, partyMs: 3000 },
};

export function instant(ms: number): Instant {
	return { wall: 1_800_000_000_000 + ms, mono: 1000 + ms, boot: 'boot' };
}

/** A door to try the visits' rules at: keeps state as the program does, and every event. */
export class Door {
	state: VisitsState = noVisits;
	sightings: Sightings = noSightings();
	readonly log: EventDraft[] = [];
	#ids = 0;

	/** The types of the events that the input caused. */
	take(input: VisitInput, at = 0): string[] {
		const decided = decide(this.state, this.sightings, input, instant(at), () => `id-${++this.#ids}`, rules);
		this.state = decided.events.reduce(evolve, this.state);
		this.sightings = decided.sightings;
		this.log.push(...decided.events);
		return decided.events.map(({ type }) => type);
	}

	/** Something that happened elsewhere. */
	keep(event: EventDraft): void {
		this.state = evolve(this.state, event);
	}

	cross(direction: 'in' | 'out', track: number, at: number, who: Who = 'undecided', camera = 'cam-1'): string[] {
		return this.take({ kind: 'crossing', camera, entrance: 'main', track, direction, who, at: instant(at) });
	}

	identify(who: Who, track: number, at: number, camera = 'cam-1', evidence: FaceEvidence | null = null): string[] {
		return this.take({ kind: 'identified', camera, entrance: 'main', track, who, evidence, at: instant(at) });
	}

	get arrivals(): number {
		return this.log.filter(({ type }) => type === 'visit.opened').length;
	}

	/** Closed again as no arrival of their own. */
	get takenBack(): number {
		return this.log.filter(
			({ type, body }) => type === 'visit.closed' && 'reason' in body && ['staff', 'not-a-visitor'].includes(body.reason),
		).length;
	}
}

export const customer = (person: string): Who => ({ person, kind: 'customer' });
export const staff = (person: string): Who => ({ person, kind: 'staff' });
