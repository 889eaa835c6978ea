import { describe, expect, it } from 'vitest';
import { decodeYuNet } from '../../../../edge-agent/vision/detectors/yunet.js';

/** Outputs of a 64 x 32 input in which there is nothing. */
function outputs(): Map<string, Float32Array> {
	const map = new Map<string, Float32Array>();
	for (const stride of [8, 16, 32]) {
		const cells = (64 / stride) * (32 / stride);
		map.set(`cls_${stride}`, new Float32Array(cells));
		map.set(`obj_${stride}`, new Float32Array(cells));
		map.set(`bbox_${stride}`, new Float32Array(cells * 4));
		map.set(`kps_${stride}`, new Float32Array(cells * 10));
	}
	return map;
}

function set(map: Map<string, Float32Array>, name: string, at: number, values: number[]): void {
	map.get(name)?.set(values, at);
}

describe('decodeYuNet', () => {
	it('finds nothing in nothing', () => {
		expect(decodeYuNet(outputs(), 64, 32, 1)).toEqual([]);
	});

	it('places a face by cell, stride and scale', () => {
		const map = outputs();
		// Stride 16: 4 columns; cell 6 is column 2, row 1.
		set(map, 'cls_16', 6, [0.81]);
		set(map, 'obj_16', 6, [1.7]);
		set(map, 'bbox_16', 24, [0.5, -0.25, Math.log(1.5), Math.log(2)]);
		set(map, 'kps_16', 60, [-0.5, 0, 0.5, 0, 0, 0.5, -0.25, 1, 0.25, 1]);
		const [face, ...others] = decodeYuNet(map, 64, 32, 2);
		expect(others).toEqual([]);
		expect(face?.score).toBeCloseTo(0.9);
		expect(face?.box.x).toBeCloseTo(2 * (2.5 * 16 - 12), 4);
		expect(face?.box.y).toBeCloseTo(2 * (0.75 * 16 - 16), 4);
		expect(face?.box.width).toBeCloseTo(48, 4);
		expect(face?.box.height).toBeCloseTo(64, 4);
		expect(face?.points?.map((p) => [p.x, p.y])).toEqual([
			[48, 32],
			[80, 32],
			[64, 48],
			[56, 64],
			[72, 64],
		]);
	});

	it('keeps the better of two that overlap, and both that do not, best first', () => {
		const map = outputs();
		set(map, 'cls_8', 0, [0.9, 1]);
		set(map, 'obj_8', 0, [1, 1]);
		set(map, 'bbox_8', 0, [0.5, 0.5, 1, 1, -0.4, 0.5, 1, 1]);
		set(map, 'cls_8', 20, [0.95]);
		set(map, 'obj_8', 20, [1]);
		expect(decodeYuNet(map, 64, 32, 1).map((f) => Number((f.score ** 2).toFixed(2)))).toEqual([1, 0.95]);
		expect(decodeYuNet(map, 64, 32, 1, 0.98).map((f) => Number((f.score ** 2).toFixed(2)))).toEqual([1]);
	});

	it('says which output is missing when the network is another', () => {
		expect(() => decodeYuNet(new Map([['grid', new Float32Array(1)]]), 64, 32, 1)).toThrow(/cls_8.*grid/);
	});
});
