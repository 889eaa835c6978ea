import { createFaceEngine } from '../vision/engine.js';
import type { ModelFiles } from '../vision/engine.types.js';
import type { YuvFrame } from '../vision/vision.types.js';
import { quantile, timed } from './timing.js';

export type Precision = 'fp32' | 'int8';

/** face-api's recogniser in either precision, as `models use` calls it. */
export const inPrecision: Readonly<Record<Precision, string>> = { fp32: 'face-api', int8: 'face-api-int8' };

/** Turns that each precision gets at least. */
const LEAST_TURNS = 4;

/**
 * How long face-api's networks take for a frame (found and described; median, ms) in 32-bit floats and in 8-bit integers. They take turns
 * for `forMs`, so that whatever else this machine does slows both.
 */
export async function timePrecisions(models: ModelFiles, frames: readonly YuvFrame[], forMs: number): Promise<Record<Precision, number>> {
	const engines = {
		fp32: await createFaceEngine({ recogniser: inPrecision.fp32, models }),
		int8: await createFaceEngine({ recogniser: inPrecision.int8, models }),
	};
	const times: Record<Precision, number[]> = { fp32: [], int8: [] };
	// The first frame finds its memory and does not count.
	for (let turn = -1, begun = performance.now(); turn < LEAST_TURNS || performance.now() - begun < forMs; turn++) {
		for (const precision of ['fp32', 'int8'] as const) {
			const engine = engines[precision];
			for (const frame of turn < 0 ? frames.slice(0, 1) : frames) {
				const ms = await timed(async () => engine.describe(frame, await engine.detect(frame)));
				if (turn >= 0) times[precision].push(ms);
			}
		}
	}
	await engines.fp32.stop();
	await engines.int8.stop();
	return { fp32: quantile(times.fp32, 0.5), int8: quantile(times.int8, 0.5) };
}
