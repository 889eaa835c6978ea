import { describe, expect, it } from 'vitest';
import type { EventDraft } from '../../../edge-agent/contract/events.js';
import type { Instant } from '../../../edge-agent/contract/vocabulary.js';
import { noSightings, type Sightings } from '../../../edge-agent/visits/sightings.js';
import { decide } from '../../../edge-agent/visits/visits.js';
import type { VisitInput, VisitsState } from '../../../edge-agent/visits/visits.types.js';
import { evolve, noVisits } from '../../../edge-agent/visits/visits-state.js';
import { rules } from './door.js';

const at = (ms: number): Instant => ({ wall: ms, mono: ms, boot: 'b' });

/** Plays inputs one a second; answers the events. */
function play(...inputs: readonly VisitInput[]): EventDraft[] {
	let state: VisitsState = noVisits;
	let sightings: Sightings = noSightings();
	let ids = 0;
	return inputs.flatMap((input, i) => {
		const { events, ...next } = decide(state, sightings, input, at(i * 1000), () => `id-${++ids}`, rules);
		state = events.reduce(evolve, state);
		sightings = next.sightings;
		return events;
	});
}

const byFace = (id: string, customer: string): VisitInput => ({
	...{ kind: 'checkIn', via: 'face', customer, by: 'kiosk', guest: null, actor: 'kiosk:main' },
	form: { id, purpose: 'quote', host: null, model: null },
});
const walksIn = (track: number, who: 'nobody' | { person: string; kind: 'customer' }): VisitInput => ({
	...{ kind: 'crossing', camera: 'c', entrance: 'main', track, at: at(0), direction: 'in', who },
});
const types = (events: readonly EventDraft[]) => events.map(({ type }) => type);

describe('somebody whom the kiosk recognised', () => {
	it('is the customer whom the camera recognised at the door', () => {
		const events = play(walksIn(1, { person: 'li', kind: 'customer' }), byFace('f1', 'li'));
		expect(types(events)).toEqual(['visit.opened', 'checkin.recorded']);
		expect(events[1]?.subject).toBe(events[0]?.subject);
	});

	it('is the one who walked in unknown, who is known from then on', () => {
		const events = play(walksIn(1, 'nobody'), byFace('f1', 'li'));
		expect(types(events)).toEqual(['visit.opened', 'visit.identified', 'checkin.recorded']);
		expect(events[1]?.body).toMatchObject({ customer: 'li', by: 'kiosk', visit: events[0]?.subject });
	});

	it('has a visit of their own where nobody was seen, or only others', () => {
		expect(play(byFace('f1', 'li'))[0]?.body).toMatchObject({ source: 'kiosk', customer: 'li' });
		const events = play(walksIn(1, { person: 'wu', kind: 'customer' }), byFace('f1', 'li'));
		expect(types(events)).toEqual(['visit.opened', 'visit.opened', 'checkin.recorded']);
	});

	it('checks in once, however often the kiosk sends it', () => {
		expect(types(play(byFace('f1', 'li'), byFace('f1', 'li')))).toEqual(['visit.opened', 'checkin.recorded']);
	});
});
