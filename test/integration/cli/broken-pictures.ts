import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** A picture as it comes out of a cupboard. */
export interface OddPicture {
	/** The file's name, and its folder's before the dot. */
	readonly file: string;
	readonly bytes: Buffer;
	/** What is said when it is refused; null: it is a photograph like any other. */
	readonly refused: RegExp | null;
}

/** The eight ways a telephone may lie, by what undoes each (EXIF orientation -> what was done to the pixels). */
const turns: readonly (readonly [number, (picture: Sharp) => Sharp])[] = [
	[1, (picture) => picture],
	[2, (picture) => picture.flop()],
	[3, (picture) => picture.rotate(180)],
	[4, (picture) => picture.flip()],
	[5, (picture) => picture.rotate(-90).flop()],
	[6, (picture) => picture.rotate(-90)],
	[7, (picture) => picture.rotate(90).flop()],
	[8, (picture) => picture.rotate(90)],
];

/** @param photo a good photograph of one person */
export async function oddPictures(photo: string | Buffer): Promise<OddPicture[]> {
	const jpeg = await sharp(photo).jpeg({ quality: 95 }).toBuffer();
	const { width = 0, height = 0 } = await sharp(jpeg).metadata();
	const [first, second] = await Promise.all([sharp(jpeg).raw().toBuffer(), sharp(jpeg).negate().raw().toBuffer()]);
	const frames = sharp(Buffer.concat([first, second]), { raw: { width, height: 2 * height, channels: 3, pageHeight: height } });
	const large = sharp({ create: { width: 10_400, height: 10_400, channels: 3, background: '#888' } });
	return [
		{ file: 'truncated.jpg', bytes: jpeg.subarray(0, jpeg.length / 2), refused: /not a picture that can be read/ },
		{ file: 'huge.png', bytes: emptyPng(30_000, 30_000), refused: /more than 250 million pixels/ },
		{ file: 'wide.png', bytes: emptyPng(30_000, 10), refused: /at least 32 pixels/ },
		{ file: 'one.png', bytes: emptyPng(1, 1), refused: /at least 32 pixels/ },
		{ file: 'in-passes.jpg', bytes: await large.jpeg({ progressive: true }).toBuffer(), refused: /more than 100 million pixels/ },
		{ file: 'text.jpg', bytes: Buffer.from('this is no picture'), refused: /not a picture that can be read/ },
		{ file: 'empty.jpg', bytes: Buffer.alloc(0), refused: /not a picture that can be read/ },
		{ file: 'cmyk.jpg', bytes: await sharp(jpeg).toColourspace('cmyk').jpeg().toBuffer(), refused: null },
		{ file: 'animated.gif', bytes: await frames.gif({ delay: [100, 100] }).toBuffer(), refused: null },
		...(await turnedPictures(jpeg)).map((bytes, index) => ({ file: `turned-${index + 1}.jpg`, bytes, refused: null })),
	];
}

/** The same picture in every EXIF orientation, 1 to 8. */
async function turnedPictures(jpeg: Buffer): Promise<Buffer[]> {
	return Promise.all(
		turns.map(async ([orientation, turn]) => {
			const pixels = await turn(sharp(jpeg)).png().toBuffer();
			return sharp(pixels).withMetadata({ orientation }).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
		}),
	);
}

/** Writes them a folder each, as people who are to be enrolled or evaluated. */
export function writeFolders(into: string, pictures: readonly OddPicture[]): void {
	for (const { file, bytes } of pictures) {
		const folder = join(into, file.replace(/\..*/, ''));
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, file), bytes);
	}
}

/** A black PNG of one bit a pixel: 30,000 pixels square are 110 kB packed, 2.7 GB as RGB. */
function emptyPng(width: number, height: number): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header[8] = 1;
	const rows = Buffer.alloc((Math.ceil(width / 8) + 1) * height);
	const chunk = (type: string, data: Buffer) => {
		const named = Buffer.concat([Buffer.from(type), data]);
		const ends = Buffer.alloc(8);
		ends.writeUInt32BE(data.length, 0);
		ends.writeUInt32BE(crc32(named), 4);
		return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
	};
	const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}
