import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Masks, maskGrey } from '../../../edge-agent/vision/masks.js';
import { matrixFor } from '../../../edge-agent/vision/yuv.js';
import { inZone } from '../../../edge-agent/vision/zone.js';

const size = { width: 64, height: 36 };
const white = () => ({ ...size, data: new Uint8Array((size.width * size.height * 3) / 2).fill(200), mediaMs: 0, receivedMs: 0 });

function painted(polygons: ConstructorParameters<typeof Masks>[0]) {
	const frame = white();
	new Masks(polygons).paint(frame);
	const area = size.width * size.height;
	const at = (x: number, y: number) => {
		const c = Math.floor(y / 2) * (size.width / 2) + Math.floor(x / 2);
		return [frame.data[y * size.width + x], frame.data[area + c], frame.data[area * 1.25 + c]];
	};
	return { frame, at };
}

describe('masks', () => {
	it('covers every pixel that a polygon touches, in all planes, and leaves what is well outside', () => {
		const corner = fc.record({ x: fc.double({ min: 0, max: 1, noNaN: true }), y: fc.double({ min: 0, max: 1, noNaN: true }) });
		fc.assert(
			fc.property(fc.array(corner, { minLength: 3, maxLength: 3 }), (polygon) => {
				const { at } = painted([polygon]);
				const xs = polygon.map(({ x }) => x * size.width);
				const ys = polygon.map(({ y }) => y * size.height);
				const wrong: string[] = [];
				for (let y = 0; y < size.height; y++) {
					for (let x = 0; x < size.width; x++) {
						const [grey, u, v] = at(x, y);
						const inside = inZone(polygon, { x: (x + 0.5) / size.width, y: (y + 0.5) / size.height });
						const faraway = x + 2 < Math.min(...xs) || x - 2 > Math.max(...xs) || y + 2 < Math.min(...ys) || y - 2 > Math.max(...ys);
						if (inside && (grey === 200 || u !== 128 || v !== 128)) wrong.push(`${x},${y} is not covered`);
						if (faraway && (grey !== 200 || u !== 200 || v !== 200)) wrong.push(`${x},${y} is covered`);
					}
				}
				expect(wrong).toEqual([]);
			}),
			{ numRuns: 200 },
		);
	});

	it('covers the heart of a star drawn in one line', () => {
		const star = [0, 2, 4, 1, 3].map((k) => ({
			x: 0.5 + 0.45 * Math.sin((2 * Math.PI * k) / 5),
			y: 0.5 - 0.45 * Math.cos((2 * Math.PI * k) / 5),
		}));
		expect(painted([star]).at(32, 18).slice(1)).toEqual([128, 128]);
	});

	it('is of the grey that it says', () => {
		const all = [
			{ x: 0, y: 0 },
			{ x: 1, y: 0 },
			{ x: 1, y: 1 },
			{ x: 0, y: 1 },
		];
		const { frame, at } = painted([all]);
		expect(frame.data.includes(200)).toBe(false);
		expect(Math.round(((at(5, 5)[0] ?? 0) - 16) * matrixFor(size).luma)).toBe(maskGrey);
	});

	it('leaves the frame alone when there are none', () => {
		expect(painted([]).frame.data.every((byte) => byte === 200)).toBe(true);
	});
});
