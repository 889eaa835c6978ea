import { describe, expect, it } from 'vitest';
import { findBodies } from '../../../edge-agent/vision/bodies.js';
import { MotionGate } from '../../../edge-agent/vision/motion.js';
import { type Block, type Drawing, draw, person, room } from './scene.js';

const size = { width: 640, height: 360 };

/** Lets the gate look at frames every `everyMs`, drawn by `at`; answers the bodies of the last. */
function watch(gate: MotionGate, fromMs: number, toMs: number, everyMs: number, at: (ms: number) => Partial<Drawing>) {
	let bodies: ReturnType<typeof findBodies> = [];
	let most = 0;
	for (let ms = fromMs; ms <= toMs; ms += everyMs) {
		bodies = findBodies(gate.look(draw({ ...size, mediaMs: ms, noise: 4, ...at(ms) })));
		most = Math.max(most, bodies.length);
	}
	return { bodies, most };
}

const standing: Block[] = person(320, 100, 210);

describe('motion gate', () => {
	it('finds nobody in noise and slowly changing light', () => {
		const gate = new MotionGate();
		const { most } = watch(gate, 0, 30_000, 200, (ms) => ({ light: 25 * Math.sin(ms / 6000), noise: 5 }));
		expect(most).toBe(0);
	});

	it('finds nobody when the whole picture turns lighter at once', () => {
		const gate = new MotionGate();
		watch(gate, 0, 1000, 100, () => ({}));
		expect(watch(gate, 1100, 3000, 100, () => ({ light: 30 })).most).toBe(0);
	});

	it('finds a person, where they are', () => {
		const gate = new MotionGate();
		watch(gate, 0, 1000, 100, () => ({}));
		const { bodies } = watch(gate, 1100, 1300, 100, () => ({ blocks: standing }));
		expect(bodies).toHaveLength(1);
		const [body] = bodies;
		expect(Math.abs((body?.head.x ?? 0) - 320)).toBeLessThan(6);
		expect(Math.abs((body?.head.y ?? 0) - 100)).toBeLessThan(8);
		expect(Math.abs((body?.box.width ?? 0) - 60)).toBeLessThanOrEqual(16);
		expect(Math.abs((body?.box.y ?? 0) + (body?.box.height ?? 0) - 310)).toBeLessThanOrEqual(10);
	});

	it('keeps somebody who stands for a minute, through changing light, and lets go of them when they leave', () => {
		const gate = new MotionGate();
		watch(gate, 0, 1000, 200, () => ({}));
		const light = (ms: number) => 20 * Math.sin(ms / 20_000);
		for (let from = 1200; from < 60_000; from += 5000) {
			const { bodies } = watch(gate, from, from + 4800, 200, (ms) => ({ light: light(ms), blocks: standing }));
			expect(bodies).toHaveLength(1);
			expect(bodies[0]?.box.height).toBeGreaterThan(180);
		}
		expect(watch(gate, 62_000, 63_000, 200, (ms) => ({ light: light(ms) })).bodies).toHaveLength(0);
	});

	it('takes what has stood for minutes into the scene', () => {
		const gate = new MotionGate();
		watch(gate, 0, 1000, 500, () => ({}));
		expect(watch(gate, 1500, 150_000, 500, () => ({ blocks: standing })).bodies).toHaveLength(0);
	});

	it('recovers from another scene within two seconds, without taking it for people', () => {
		const gate = new MotionGate();
		watch(gate, 0, 1000, 100, () => ({}));
		const scene = (x: number, y: number) => 255 - room(x, y) + ((x >> 4) % 2) * 90;
		expect(watch(gate, 1100, 3000, 100, () => ({ scene })).most).toBe(0);
		expect(watch(gate, 3100, 3500, 100, () => ({ scene, blocks: person(200, 90, 220, 20) })).bodies).toHaveLength(1);
	});

	it('ignores specks', () => {
		const gate = new MotionGate();
		watch(gate, 0, 1000, 100, () => ({}));
		const speck = { x: 100, y: 100, width: 16, height: 12, grey: 20 };
		expect(watch(gate, 1100, 1500, 100, () => ({ blocks: [speck] })).most).toBe(0);
	});

	it('keeps a person whose clothes cut them in two as one, and two people side by side as two', () => {
		const gate = new MotionGate();
		watch(gate, 0, 1000, 100, () => ({}));
		const [head, body] = person(200, 60, 240);
		const cut = [head, body && { ...body, height: 60 }, body && { ...body, y: body.y + 90, height: body.height - 90 }].filter(
			(b) => b !== undefined,
		);
		expect(watch(gate, 1100, 1300, 100, () => ({ blocks: cut })).bodies).toHaveLength(1);
		expect(watch(gate, 1400, 1600, 100, () => ({ blocks: [...cut, ...person(320, 60, 240)] })).bodies).toHaveLength(2);
	});
});
