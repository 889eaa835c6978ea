import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createFrameRing, FrameRingReader, FrameRingWriter } from '../../../edge-agent/cameras/frame-ring.js';

it('gives the newest frame once, and counts those nobody saw', () => {
	const memory = createFrameRing('door', 4, 2);
	const writer = new FrameRingWriter(memory, 0);
	const reader = new FrameRingReader(memory);
	const write = () => {
		const { slot, pixels } = writer.begin();
		return writer.publish(slot, pixels.fill(7).length, 5);
	};
	expect(reader.newest()).toBeNull();
	expect(write()).toEqual({ seq: 1, droppedPrevious: false });
	expect(write()).toEqual({ seq: 2, droppedPrevious: true });
	expect(reader.newest()).toMatchObject({ seq: 2, width: 4, height: 2, mediaMs: 12, receivedMs: 5 });
	expect(reader.newest()).toBeNull();
	expect(write()).toEqual({ seq: 3, droppedPrevious: false });
});

it('never writes into the frame being read, nor into the newest', () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom('write', 'read', 'release'), { maxLength: 40 }), (steps) => {
			const memory = createFrameRing('door', 2, 2);
			const writer = new FrameRingWriter(memory, 0);
			const reader = new FrameRingReader(memory);
			let held: { seq: number; data: Uint8Array } | null = null;
			let written = 0;
			for (const step of steps) {
				if (step === 'write') {
					const { slot, pixels } = writer.begin();
					pixels.fill(written + 1);
					written = writer.publish(slot, 0, 0).seq;
				} else if (step === 'read') {
					const frame = reader.newest();
					if (frame) expect(frame.seq).toBe(written);
					held = frame;
				} else {
					reader.release();
					held = null;
				}
				if (held) expect([...held.data]).toEqual(new Array(6).fill(held.seq));
			}
		}),
	);
});

it('shows no torn frame to a reader on another thread', async () => {
	const memory = createFrameRing('door', 160, 120);
	const stop = new Int32Array(new SharedArrayBuffer(4));
	const room = pathToFileURL(join(import.meta.dirname, '../../../dist/edge-agent/cameras/frame-ring.js')).href;
	const writing = `
		const { workerData: { memory, stop } } = require('node:worker_threads');
		import(${JSON.stringify(room)}).then(({ FrameRingWriter }) => {
			const writer = new FrameRingWriter(memory, 0);
			for (let next = 1; Atomics.load(stop, 0) === 0; next++) {
				const { slot, pixels } = writer.begin();
				pixels.fill(next & 255);
				writer.publish(slot, next, -next);
			}
		});`;
	const worker = new Worker(writing, { eval: true, workerData: { memory, stop } });
	const reader = new FrameRingReader(memory);
	let seen = 0;
	let lastSeq = 0;
	const torn: number[] = [];
	const until = performance.now() + 6000;
	while (seen < 3000 && performance.now() < until) {
		const frame = reader.newest();
		if (!frame) continue;
		const value = frame.seq & 255;
		const whole = frame.seq > lastSeq && frame.mediaMs === frame.seq && frame.receivedMs === -frame.seq;
		if (!whole || frame.data.some((byte) => byte !== value)) torn.push(frame.seq);
		seen += 1;
		lastSeq = frame.seq;
	}
	Atomics.store(stop, 0, 1);
	await worker.terminate();
	expect(torn).toEqual([]);
	expect(seen).toBeGreaterThan(100);
	// Two threads were really at it: the writer overtook the reader.
	expect(lastSeq).toBeGreaterThan(seen);
});
