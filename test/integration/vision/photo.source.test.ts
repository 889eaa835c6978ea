import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { readPhoto } from '../../../edge-agent/vision/photo.source.js';
import { Letterbox } from '../../../edge-agent/vision/resize.js';

const dir = mkdtempSync(join(tmpdir(), 'showroom-photo-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const plain = (width: number, height: number, background = '#c03020') => sharp({ create: { width, height, channels: 3, background } });

/** The frame's colour at a pixel, read back as the detectors read it. */
function colourAt(frame: Awaited<ReturnType<typeof readPhoto>>, x: number, y: number): number[] {
	const rgb = new Letterbox(frame.width, frame.height);
	rgb.draw(frame);
	return [...rgb.pixels.subarray((y * frame.width + x) * 3, (y * frame.width + x) * 3 + 3)];
}

function near(got: readonly number[], want: readonly number[]): void {
	got.forEach((value, i) => {
		expect(Math.abs(value - (want[i] ?? 0))).toBeLessThanOrEqual(3);
	});
}

describe('readPhoto', () => {
	it('keeps colours, in standard and in high definition', async () => {
		for (const [width, height] of [
			[320, 240],
			[1280, 720],
		] as const) {
			const frame = await readPhoto(await plain(width, height).png().toBuffer());
			expect([frame.width, frame.height, frame.data.length]).toEqual([width, height, (width * height * 3) / 2]);
			near(colourAt(frame, 100, 100), [0xc0, 0x30, 0x20]);
		}
	});

	it('cuts odd sizes to even ones without shearing the picture', async () => {
		const white = await plain(40, 99, '#ffffff').png().toBuffer();
		const photo = await plain(101, 99, '#000000')
			.composite([{ input: white, left: 60, top: 0 }])
			.png()
			.toBuffer();
		const frame = await readPhoto(photo);
		expect([frame.width, frame.height]).toEqual([100, 98]);
		for (const y of [0, 50, 97]) {
			near(colourAt(frame, 57, y), [0, 0, 0]);
			near(colourAt(frame, 62, y), [255, 255, 255]);
		}
	});

	it('turns pictures upright by their EXIF orientation and scales large ones down', async () => {
		const photo = await plain(3000, 1000).jpeg().withMetadata({ orientation: 6 }).toBuffer();
		const frame = await readPhoto(photo);
		expect([frame.width, frame.height]).toEqual([640, 1920]);
	});

	it('reads grey, transparent and 16-bit pictures from files', async () => {
		const path = join(dir, 'grey.png');
		await plain(64, 64, '#808080').toColourspace('b-w').png().toFile(path);
		near(colourAt(await readPhoto(path), 10, 10), [128, 128, 128]);
		const clear = sharp({ create: { width: 64, height: 64, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } });
		near(colourAt(await readPhoto(await clear.png().toBuffer()), 10, 10), [255, 255, 255]);
		const deep = await plain(64, 64, '#4080c0').toColourspace('rgb16').png().toBuffer();
		near(colourAt(await readPhoto(deep), 10, 10), [0x40, 0x80, 0xc0]);
	});

	it('says what is wrong with what is no photograph', async () => {
		await expect(readPhoto(join(dir, 'none.jpg'))).rejects.toMatchObject({
			reason: 'no-such-file',
			message: expect.stringContaining('none.jpg'),
		});
		const text = join(dir, 'text.jpg');
		writeFileSync(text, 'no picture');
		await expect(readPhoto(text)).rejects.toMatchObject({ reason: 'not-a-picture', message: expect.stringContaining('text.jpg') });
		await expect(readPhoto(dir)).rejects.toMatchObject({ reason: 'not-a-picture' });
		await expect(readPhoto(await plain(31, 200).png().toBuffer())).rejects.toMatchObject({ reason: 'too-small' });
		const whole = await plain(400, 400).jpeg().toBuffer();
		await expect(readPhoto(whole.subarray(0, whole.length / 2))).rejects.toMatchObject({ reason: 'not-a-picture' });
	});
});
