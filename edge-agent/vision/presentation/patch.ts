import type { Box, YuvFrame } from '../vision.types.js';
import { matrixFor } from '../yuv.js';

/**
 * What MiniFASNet looks at: the face's box enlarged about its middle, by less where the picture is too small for it, and pushed back into
 * the picture where it stands out; whole pixels, the last ones included. As Silent-Face-Anti-Spoofing's `CropImage._get_new_box` does it.
 *
 * @param scale the file's: 2.7 for MiniFASNetV2
 */
export function patchBox(picture: { readonly width: number; readonly height: number }, box: Box, scale: number): Box {
	const fits = Math.min((picture.height - 1) / box.height, (picture.width - 1) / box.width, scale);
	const [x, width] = pushedIn(box.x + box.width / 2, box.width * fits, picture.width);
	const [y, height] = pushedIn(box.y + box.height / 2, box.height * fits, picture.height);
	return { x, y, width, height };
}

/** First pixel and number of pixels along one axis. */
function pushedIn(middle: number, length: number, size: number): [number, number] {
	let first = middle - length / 2;
	let last = middle + length / 2;
	if (first < 0) {
		last -= first;
		first = 0;
	}
	if (last > size - 1) {
		first -= last - (size - 1);
		last = size - 1;
	}
	// A length of size - 1 pushed both ways may miss 0 by a rounding error.
	const from = Math.max(0, Math.trunc(first));
	return [from, Math.trunc(last) - from + 1];
}

/**
 * Draws the box as `size` x `size` pixels, squeezed where it is no square: three planes, blue first, 0 to 255 (whole numbers, as the
 * pictures that the network was trained on). Bilinear between the middles of pixels, without averaging, as OpenCV's `resize`.
 */
export function drawPatch(frame: YuvFrame, box: Box, size: number, planes: Float32Array): void {
	const { width, height, data } = frame;
	const m = matrixFor(frame);
	const area = size * size;
	const uPlane = width * height;
	const columns = neighbours(box.x, box.width, size, width);
	const rows = neighbours(box.y, box.height, size, height);
	rows.forEach(([top, bottom, down], row) => {
		columns.forEach(([left, right, along], column) => {
			const mix = (plane: number, stride: number, half: 0 | 1): number => {
				const at = (y: number, x: number): number => data[plane + (y >> half) * stride + (x >> half)] as number;
				const upper = at(top, left) + (at(top, right) - at(top, left)) * along;
				return upper + (at(bottom, left) + (at(bottom, right) - at(bottom, left)) * along - upper) * down;
			};
			const grey = m.luma * (mix(0, width, 0) - 16);
			const u = mix(uPlane, width / 2, 1) - 128;
			const v = mix(uPlane + uPlane / 4, width / 2, 1) - 128;
			const i = row * size + column;
			planes[i] = byte(grey + m.blueU * u);
			planes[area + i] = byte(grey + m.greenU * u + m.greenV * v);
			planes[2 * area + i] = byte(grey + m.redV * v);
		});
	});
}

type Neighbours = readonly [first: number, second: number, weightOfSecond: number];

/** Of each target pixel the two source pixels that it lies between. */
function neighbours(from: number, length: number, size: number, end: number): Neighbours[] {
	const last = Math.min(end, from + length) - 1;
	return Array.from({ length: size }, (_, i): Neighbours => {
		const place = Math.min(last, Math.max(from, from + ((i + 0.5) * length) / size - 0.5));
		const first = Math.floor(place);
		return [first, Math.min(last, first + 1), place - first];
	});
}

function byte(value: number): number {
	return Math.max(0, Math.min(255, Math.round(value)));
}
