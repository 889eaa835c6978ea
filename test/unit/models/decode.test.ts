import fc from 'fast-check';
import { expect, it } from 'vitest';
import { faceApiFolder, readWeights } from '../../../models/face-api-weights.js';
import { anchors } from '../../../models/networks/anchors.js';
import { decodeSsd } from '../../../models/networks/ssd-decode.js';
import { decodeTiny } from '../../../models/networks/tiny-decode.js';

const squareGrids = [32, 16, 8, 4, 2, 1].map((cells) => ({ height: cells, width: cells }));

it("the anchors of the square are face-api's own table", () => {
	const table = readWeights('ssd_mobilenetv1_model', faceApiFolder()).get('Output/extra_dim');
	const { centres, sizes, count } = anchors(table, squareGrids);
	expect(count).toBe(5118);
	for (let i = 0; i < count; i++) {
		for (const axis of [0, 1]) {
			const centre = centres[2 * i + axis] ?? 0;
			const half = (sizes[2 * i + axis] ?? 0) / 2;
			expect(centre - half).toBeCloseTo((table.data[4 * i + 1 - axis] ?? 0) * 512, 3);
			expect(centre + half).toBeCloseTo((table.data[4 * i + 3 - axis] ?? 0) * 512, 3);
		}
	}
});

it('the anchors of another shape lie where those of the square lie, and go on beyond it', () => {
	const table = readWeights('ssd_mobilenetv1_model', faceApiFolder()).get('Output/extra_dim');
	const square = anchors(table, squareGrids);
	const wide = anchors(table, [{ height: 2, width: 40 }]);
	const at = (from: Float32Array, row: number, width: number, column: number) => from[(row * width + column) * 3 * 2];
	expect(at(wide.centres, 1, 40, 31)).toBeCloseTo(at(square.centres, 1, 32, 31) ?? 0, 3);
	expect(at(wide.centres, 1, 40, 39)).toBeCloseTo(39.5 * 16, 3);
});

it('reads from SSD outputs exactly the boxes above the score asked for', () => {
	const box = fc.tuple(...Array.from({ length: 4 }, () => fc.float({ min: -50, max: 700, noNaN: true })));
	const rows = fc.array(fc.tuple(box, fc.float({ min: -8, max: 8, noNaN: true })), { maxLength: 40 });
	fc.assert(
		fc.property(rows, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (found, minScore) => {
			const faces = decodeSsd(
				Float32Array.from(found.flatMap(([sides]) => sides)),
				Float32Array.from(found, ([, logit]) => logit),
				minScore,
			);
			const expected = found.filter(([, logit]) => logit > Math.log(minScore / (1 - minScore)));
			expect(faces.map((face) => face.box.x)).toEqual(expected.map(([[left]]) => left));
			for (const [i, face] of faces.entries()) {
				const [, , right = 0, bottom = 0] = expected[i]?.[0] ?? [];
				expect(face.box.x + face.box.width).toBeCloseTo(right, 6);
				expect(face.box.y + face.box.height).toBeCloseTo(bottom, 6);
				expect(face.score).toBeGreaterThan(minScore - 1e-9);
			}
		}),
	);
});

it("places the tiny detector's boxes by cell, whatever the grid's width", () => {
	const grid = new Float32Array(8 * 13 * 25).fill(-20);
	const place = (5 * 13 + 7) * 25 + 2 * 5;
	grid.set([0, 0, Math.log(2), 0, 3], place);
	const [face, ...others] = decodeTiny(grid, 13, 0.5);
	expect(others).toEqual([]);
	expect(face?.score).toBeCloseTo(0.9526, 4);
	expect(face?.box.width).toBeCloseTo(2 * 2.882459 * 32, 4);
	expect((face?.box.x ?? 0) + (face?.box.width ?? 0) / 2).toBeCloseTo(7.5 * 32, 4);
	expect((face?.box.y ?? 0) + (face?.box.height ?? 0) / 2).toBeCloseTo(5.5 * 32, 4);
});
