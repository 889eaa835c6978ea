import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventDraft } from '../../../edge-agent/contract/events.js';
import type { FaceEvidence } from '../../../edge-agent/contract/visit-events.js';
import type { VisitInput, Who } from '../../../edge-agent/visits/visits.types.js';
import { evolve, nextEndingMs, noVisits } from '../../../edge-agent/visits/visits-state.js';
import { customer, Door, instant, MINUTE, rules, staff } from './door.js';

const form = (id: string) => ({ id, purpose: 'test-drive' as const, host: null, model: null });
const checkIn = (id: string, customer: string | null = null): VisitInput => ({
	...{ kind: 'checkIn', form: form(id), via: 'touch', customer, by: 'kiosk', guest: null, actor: 'kiosk:main' },
});

describe('somebody comes in', () => {
	it('is an arrival though nobody knows them', () => {
		const door = new Door();
		expect(door.cross('in', 1, 0)).toEqual(['visit.opened']);
		expect(door.log[0]).toMatchObject({ actor: 'camera:cam-1', body: { source: 'crossing', entrance: 'main', customer: null } });
	});

	it('has arrived once recognised, and crossing the line is no second arrival', () => {
		const door = new Door();
		expect(door.identify(customer('li'), 1, 0)).toEqual(['visit.opened']);
		expect(door.log[0]).toMatchObject({ body: { source: 'face', customer: 'li' } });
		expect(door.cross('in', 1, 2000, customer('li'))).toEqual([]);
	});

	it('recognised after crossing: the visit becomes theirs', () => {
		const door = new Door();
		door.cross('in', 1, 0);
		expect(door.identify(customer('li'), 1, 800)).toEqual(['visit.identified']);
		expect(door.arrivals).toBe(1);
	});

	it('recognised shortly after their track was lost: still one visit', () => {
		const door = new Door();
		door.cross('in', 1, 0);
		door.take({ kind: 'trackLost', camera: 'cam-1', track: 1, at: instant(500) });
		expect(door.identify(customer('li'), 1, 900)).toEqual(['visit.identified']);
	});

	it('on a camera that was connected anew and counts its tracks from the start is somebody else', () => {
		const door = new Door();
		door.cross('in', 1, 0);
		door.take({ kind: 'trackFound', camera: 'cam-1', track: 1, at: instant(MINUTE) });
		expect(door.cross('in', 1, MINUTE + 500)).toEqual(['visit.opened']);
	});

	it('seen by a second camera of the entrance is the same arrival; a third person is not', () => {
		const door = new Door();
		door.cross('in', 1, 0);
		expect(door.cross('in', 7, 400, 'undecided', 'cam-2')).toEqual([]);
		expect(door.cross('in', 8, 900, 'undecided', 'cam-2')).toEqual(['visit.opened']);
		expect(door.identify(customer('li'), 7, 1200, 'cam-2')).toEqual(['visit.identified']);
		expect(door.identify(customer('li'), 1, 1300)).toEqual([]);
		expect(door.arrivals).toBe(2);
	});

	it('known on one camera and unknown on the other is one visitor', () => {
		const door = new Door();
		door.identify(customer('li'), 7, 0, 'cam-2');
		expect(door.cross('in', 1, 1000)).toEqual(['visit.opened']);
		expect(door.cross('in', 7, 1300, customer('li'), 'cam-2')).toEqual(['visit.closed']);
		expect([...door.state.open.values()].map((visit) => visit.customer)).toEqual(['li']);
	});

	it('two known customers on two cameras at once are two', () => {
		const door = new Door();
		door.cross('in', 1, 0, customer('li'));
		expect(door.cross('in', 7, 300, customer('wu'), 'cam-2')).toEqual(['visit.opened']);
	});

	it('two tracks taken for one person and then recognised as two are two', () => {
		const door = new Door();
		door.cross('in', 1, 0);
		door.cross('in', 7, 300, 'undecided', 'cam-2');
		expect(door.identify(customer('li'), 1, 500)).toEqual(['visit.identified']);
		expect(door.identify(customer('wu'), 7, 600, 'cam-2')).toEqual(['visit.opened']);
	});
});

describe('what a recognition rests on', () => {
	const known: FaceEvidence = {
		...{ verdict: 'known', faces: 3, eyeDistance: 41.2, distance: 0.31, second: 0.8, threshold: 0.45 },
		...{ model: 'sface/fp32/a2', calibration: 'own' },
	};

	it('stands in the arrival, also when they cross later', () => {
		const door = new Door();
		door.identify(customer('li'), 1, 0, 'cam-1', known);
		expect(door.log[0]).toMatchObject({ type: 'visit.opened', body: { customer: 'li', face: known } });
		door.identify(customer('wu'), 2, 5000, 'cam-1', { ...known, faces: 1 });
		door.cross('out', 2, 6000);
		expect(door.log[1]).toMatchObject({ body: { customer: 'wu', face: { faces: 1 } } });
	});

	it('stands in the identification of a visit that is going on', () => {
		const door = new Door();
		door.cross('in', 1, 0);
		expect(door.log[0]).toMatchObject({ body: { customer: null, face: null } });
		door.identify(customer('li'), 1, 800, 'cam-1', known);
		expect(door.log[1]).toMatchObject({ type: 'visit.identified', body: { face: known } });
	});

	it('says of a stranger only how many faces were looked at', () => {
		const door = new Door();
		door.identify('nobody', 1, 0, 'cam-1', { verdict: 'nobody', faces: 2 });
		door.cross('in', 1, 900, 'nobody');
		expect(door.log[0]).toMatchObject({ body: { customer: null, face: { verdict: 'nobody', faces: 2 } } });
	});

	it('is not told of a visit that somebody checks in to', () => {
		const door = new Door();
		door.take(checkIn('c1'));
		expect(door.log[0]).toMatchObject({ type: 'visit.opened', body: { face: null } });
	});
});

describe('staff', () => {
	it('recognised before or while crossing open no visit', () => {
		const door = new Door();
		expect(door.identify(staff('zhang'), 1, 0)).toEqual([]);
		expect(door.cross('in', 1, 900, staff('zhang'))).toEqual([]);
		expect(door.cross('out', 2, 5000, staff('zhang'))).toEqual([]);
	});

	it('recognised after crossing: the visit closes as theirs', () => {
		const door = new Door();
		door.cross('in', 1, 0);
		expect(door.identify(staff('zhang'), 1, 500)).toEqual(['visit.closed']);
		expect(door.log[1]).toMatchObject({ body: { reason: 'staff' } });
	});

	it('recognised late do not take away the visit that a visitor has checked in on meanwhile', () => {
		const door = new Door();
		door.cross('in', 1, 0);
		door.take(checkIn('c1'), 20_000);
		expect(door.identify(staff('zhang'), 1, 25_000)).toEqual([]);
		expect(door.state.open.size).toBe(1);
	});
});

describe('out and back', () => {
	it('an unknown visitor is no new arrival within the time, and one after it', () => {
		const door = new Door();
		door.cross('in', 1, 0);
		door.cross('out', 2, MINUTE);
		expect(door.cross('in', 3, 10 * MINUTE)).toEqual(['visit.returned']);
		door.cross('out', 4, 20 * MINUTE);
		expect(door.cross('in', 5, 31 * MINUTE)).toEqual(['visit.opened']);
	});

	it('a second stranger behind the returning one is an arrival', () => {
		const door = new Door();
		door.cross('in', 1, 0);
		door.cross('out', 2, MINUTE);
		expect(door.cross('in', 3, 2 * MINUTE)).toEqual(['visit.returned']);
		expect(door.cross('in', 4, 2 * MINUTE + 500)).toEqual(['visit.opened']);
	});

	it('a known customer steps out and returns, whoever comes in between', () => {
		const door = new Door();
		door.cross('in', 1, 0, customer('li'));
		expect(door.cross('out', 2, MINUTE, customer('li'))).toEqual(['visit.stepped-out']);
		expect(door.cross('in', 3, 2 * MINUTE)).toEqual(['visit.opened']);
		expect(door.identify(customer('li'), 4, 3 * MINUTE)).toEqual(['visit.returned']);
		expect(door.cross('in', 4, 3 * MINUTE + 500, customer('li'))).toEqual([]);
	});

	it('a known customer arrives though their crossing first counted as somebody coming back, who is then still out', () => {
		const door = new Door();
		door.cross('in', 1, 0);
		door.cross('out', 2, MINUTE);
		expect(door.cross('in', 3, 2 * MINUTE)).toEqual(['visit.returned']);
		expect(door.identify(customer('li'), 3, 2 * MINUTE + 500)).toEqual(['visit.opened']);
		expect(door.cross('in', 4, 3 * MINUTE)).toEqual(['visit.returned']);
	});

	it('recognised only after crossing outwards: the visit steps out, and nobody else can use that', () => {
		const door = new Door();
		door.cross('in', 1, 0, customer('li'));
		door.cross('in', 5, 1000);
		door.cross('out', 2, MINUTE);
		expect(door.identify(customer('li'), 2, MINUTE + 300)).toEqual(['visit.stepped-out']);
		expect(door.cross('in', 6, 2 * MINUTE)).toEqual(['visit.opened']);
	});

	it('an unknown person who leaves is not an arrival when recognised outside', () => {
		const door = new Door();
		door.cross('out', 1, 0);
		expect(door.identify(customer('li'), 1, 300)).toEqual([]);
	});

	it('who stays away has left', () => {
		const door = new Door();
		door.cross('in', 1, 0, customer('li'));
		door.cross('out', 2, MINUTE, customer('li'));
		expect(nextEndingMs(door.state, instant(2 * MINUTE), rules)).toBe(9 * MINUTE);
		expect(door.take({ kind: 'tick' }, 11 * MINUTE - 1)).toEqual([]);
		expect(door.take({ kind: 'tick' }, 11 * MINUTE)).toEqual(['visit.closed']);
		expect(door.log.at(-1)).toMatchObject({ actor: 'system', body: { reason: 'left' } });
	});
});

describe('check-in', () => {
	it('of the visitor who has just walked in is the same visit', () => {
		const door = new Door();
		door.cross('in', 1, 0);
		expect(door.take(checkIn('c1'), 2 * MINUTE)).toEqual(['checkin.recorded']);
		expect(door.take(checkIn('c2'), 3 * MINUTE)).toEqual(['visit.opened', 'checkin.recorded']);
	});

	it('does not join a visit that is known, greeted, or long ago', () => {
		const door = new Door();
		door.cross('in', 1, 0, customer('li'));
		expect(door.take(checkIn('c1'), 1000)).toEqual(['visit.opened', 'checkin.recorded']);
		door.cross('in', 2, 2000);
		expect(door.take(checkIn('c2'), 2000 + 5 * MINUTE + 1)).toEqual(['visit.opened', 'checkin.recorded']);
	});

	it('sent again changes nothing', () => {
		const door = new Door();
		door.take(checkIn('c1'), 0);
		expect(door.take(checkIn('c1'), 500)).toEqual([]);
	});
});

describe('a visit that nobody closed', () => {
	it('ends when nothing was seen of the visitor for too long', () => {
		const door = new Door();
		door.cross('in', 1, 0, customer('li'));
		// Seen again inside, which counts, and is said once in ten minutes.
		expect([60, 61, 180].map((minutes) => door.identify(customer('li'), minutes, minutes * MINUTE))).toEqual([
			['visit.seen'],
			[],
			['visit.seen'],
		]);
		expect(door.take({ kind: 'tick' }, 420 * MINUTE - 1)).toEqual([]);
		expect(door.take({ kind: 'tick' }, 420 * MINUTE)).toEqual(['visit.closed']);
		expect(door.log.at(-1)).toMatchObject({ body: { reason: 'absent' } });
	});

	it('ends after twelve hours however often the visitor was seen', () => {
		const door = new Door();
		door.cross('in', 1, 0, customer('li'));
		for (let hours = 3; hours < 12; hours += 3) door.identify(customer('li'), hours, hours * 60 * MINUTE);
		expect(door.take({ kind: 'tick' }, 12 * 60 * MINUTE)).toEqual(['visit.closed']);
		expect(door.log.at(-1)).toMatchObject({ body: { reason: 'expired' } });
	});
});

describe('a party', () => {
	const parties = (door: Door) => door.log.flatMap(({ type, body }) => (type === 'visit.opened' && 'party' in body ? [body.party] : []));

	it('is of those who come in within three seconds of each other, and names the first', () => {
		const door = new Door();
		for (const [track, at] of [0, 2000, 4500, 9000].entries()) door.cross('in', track, at);
		const [first] = door.log;
		expect(parties(door)).toEqual([null, first?.subject, first?.subject, null]);
	});

	it('splits: somebody gets a visit of their own, received if the others were', () => {
		const door = new Door();
		door.cross('in', 1, 0);
		const visit = door.log[0]?.subject ?? '';
		const split = (id: string): VisitInput => ({ kind: 'split', visit, id, why: null, staff: 'ma' });
		expect(door.take(split('one'), MINUTE)).toEqual(['visit.opened', 'visit.split']);
		expect(door.take(split('one'), MINUTE)).toEqual([]);
		door.keep({ ...door.log[0], type: 'visit.greeted', body: { visit, staff: 'anna' } } as EventDraft);
		expect(door.take(split('two'), 2 * MINUTE)).toEqual(['visit.opened', 'visit.split', 'visit.greeted']);
	});
});

it('two visits that were one go on as one: with who it was, and received if either was', () => {
	const door = new Door();
	door.cross('in', 1, 0);
	door.cross('in', 2, MINUTE, customer('li'));
	const [walkedIn, known] = door.log.map(({ subject }) => subject);
	door.keep({ ...door.log[1], type: 'visit.greeted', body: { visit: known, staff: 'anna' } } as EventDraft);
	const merge: VisitInput = { kind: 'merge', visit: known ?? '', into: walkedIn ?? '', why: null, staff: 'ma' };
	expect(door.take(merge, 2 * MINUTE)).toEqual(['visit.merged', 'visit.closed', 'visit.identified', 'visit.greeted']);
	expect([...door.state.open.values()]).toMatchObject([{ id: walkedIn, customer: 'li', receivedBy: 'anna' }]);
	expect(door.take(merge, 2 * MINUTE)).toEqual([]);
});

const who = fc.oneof(
	fc.constantFrom<Who>('undecided', 'nobody'),
	fc.constantFrom('li', 'wu', 'he').map(customer),
	fc.constantFrom('zhang', 'zhao').map(staff),
);
const seen = fc.record({
	camera: fc.constantFrom('cam-1', 'cam-2'),
	track: fc.integer({ min: 1, max: 6 }),
	who,
	gap: fc.integer({ min: 0, max: 240_000 }),
});
const something = fc.oneof(
	fc.tuple(fc.constantFrom('in' as const, 'out' as const), seen),
	fc.tuple(fc.constantFrom('identified' as const, 'trackLost' as const), seen),
	fc.tuple(fc.constantFrom('checkIn' as const, 'tick' as const), seen),
);

function play(happenings: readonly (readonly [string, { camera: string; track: number; who: Who; gap: number }])[]): Door {
	const door = new Door();
	let at = 0;
	for (const [index, [what, { camera, track, who, gap }]] of happenings.entries()) {
		at += gap;
		if (what === 'in' || what === 'out') door.cross(what, track, at, who, camera);
		else if (what === 'identified') door.identify(who, track, at, camera);
		else if (what === 'trackLost') door.take({ kind: 'trackLost', camera, track, at: instant(at) });
		else door.take(what === 'tick' ? { kind: 'tick' } : checkIn(`c${index}`), at);
		const known = [...door.state.open.values()].flatMap(({ customer }) => customer ?? []);
		expect(new Set(known).size).toBe(known.length);
		expect(door.log.reduce(evolve, noVisits)).toEqual(door.state);
	}
	return door;
}

it('never has two open visits of one customer, and the log gives back the state, whatever happens', () => {
	fc.assert(
		fc.property(fc.array(something, { maxLength: 40 }), (happenings) => void play(happenings)),
		{ numRuns: 300 },
	);
});

it('tells of no visit after its end and opens none twice', () => {
	fc.assert(
		fc.property(fc.array(something, { maxLength: 40 }), (happenings) => {
			const open = new Set<string>();
			for (const event of play(happenings).log) {
				if (event.type === 'visit.opened') {
					expect(open.has(event.subject)).toBe(false);
					open.add(event.subject);
				} else expect(open.has(event.subject)).toBe(true);
				if (event.type === 'visit.closed') open.delete(event.subject);
			}
		}),
		{ numRuns: 200 },
	);
});

it('N people out and back within the time add no arrivals, recognised late, early or never', () => {
	const person = fc.record({ name: fc.boolean(), late: fc.boolean(), away: fc.integer({ min: 1000, max: 5 * MINUTE }) });
	fc.assert(
		fc.property(fc.array(person, { minLength: 1, maxLength: 6 }), fc.infiniteStream(fc.nat()), (people, mix) => {
			const door = new Door();
			let track = 0;
			const pass = (direction: 'in' | 'out', index: number, at: number) => {
				const { name, late } = people[index] ?? { name: false, late: false };
				const who = name ? customer(`customer-${index}`) : 'nobody';
				track += 1;
				if (!late) door.identify(who, track, at);
				door.cross(direction, track, at + 100, late ? 'undecided' : who);
				if (late) door.identify(who, track, at + 200);
			};
			const order = people.map((_, index) => index);
			for (const index of order) pass('in', index, index * 2000);
			const before = door.arrivals - door.takenBack;
			expect(before).toBe(people.length);
			for (const index of order) pass('out', index, MINUTE + index * 2000);
			const back = order.map((index) => ({ index, key: mix.next().value ?? 0 })).toSorted((a, b) => a.key - b.key);
			for (const [place, { index }] of back.entries()) pass('in', index, 3 * MINUTE + place * 20_000);
			expect(door.arrivals - door.takenBack).toBe(before);
		}),
		{ numRuns: 300 },
	);
});

describe('a visitor of whom staff said that they left', () => {
	const close = (door: Door): VisitInput => ({ kind: 'close', visit: door.log[0]?.subject ?? '', reason: 'left', staff: 'anna' });

	it('is gone for good: whoever comes in next is a new arrival', () => {
		const door = new Door();
		door.cross('in', 1, 0);
		door.cross('in', 2, MINUTE);
		door.take(close(door), 20 * MINUTE);
		expect(door.cross('out', 3, 21 * MINUTE)).toEqual([]);
		expect(door.cross('in', 4, 22 * MINUTE)).toEqual(['visit.opened']);
	});

	it('likewise when they were seen going out just before it was said', () => {
		const door = new Door();
		door.cross('in', 1, 0);
		door.cross('in', 2, MINUTE);
		door.cross('out', 3, 20 * MINUTE);
		door.take(close(door), 21 * MINUTE);
		expect(door.cross('in', 4, 22 * MINUTE)).toEqual(['visit.opened']);
	});

	it('explains one going out, and only for five minutes', () => {
		const door = new Door();
		door.cross('in', 1, 0);
		door.cross('in', 2, MINUTE);
		door.take(close(door), 20 * MINUTE);
		door.cross('out', 3, 26 * MINUTE);
		expect(door.cross('in', 4, 27 * MINUTE)).toEqual(['visit.returned']);
	});

	it('a customer who is seen on their way out is no new arrival; an hour later they are', () => {
		const door = new Door();
		door.cross('in', 1, 0, customer('li'));
		door.take(close(door), 20 * MINUTE);
		expect(door.identify(customer('li'), 2, 21 * MINUTE)).toEqual([]);
		expect(door.cross('out', 2, 21 * MINUTE + 500, customer('li'))).toEqual([]);
		expect(door.cross('in', 3, 25 * MINUTE, customer('li'))).toEqual([]);
		expect(door.cross('in', 4, 81 * MINUTE, customer('li'))).toEqual(['visit.opened']);
	});
});
