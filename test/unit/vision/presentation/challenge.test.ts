import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	beginChallenge,
	CHALLENGE_MS,
	type Challenge,
	type Observation,
	observe,
	type Side,
	stepsOf,
	tickChallenge,
} from '../../../../edge-agent/vision/presentation/challenge.js';
import { poseOf } from '../../../../edge-agent/vision/presentation/pose.js';
import { type Attitude, points } from './heads.js';

/** What the lot has to be for these sides. */
const lot = ([first, second]: readonly [Side, Side]): [number, number] => [first === 'left' ? 0.2 : 0.7, second === 'left' ? 0.2 : 0.7];
const orders = (['left', 'right'] as const).flatMap((a) => (['left', 'right'] as const).map((b) => [a, b] as const));
const order = fc.constantFrom(...orders);

const box = { x: 200, y: 150, width: 200, height: 250 };
function seen(ms: number, attitude: Attitude, depth = 1, same = true): Observation {
	return { ms, face: { pose: poseOf(points(attitude, depth)), box, same } };
}

/** The attitudes of somebody who does this: straight, then each side and back, `each` pictures a way. */
function turns(sides: readonly Side[], each = 4, most = 32): Attitude[] {
	const way = Array.from({ length: each }, (_, i) => ((i + 1) / each) * most);
	const still = [0, 0, 0].map((yaw) => ({ yaw }));
	return [
		...still,
		...sides.flatMap((side) => {
			const sign = side === 'left' ? 1 : -1;
			const there = way.map((yaw) => ({ yaw: sign * yaw }));
			return [...there, ...there.slice(-1), ...there.slice(-1), ...there.reverse(), ...still];
		}),
	];
}

function play(sides: readonly [Side, Side], attitudes: readonly Attitude[], { depth = 1, everyMs = 125 } = {}): Challenge {
	const begun: Challenge = beginChallenge(lot(sides), 0);
	return attitudes.reduce<Challenge>((challenge, attitude, i) => observe(challenge, seen(i * everyMs, attitude, depth)), begun);
}

describe('the challenge', () => {
	it.each(orders)('is passed by whoever turns as asked: %s, %s', (...sides) => {
		expect(play(sides, turns(sides))).toEqual({ state: 'passed' });
	});

	it('is passed at any rate of pictures from 3 a second on, with a head held a little askew, far or near', () => {
		fc.assert(
			fc.property(
				order,
				fc.integer({ min: 60, max: 330 }),
				fc.integer({ min: -8, max: 8 }),
				fc.integer({ min: -10, max: 10 }),
				fc.integer({ min: 40, max: 200 }),
				(sides, everyMs, pitch, roll, eyes) => {
					const attitudes = turns(sides).map((attitude) => ({ ...attitude, pitch, roll, eyes }));
					expect(play(sides, attitudes, { everyMs })).toEqual({ state: 'passed' });
				},
			),
		);
	});

	it('tells what to do next, and how far it has come', () => {
		let challenge: Challenge = beginChallenge(lot(['right', 'left']), 0);
		const told: string[] = [];
		turns(['right', 'left']).forEach((attitude, i) => {
			if (challenge.state === 'waiting') told.push(`${challenge.done}/${stepsOf(challenge)} ${challenge.instruction}`);
			challenge = observe(challenge, seen(i * 125, attitude));
		});
		expect([...new Set(told)]).toEqual([
			'0/5 show-face',
			'0/5 look-straight',
			'1/5 turn-right',
			'2/5 look-straight',
			'3/5 turn-left',
			'4/5 look-straight',
		]);
	});

	it('is failed by whoever turns in another order: a film of one order passes where that is asked, and nowhere else', () => {
		fc.assert(
			fc.property(order, order, (asked, filmed) => {
				const result = play(asked, turns(filmed));
				expect(result.state === 'passed').toBe(asked[0] === filmed[0] && asked[1] === filmed[1]);
			}),
		);
		expect(play(['left', 'right'], turns(['right', 'left']))).toEqual({ state: 'failed', reason: 'wrong-side' });
	});

	it('is never passed by a photograph, however it is turned, nodded, tilted, moved and brought near', () => {
		const held = fc.record({
			yaw: fc.integer({ min: -60, max: 60 }),
			pitch: fc.integer({ min: -30, max: 30 }),
			roll: fc.integer({ min: -40, max: 40 }),
			eyes: fc.integer({ min: 40, max: 200 }),
		});
		fc.assert(
			fc.property(order, fc.array(held, { minLength: 20, maxLength: 150 }), (sides, attitudes) => {
				expect(play(sides, attitudes, { depth: 0 }).state).not.toBe('passed');
			}),
		);
	});

	it('calls a photograph that is turned flat', () => {
		expect(play(['left', 'right'], turns(['left', 'right'], 6, 50), { depth: 0 })).toEqual({ state: 'failed', reason: 'flat' });
	});

	it('is not passed by photographs of each side put before the camera one after the other', () => {
		const attitudes = [0, 0, 0, 35, 35, 35, 35, 0, 0, 0, 35, 35, 35, 35, 0, 0, 0].map((yaw) => ({ yaw }));
		expect(play(['left', 'left'], attitudes)).toMatchObject({ state: 'waiting', done: 1 });
	});

	it('asks whoever turned too fast to follow to do it again slower', () => {
		const fast = [0, 0, 0, 35, 35].map((yaw) => ({ yaw }));
		expect(play(['left', 'right'], fast)).toMatchObject({ instruction: 'slower' });
		expect(play(['left', 'right'], [...fast, ...turns(['left', 'right'])])).toEqual({ state: 'passed' });
	});

	it('ends with why: two faces, the face lost, another face, a face elsewhere', () => {
		const begun = play(['left', 'right'], turns([]));
		const at = (i: number) => 1000 + i * 125;
		const several = [0, 1, 2].reduce((challenge, i) => observe(challenge, { ms: at(i), face: 'several' }), begun);
		expect(several).toEqual({ state: 'failed', reason: 'two-faces' });
		const gone = observe(observe(begun, { ms: at(0), face: 'nobody' }), { ms: at(12), face: 'nobody' });
		expect(gone).toEqual({ state: 'failed', reason: 'lost' });
		const other = [0, 1].reduce((challenge, i) => observe(challenge, seen(at(i), { yaw: 0 }, 1, false)), begun);
		expect(other).toEqual({ state: 'failed', reason: 'changed' });
		const elsewhere = { ...seen(at(0), { yaw: 0 }), face: { pose: poseOf(points({ yaw: 0 })), box: { ...box, x: 450 }, same: true } };
		expect(observe(begun, elsewhere)).toEqual({ state: 'failed', reason: 'lost' });
	});

	it('waits for one face that is near enough before it begins', () => {
		const begin: Challenge = beginChallenge([0, 0], 0);
		expect(observe(begin, { ms: 100, face: 'nobody' })).toMatchObject({ state: 'waiting', instruction: 'show-face' });
		expect(observe(begin, { ms: 100, face: 'several' })).toMatchObject({ state: 'waiting', instruction: 'one-person' });
		expect(observe(begin, seen(100, { yaw: 0, eyes: 20 }))).toMatchObject({ state: 'waiting', instruction: 'come-closer' });
	});

	it('is over in time, and what is over stays as it is', () => {
		const begin: Challenge = beginChallenge([0, 0], 0);
		expect(tickChallenge(begin, CHALLENGE_MS)).toBe(begin);
		const late = tickChallenge(begin, CHALLENGE_MS + 1);
		expect(late).toEqual({ state: 'failed', reason: 'too-slow' });
		expect(observe(begin, seen(CHALLENGE_MS + 1, { yaw: 0 }))).toEqual(late);
		const passed = play(['left', 'left'], turns(['left', 'left']));
		for (const over of [late, passed]) expect(observe(over, { ms: 1e6, face: 'nobody' })).toBe(over);
	});
});
