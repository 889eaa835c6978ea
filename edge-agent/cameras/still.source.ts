/** An image's pixels, upright, 24 bits of RGB each. */
export interface Still {
	readonly width: number;
	readonly height: number;
	readonly rgb: Uint8Array;
}

/**
 * Reads an image and turns it upright as its EXIF says (ffmpeg 5 does not: photographs from telephones would lie on their side).
 *
 * @throws the operating system's or sharp's error
 */
export async function readStill(path: string): Promise<Still> {
	const [{ default: sharp }, { readFile }] = await Promise.all([import('sharp'), import('node:fs/promises')]);
	const image = sharp(await readFile(path))
		.autoOrient()
		.flatten({ background: '#fff' })
		.toColourspace('srgb');
	const { data, info } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true });
	return { width: info.width, height: info.height, rgb: data };
}
