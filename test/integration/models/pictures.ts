import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { RgbPicture } from './tfjs-preprocess.js';

/** A drawn face, large enough that both detectors see it. */
export async function drawnFace(width: number, height: number): Promise<RgbPicture> {
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480" width="${width}" height="${height}" preserveAspectRatio="xMidYMid slice">
		<defs><radialGradient id="skin"><stop offset="0.5" stop-color="#e6b996"/><stop offset="1" stop-color="#b98263"/></radialGradient>
		<linearGradient id="wall" x2="1" y2="1"><stop stop-color="#b8c4cc"/><stop offset="1" stop-color="#6b7680"/></linearGradient></defs>
		<rect width="640" height="480" fill="url(#wall)"/>
		<path d="M170 480 Q180 400 280 385 L360 385 Q460 400 470 480Z" fill="#33415c"/>
		<path d="M285 330 h70 v70 q-35 25 -70 0Z" fill="#c08a69"/>
		<ellipse cx="320" cy="245" rx="98" ry="130" fill="url(#skin)"/>
		<path d="M216 240 Q205 95 320 95 Q435 95 424 240 Q415 165 320 158 Q225 165 216 240Z" fill="#2b1d16"/>
		<path d="M255 208 q25 -14 48 0 M337 208 q25 -14 48 0" stroke="#2b1d16" stroke-width="7" fill="none"/>
		<ellipse cx="280" cy="232" rx="20" ry="10" fill="#f6f1ea"/><ellipse cx="360" cy="232" rx="20" ry="10" fill="#f6f1ea"/>
		<circle cx="280" cy="232" r="9" fill="#33241c"/><circle cx="360" cy="232" r="9" fill="#33241c"/>
		<path d="M260 230 q20 -14 40 0 M340 230 q20 -14 40 0" stroke="#4a3327" stroke-width="4" fill="none"/>
		<path d="M320 235 q-6 35 -18 50 q18 12 36 0" stroke="#a06a4d" stroke-width="5" fill="none"/>
		<path d="M282 322 q38 -14 76 0 q-38 26 -76 0Z" fill="#a4504a"/><path d="M282 322 q38 6 76 0" stroke="#6e2f2c" stroke-width="3" fill="none"/>
	</svg>`;
	return decode(sharp(Buffer.from(svg)));
}

/** Photographs of real people, cut to 4:3 so that scaling them involves no rounding. */
export async function realPhotographs(testdata: string, count: number): Promise<RgbPicture[]> {
	const folder = join(testdata, 'faces/compreface');
	const names = readdirSync(folder)
		.filter((name) => /\.jpe?g$/i.test(name))
		.sort();
	return Promise.all(names.slice(0, count).map((name) => decode(sharp(join(folder, name)).rotate().resize(640, 480, { fit: 'cover' }))));
}

/** A part of a picture, within its edges. */
export function cut(picture: RgbPicture, x: number, y: number, width: number, height: number): RgbPicture {
	const data = new Uint8Array(width * height * 3);
	for (let row = 0; row < height; row++) {
		const from = ((y + row) * picture.width + x) * 3;
		data.set(picture.data.subarray(from, from + width * 3), row * width * 3);
	}
	return { width, height, data };
}

async function decode(image: Sharp): Promise<RgbPicture> {
	const { data, info } = await image.removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
	return { width: info.width, height: info.height, data };
}
