import { expect, it } from 'vitest';
import { attackFigures, type Presentation } from '../../../calibration/attacks.js';
import { wilson } from '../../../calibration/intervals.js';

const times = (count: number, kind: string, outcome: string): Presentation[] => Array.from({ length: count }, () => ({ kind, outcome }));

it('tells each kind of attack by itself and people apart, and never a mean over kinds', () => {
	const figures = attackFigures([
		...times(3, 'print', 'flat'),
		...times(1, 'print', 'passed'),
		...times(10, 'replay', 'wrong-side'),
		...times(9, 'bona-fide', 'passed'),
		...times(1, 'bona-fide', 'too-slow'),
	]);
	expect(figures).toEqual({
		apcer: {
			print: { presentations: 4, accepted: 1, apcer: 0.25, interval: wilson(1, 4), outcomes: { flat: 3, passed: 1 } },
			replay: { presentations: 10, accepted: 0, apcer: 0, interval: wilson(0, 10), outcomes: { 'wrong-side': 10 } },
		},
		bpcer: { presentations: 10, rejected: 1, bpcer: 0.1, interval: wilson(1, 10), outcomes: { passed: 9, 'too-slow': 1 } },
	});
});

it('does not make a rate of nothing', () => {
	expect(attackFigures(times(1, 'print', 'flat')).bpcer).toEqual({
		presentations: 0,
		rejected: 0,
		bpcer: null,
		interval: [0, 1],
		outcomes: {},
	});
});
