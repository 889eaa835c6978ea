import { blockChannels } from '../../models/networks/layers.js';

/**
 * How bytes lie in a network's input: `rows` of RGB pixels; or `blocks` of 2 x 2 pixels as cameras send them, in ITU-R BT.709: four
 * lumas, row by row, and one U and one V (`models/networks/blocks.ts`; width and height are even then).
 */
export type PixelLayout = 'rows' | 'blocks';

/** What a block without light holds. */
const blackBlock: readonly number[] = [16, 16, 16, 16, 128, 128, 0, 0];

/** The layout and size in pixels that an input of this shape takes: [N, height, width, 3], or [N, height / 2, width / 2, 8]. */
export function pixelInput([, height = -1, width = -1, channels]: readonly number[]): {
	readonly layout: PixelLayout;
	readonly height: number;
	readonly width: number;
} {
	return channels === blockChannels ? { layout: 'blocks', height: 2 * height, width: 2 * width } : { layout: 'rows', height, width };
}

/** Bytes of a picture. */
export function bytesOfPicture(layout: PixelLayout, width: number, height: number): number {
	return layout === 'rows' ? width * height * 3 : (width / 2) * (height / 2) * blockChannels;
}

export function fillBlack(blocks: Uint8Array): void {
	blocks.set(blackBlock);
	// Each step doubles what is filled.
	for (let filled = blockChannels; filled < blocks.length; filled *= 2) blocks.copyWithin(filled, 0, filled);
}
