import { access, constants } from 'node:fs/promises';
import sharp from 'sharp';
import type { YuvFrame } from './vision.types.js';
import { yuvFromRgb } from './yuv.js';

/** Larger photographs are scaled down: a face of a sixth of this is all that any network here looks at. */
const maxSide = 1920;
/** Larger ones than any camera makes are not opened: unpacked they would fill the memory. */
const maxPixels = 250e6;
/** Those that are written in passes (progressive, interlaced) lie in memory as a whole while they are read: 3 bytes a pixel. */
const maxPixelsInPasses = 100e6;
/** No face can be read in less. */
const minSide = 32;

/** A photograph that cannot be used; the message says why and is fit for whoever chose it. */
export class PhotoError extends Error {
	override readonly name = 'PhotoError';
	constructor(
		readonly reason: 'no-such-file' | 'no-permission' | 'not-a-picture' | 'too-large' | 'too-small',
		message: string,
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}

/**
 * A photograph as a frame: upright by its EXIF orientation, at most 1920 pixels a side, a last odd row or column cut off,
 * transparency on white. Times are 0.
 *
 * @param photo a path, or the bytes of a JPEG, PNG, WebP, … file
 * @throws PhotoError
 */
export async function readPhoto(photo: string | Uint8Array): Promise<YuvFrame> {
	const name = typeof photo === 'string' ? photo : 'The photograph';
	if (typeof photo === 'string') {
		await access(photo, constants.R_OK).catch((cause) => {
			if (cause.code === 'EACCES')
				throw new PhotoError('no-permission', `${photo} may not be read by this user; change its permissions`, { cause });
			throw new PhotoError('no-such-file', `${photo} cannot be read: is there such a file?`, { cause });
		});
	}
	const tooLarge = (pixels: number, cause?: unknown) =>
		new PhotoError('too-large', `${name} has more than ${pixels / 1e6} million pixels; scale it down`, { cause });
	const picture = sharp(photo, { limitInputPixels: maxPixels });
	const { width: fullWidth = 0, height: fullHeight = 0, isProgressive } = await picture.metadata().catch(() => unknownSize);
	if (isProgressive && fullWidth * fullHeight > maxPixelsInPasses) throw tooLarge(maxPixelsInPasses);
	const { data, info } = await picture
		.rotate()
		.resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true })
		.flatten({ background: 'white' })
		.toColourspace('srgb')
		.removeAlpha()
		.raw()
		.toBuffer({ resolveWithObject: true })
		.catch((cause) => {
			if (/pixel limit/.test(String(cause))) throw tooLarge(maxPixels, cause);
			throw new PhotoError('not-a-picture', `${name} is not a picture that can be read; JPEG, PNG and WebP can`, { cause });
		});
	if (Math.min(info.width, info.height) < minSide) {
		throw new PhotoError('too-small', `${name} is ${info.width}x${info.height}; a face needs at least ${minSide} pixels each way`);
	}
	const width = info.width & ~1;
	const height = info.height & ~1;
	return {
		width,
		height,
		data: yuvFromRgb(evenRows(data, info.width, info.channels, width, height), width, height),
		mediaMs: 0,
		receivedMs: 0,
	};
}

/** Of what cannot be read: reading it as a whole says why. */
const unknownSize = { width: 0, height: 0, isProgressive: false };

/** Cuts to width and height, and spreads grey pictures to three channels. */
function evenRows(data: Uint8Array, rowPixels: number, channels: number, width: number, height: number): Uint8Array {
	const rgb = new Uint8Array(width * height * 3);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const from = (y * rowPixels + x) * channels;
			for (let c = 0; c < 3; c++) rgb[(y * width + x) * 3 + c] = data[from + Math.min(c, channels - 1)] ?? 0;
		}
	}
	return rgb;
}
