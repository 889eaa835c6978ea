import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { FrameRingMemory } from '../../../edge-agent/cameras/camera.types.js';
import { FrameAssembler } from '../../../edge-agent/cameras/frame-assembler.js';
import { FrameRingReader } from '../../../edge-agent/cameras/frame-ring.js';

/** Frames of two sizes; frame n's bytes are all n. */
const sizes = fc.array(fc.constantFrom({ width: 4, height: 2 }, { width: 2, height: 6 }), { minLength: 1, maxLength: 12 });

it.each([true, false])('puts frames together however the two streams interleave (every frame: %s)', (everyFrame) => {
	fc.assert(
		fc.property(sizes, fc.infiniteStream(fc.nat(9)), (frames, chances) => {
			const bytes = frames.flatMap(({ width, height }, n) => new Array<number>((width * height * 3) / 2).fill(n + 1));
			const seen: string[] = [];
			const untaken: number[] = [];
			let ring: FrameRingReader | null = null;
			const assembler = new FrameAssembler('door', everyFrame, () => 0, {
				opened: (memory: FrameRingMemory) => {
					ring = new FrameRingReader(memory);
				},
				published: (seq) => {
					const frame = ring?.newest();
					if (!frame || frame.seq !== seq) throw new Error(`frame ${seq} is not in the ring`);
					seen.push(`${frame.width}x${frame.height} ${frame.mediaMs} ${[...new Set(frame.data)]}`);
					untaken.push(seq);
					if (everyFrame && untaken.length > 1) throw new Error('two frames at once');
				},
			});
			let announced = 0;
			let fed = 0;
			for (const chance of chances) {
				const frame = frames[announced];
				const seq = untaken.at(0);
				if (chance < 2 && frame) {
					announced += 1;
					assembler.announce({ ...frame, mediaMs: announced * 40 });
				} else if (chance < 7 && !assembler.blocked && fed < bytes.length) {
					const part = bytes.slice(fed, fed + chance * 3 + 1);
					fed += part.length;
					assembler.feed(Uint8Array.from(part));
				} else if (seq !== undefined) {
					untaken.shift();
					assembler.taken(seq);
				}
				if (announced === frames.length && fed === bytes.length && !assembler.blocked && !assembler.holding) break;
			}
			expect(seen).toEqual(frames.map(({ width, height }, n) => `${width}x${height} ${(n + 1) * 40} ${n + 1}`));
			expect(assembler.framesRead).toBe(frames.length);
			expect(assembler.dropped).toBe(0);
		}),
	);
});

it('takes the time of arrival where a frame has none, and forgets half a frame', () => {
	let now = 1000;
	const memories: FrameRingMemory[] = [];
	const assembler = new FrameAssembler('door', false, () => now, { opened: (memory) => memories.push(memory), published: () => {} });
	assembler.announce({ width: 2, height: 2, mediaMs: null });
	assembler.feed(Uint8Array.of(9, 9, 9));
	assembler.reset();
	assembler.announce({ width: 2, height: 2, mediaMs: null });
	now = 1250;
	assembler.feed(Uint8Array.of(1, 2, 3, 4, 5, 6));
	const [memory] = memories;
	if (!memory) throw new Error('not opened');
	const frame = new FrameRingReader(memory).newest();
	expect(frame).toMatchObject({ seq: 1, mediaMs: 250, receivedMs: 1250 });
	expect([...(frame?.data ?? [])]).toEqual([1, 2, 3, 4, 5, 6]);
});
