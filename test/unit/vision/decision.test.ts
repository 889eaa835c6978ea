import { describe, expect, it } from 'vitest';
import type { Nearest } from '../../../edge-agent/gallery/gallery.js';
import { Decision, judge } from '../../../edge-agent/vision/decision.js';
import { defaultRules } from '../../../edge-agent/vision/decision-rules.js';
import type { DescribedFace, DetectedFace } from '../../../edge-agent/vision/vision.types.js';

const rules = { ...defaultRules, threshold: 0.5 };

function face(eyeDistance: number, turn = 0): DetectedFace {
	const x = 500;
	const nose = x + (turn / 2) * eyeDistance;
	const half = eyeDistance / 2;
	return {
		box: { x: x - 1.2 * eyeDistance, y: 300, width: 2.4 * eyeDistance, height: 3 * eyeDistance },
		score: 0.9,
		points: [
			{ x: x - half, y: 300 },
			{ x: x + half, y: 300 },
			{ x: nose, y: 300 + half },
			{ x: x - half, y: 300 + eyeDistance },
			{ x: x + half, y: 300 + eyeDistance },
		],
	};
}

function described(value: number, eyeDistance = 40, sharpness = 200): DescribedFace {
	const points = [0, 1, 2, 3, 4].map(() => ({ x: 0, y: 0 })) as unknown as DescribedFace['points'];
	const quality = { eyeDistance, roll: 0, turn: 0, sharpness, brightness: 120, contrast: 40 };
	return { descriptor: new Float32Array([value, 1]), points, quality };
}

function near(distance: number, second: number | null): Nearest {
	return {
		best: { person: 'an', kind: 'customer', distance },
		second: second === null ? null : { person: 'bo', kind: 'customer', distance: second },
	};
}

/** A gallery of one person at 0, another at 9, on the first axis. */
const nearestTo = (probe: Float32Array): Nearest => near(Math.abs(probe[0] ?? 0), Math.abs(9 - (probe[0] ?? 0)));
const search = async (probe: Float32Array): Promise<Nearest> => nearestTo(probe);

describe('judging a face', () => {
	const cases = [
		['clearly near', 1, 40, near(0.3, 0.9), false, 'an'],
		['near, but as near to somebody else', 1, 40, near(0.3, 0.32), false, 'undecided'],
		['near to two people at the end', 3, 40, near(0.3, 0.32), false, 'nobody'],
		['nearly at the threshold', 1, 40, near(0.48, 0.9), false, 'undecided'],
		['nearly at the threshold, three faces', 3, 40, near(0.48, 0.9), false, 'an'],
		['nearly at the threshold, no more to come', 1, 40, near(0.48, 0.9), true, 'an'],
		['beyond the threshold, three faces', 3, 40, near(0.52, 0.9), false, 'nobody'],
		['far, one small face', 1, 40, near(0.8, null), false, 'undecided'],
		['far, two faces', 2, 40, near(0.8, null), false, 'nobody'],
		['far, one large face', 1, 80, near(0.8, null), false, 'nobody'],
		['nobody to compare with', 1, 40, null, false, 'nobody'],
	] as const;
	it.each(cases)('%s', (_, faces, eyeDistance, nearest, last, expected) => {
		const verdict = judge({ faces, eyeDistance, nearest }, 0.5, last);
		expect(typeof verdict === 'object' ? verdict.person : verdict).toBe(expected);
	});
});

describe('one decision a track', () => {
	it('does not read faces that are too small or too far turned', () => {
		const decision = new Decision(rules, 2);
		expect(decision.wants(face(23), 0)).toBe(false);
		expect(decision.wants(face(40, 0.9), 0)).toBe(false);
		expect(decision.wants(face(25), 0)).toBe(true);
	});

	it('decides early, wipes the descriptor, and asks for nothing more', async () => {
		const decision = new Decision(rules, 2);
		const one = described(0.1);
		expect(await decision.take(face(40), one, search, 0)).toMatchObject({ person: 'an' });
		expect([...one.descriptor]).toEqual([0, 0]);
		expect(decision.score).toBeCloseTo(0.9);
		expect(decision.wants(face(400), 5000)).toBe(false);
		expect(decision.close(nearestTo)).toBeNull();
	});

	it('compares the mean of several faces, at least a quarter of a second apart or larger, and wipes them all', async () => {
		const decision = new Decision(rules, 2);
		const faces = [described(0.7), described(0.5), described(0.15)];
		const [a, b, c] = faces;
		if (!a || !b || !c) throw new Error('three faces');
		expect(await decision.take(face(30), a, search, 0)).toBeNull();
		expect(decision.wants(face(30), 100)).toBe(false);
		expect(decision.wants(face(50), 100)).toBe(true);
		expect(decision.wants(face(30), 300)).toBe(true);
		expect(await decision.take(face(30), b, search, 300)).toBeNull();
		expect(a.descriptor[0]).toBeCloseTo(0.7);
		// Mean 0.45: no single face but the last says so.
		expect(await decision.take(face(30), c, search, 600)).toMatchObject({ person: 'an' });
		for (const { descriptor } of faces) expect([...descriptor]).toEqual([0, 0]);
	});

	it('takes a stranger for nobody, and looks once more when the face has become much larger', async () => {
		const decision = new Decision(rules, 2);
		await decision.take(face(30), described(0.9), search, 0);
		expect(await decision.take(face(32), described(0.9), search, 300)).toBe('nobody');
		expect(decision.wants(face(34), 9000)).toBe(false);
		expect(decision.wants(face(70), 9000)).toBe(true);
		const again = described(0.1);
		expect(await decision.take(face(70), again, search, 9000)).toMatchObject({ person: 'an' });
		expect([...again.descriptor]).toEqual([0, 0]);
	});

	it('looks at a stranger again only once, and says nothing when they stay one', async () => {
		const decision = new Decision(rules, 2);
		await decision.take(face(30), described(0.9), search, 0);
		await decision.take(face(32), described(0.9), search, 300);
		const again = described(0.55);
		expect(await decision.take(face(70), again, search, 9000)).toBeNull();
		expect(decision.verdict).toBe('nobody');
		expect([...again.descriptor]).toEqual([0, 0]);
		expect(decision.wants(face(300), 20_000)).toBe(false);
	});

	it('closes as unseen without a readable face, and wipes what was unfit', async () => {
		const decision = new Decision(rules, 2);
		const blurred = described(0.1, 40, 1);
		expect(await decision.take(face(40), blurred, search, 0)).toBeNull();
		expect([...blurred.descriptor]).toEqual([0, 0]);
		expect(await decision.take(face(40), null, search, 300)).toBeNull();
		expect(decision.close(nearestTo)).toBe('unseen');
	});

	it('decides with what it has when the person leaves', async () => {
		const decision = new Decision(rules, 2);
		const one = described(0.47);
		expect(await decision.take(face(40), one, search, 0)).toBeNull();
		expect(decision.close(nearestTo)).toMatchObject({ person: 'an' });
		expect([...one.descriptor]).toEqual([0, 0]);
	});

	it('gives up on a face that never reads', async () => {
		const decision = new Decision(rules, 2);
		let tries = 0;
		for (let ms = 0; ms < 60_000; ms += 100) {
			if (!decision.wants(face(40), ms)) continue;
			await decision.take(face(40), null, search, ms);
			tries++;
		}
		expect(tries).toBe(12);
	});

	it('says what it rests on, of a stranger only the number of faces', async () => {
		const decision = new Decision(rules, 2);
		expect(decision.evidence).toBeNull();
		await decision.take(face(60), described(0.05, 60), search, 0);
		expect(decision.evidence).toEqual({
			...{ verdict: 'known', faces: 1, eyeDistance: 60, threshold: 0.5 },
			...{ distance: expect.closeTo(0.05), second: expect.closeTo(8.95) },
		});
		const stranger = new Decision(rules, 2);
		await stranger.take(face(80), described(4, 80), search, 0);
		expect(stranger.verdict).toBe('nobody');
		expect(stranger.evidence).toEqual({ verdict: 'nobody', faces: 1 });
	});

	it.each([
		['dark', { brightness: 12 }],
		['blown out', { brightness: 240 }],
		['without contrast', { contrast: 3 }],
	])('leaves out a face that is %s', async (_, light) => {
		const decision = new Decision(rules, 2);
		const bad = described(0.05, 60);
		await decision.take(face(60), { ...bad, quality: { ...bad.quality, ...light } }, search, 0);
		expect(decision.verdict).toBe('undecided');
		expect([...bad.descriptor]).toEqual([0, 0]);
	});
});
