import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adviceSentences, verdictSentence } from '../../../../calibration/camera/advice.js';
import { type CriterionName, degreesFromAbove, needs } from '../../../../calibration/camera/needs.js';
import type { Look, ObservedFace } from '../../../../calibration/camera/observed.js';
import { judgePlacement, type Placement, stateOf } from '../../../../calibration/camera/placement.js';
import { defaultRules } from '../../../../edge-agent/vision/decision-rules.js';
import { goodFace, lookOf, walks } from './looks.js';

const stateFor = ({ criteria }: Placement, wanted: CriterionName) => criteria.find(({ name }) => name === wanted)?.state;
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const anyFace: fc.Arbitrary<ObservedFace> = fc.record({
	...{ pass: fc.nat(8), x: number(0, 1), y: number(0, 1), eyeDistance: number(4, 200), sharpness: number(0, 2000) },
	...{ brightness: number(0, 255), contrast: number(0, 100), turn: number(0, 1), roll: number(-1, 1), noseHeight: number(0, 1) },
});
const anyLooks: fc.Arbitrary<Look[]> = fc.array(
	fc.array(anyFace, { maxLength: 4 }).map((faces) => lookOf(...faces)),
	{ maxLength: 40 },
);

describe('the placement of a camera', () => {
	it('asks for what recognition’s own rules ask for', () => {
		expect(needs.eyes.needed.least).toBe(defaultRules.minEyeDistance);
		expect(needs.sharpness.needed.least).toBe(defaultRules.minSharpness);
		expect(needs.turn.needed.most).toBe(defaultRules.maxTurn);
		expect(needs.brightness.needed).toEqual({ least: defaultRules.minBrightness, most: defaultRules.maxBrightness });
	});

	it('is good when everybody shows a good face', () => {
		const placement = judgePlacement(walks(4), { got: 12.5, wanted: 12.5 });
		expect(placement).toMatchObject({ verdict: 'ok', faces: 20, passes: 4, readable: 4, picture: { width: 1920, height: 1080 } });
		expect(placement.criteria.map(({ name }) => name)).toEqual(Object.keys(needs));
		expect(adviceSentences(placement)).toEqual([]);
	});

	it('is unknown before three people have walked past; a single find of the detector is no walk', () => {
		const placement = judgePlacement([...walks(2), lookOf({ ...goodFace, pass: 7 })], null);
		expect(placement).toMatchObject({ verdict: 'unknown', passes: 2 });
		expect(verdictSentence(placement)).toEqual([
			'看到的人太少，还不能下结论：请从门口走进来 3 次以上（已看到 2 次）。',
			'Too few people were seen to judge: walk in through the door at least 3 times (2 seen so far).',
		]);
		expect(judgePlacement([], null)).toMatchObject({ verdict: 'unknown', criteria: [], picture: null });
		expect(adviceSentences(judgePlacement([lookOf()], null))).toEqual([
			[expect.stringContaining('还没有找到人脸'), expect.stringContaining('No face')],
		]);
	});

	it.each<[string, Partial<ObservedFace>, CriterionName, string]>([
		['far off', { eyeDistance: 19 }, 'eyes', '眼距中位数 19 像素，识别需要 24：把摄像机移近 1/4，或换长焦镜头。'],
		['a hair too far off', { eyeDistance: 23.9 }, 'eyes', '眼距中位数 23 像素，识别需要 24：把摄像机移近 1/10，或换长焦镜头。'],
		['blurred', { sharpness: 4 }, 'sharpness', '画面模糊（清晰度 4，需要 10）'],
		['in the dark', { brightness: 15 }, 'brightness', '脸太暗（亮度 15，70 到 195 为好）'],
		['overexposed', { brightness: 240 }, 'brightness', '脸过曝'],
		['from above', { noseHeight: 0.9 }, 'down', '从上往下看得太陡（约 35°，15° 以内较好）'],
		['from below', { noseHeight: 0.3 }, 'down', '从下往上看（约 33°'],
		['from the side', { turn: 0.9 }, 'turn', '多是侧脸（0.9，0.4 以下较好）'],
		['leaning', { roll: -0.6 }, 'tilt', '画面歪了约 34°'],
	])('says what to do about faces seen %s', (_, face, name, words) => {
		const placement = judgePlacement(walks(3, face), null);
		expect(stateFor(placement, name)).toBe('bad');
		expect(placement.verdict).toBe('bad');
		expect(adviceSentences(placement).map(([zh]) => zh)).toContainEqual(expect.stringContaining(words));
	});

	it('names backlight, a slow line and a small picture', () => {
		const dark = walks(3, { brightness: 60 }).map((look) => ({ ...look, brightness: 200 }));
		expect(adviceSentences(judgePlacement(dark, null)).map(([, en]) => en)).toContainEqual(
			expect.stringMatching(/^Backlight: faces are 0.3 times/),
		);
		expect(adviceSentences(judgePlacement(walks(3), { got: 5, wanted: 12.5 }))).toEqual([
			expect.arrayContaining([expect.stringContaining('40 %')]),
		]);
		const small = walks(3, { eyeDistance: 12 }).map((look) => ({ ...look, width: 640, height: 360 }));
		expect(adviceSentences(judgePlacement(small, null))[0]?.[0]).toContain('640×360');
	});

	it('takes a head that leans for one, not for a camera that does; and tells of the few in backlight by their own figure', () => {
		const leaning = walks(1, { roll: 0.8 }).map((look) => ({ ...look, faces: look.faces.map((face) => ({ ...face, pass: 9 })) }));
		expect(judgePlacement([...walks(4), ...leaning], null).verdict).toBe('ok');
		const some = walks(1, { brightness: 30 }).map((look) => ({ ...look, faces: look.faces.map((face) => ({ ...face, pass: 9 })) }));
		const advice = adviceSentences(judgePlacement([...walks(4), ...some], null)).map(([, en]) => en);
		expect(advice).toEqual([expect.stringContaining('Backlight: faces are 0.25 times')]);
	});

	it('judges a pass by its best faces: whoever comes nearer was far off before', () => {
		const far = walks(3).map((look, i) => ({ ...look, faces: look.faces.map((face) => ({ ...face, eyeDistance: 10, pass: i % 3 })) }));
		expect(judgePlacement([...far, ...walks(3)], null)).toMatchObject({ verdict: 'ok', readable: 3 });
	});

	it('counts nobody who stays far off while others come near, but judges by them where nobody does', () => {
		const far = walks(3, { eyeDistance: 10 }).map((look) => ({
			...look,
			faces: look.faces.map((face) => ({ ...face, pass: face.pass + 10 })),
		}));
		expect(judgePlacement([...far, ...walks(3)], null)).toMatchObject({ verdict: 'ok', passes: 3 });
		expect(judgePlacement(far, null)).toMatchObject({ verdict: 'bad', passes: 3, readable: 0 });
	});

	it('waits for whoever is still on their way', () => {
		const far = walks(1, { eyeDistance: 18 }).map((look) => ({
			...look,
			ms: look.ms + 10_000,
			faces: look.faces.map((face) => ({ ...face, pass: 9 })),
		}));
		const looks = [...walks(3), ...far];
		expect(judgePlacement(looks, null, false)).toMatchObject({ passes: 3, readable: 3, verdict: 'ok' });
		expect(judgePlacement([...looks, { ...lookOf(), ms: 13_000 }], null, false)).toMatchObject({ passes: 4, readable: 3 });
		expect(judgePlacement(looks, null)).toMatchObject({ passes: 4, readable: 3 });
		// Until somebody has gone past, what there is is measured.
		expect(judgePlacement(far, null, false)).toMatchObject({ passes: 0, verdict: 'unknown', criteria: { length: 8 } });
	});

	it('is bad where half of the people show no usable face, however good the others', () => {
		const aside = walks(4, { turn: 0.9 }).map((look) => ({
			...look,
			faces: look.faces.map((face) => ({ ...face, pass: face.pass + 10 })),
		}));
		expect(judgePlacement([...walks(3), ...aside], null).verdict).toBe('bad');
	});

	it('has a median between its tenths, counts that agree, and every figure filled in, whatever was seen', () => {
		fc.assert(
			fc.property(anyLooks, fc.option(fc.record({ got: number(0, 30), wanted: number(1, 30) })), (looks, rate) => {
				const placement = judgePlacement(looks, rate);
				for (const { measured } of placement.criteria) {
					expect(measured.p10).toBeLessThanOrEqual(measured.median);
					expect(measured.median).toBeLessThanOrEqual(measured.p90);
				}
				expect(placement.readable).toBeLessThanOrEqual(placement.passes);
				expect(placement.verdict === 'unknown').toBe(placement.passes < 3);
				for (const text of [verdictSentence(placement), ...adviceSentences(placement)].flat())
					expect(text).not.toMatch(/[{}]|undefined|NaN/);
			}),
		);
	});

	it('depends on no order of the looks', () => {
		fc.assert(
			fc.property(anyLooks, (seen) => {
				// Of two faces as large as each other either may count.
				const looks = seen.map((look, i) => ({
					...look,
					faces: look.faces.map((face, k) => ({ ...face, eyeDistance: face.eyeDistance + i / 1e3 + k / 1e5 })),
				}));
				const backwards = judgePlacement(looks.toReversed(), null);
				expect(judgePlacement(looks, null).criteria).toEqual(backwards.criteria);
			}),
		);
	});

	it('never gets worse by larger eyes', () => {
		const rank = { ok: 0, weak: 1, bad: 2, unknown: 3 };
		fc.assert(
			fc.property(number(5, 100), number(1, 3), (eyeDistance, times) => {
				const [before, after] = [eyeDistance, eyeDistance * times].map((px) => judgePlacement(walks(3, { eyeDistance: px }), null).verdict);
				expect(rank[after ?? 'unknown']).toBeLessThanOrEqual(rank[before ?? 'unknown']);
			}),
		);
	});

	it('is as level as the nose says', () => {
		expect(degreesFromAbove(0.59)).toBe(0);
		expect(degreesFromAbove(0.766)).toBeCloseTo(20);
		expect(stateOf({ median: 5, p10: 5, p90: 5 }, { least: null, most: 4 }, { least: null, most: 2 })).toBe('bad');
	});
});
