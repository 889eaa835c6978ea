import sharp from 'sharp';

/** Twice the detail that any network here looks at. */
const LONGEST_SIDE = 1280;

/** A photograph as it is kept: upright, small, and without what a telephone writes into it (place, time, owner). JPEG. */
export async function keepable(photo: Uint8Array): Promise<Uint8Array> {
	const jpeg = await sharp(photo)
		.rotate()
		.resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
		.flatten({ background: 'white' })
		.jpeg({ quality: 88 })
		.toBuffer();
	return new Uint8Array(jpeg);
}
