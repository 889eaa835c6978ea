import sharp from 'sharp';
import { Letterbox } from './resize.js';
import type { YuvFrame } from './vision.types.js';

const MAX_WIDTH = 960;
const QUALITY = 75;

/** Makes JPEGs of one camera's analysed frames, one at a time, into the same memory. */
export class Preview {
	#picture: Letterbox | null = null;
	#encoding = false;

	/** An encoder still works on the picture before: this one is left out. */
	get busy(): boolean {
		return this.#encoding;
	}

	/**
	 * Reads the frame before it returns; the JPEG, at most 960 pixels wide, is encoded off this thread.
	 * @throws Error while busy
	 */
	async jpeg(frame: YuvFrame): Promise<ArrayBuffer> {
		if (this.#encoding) throw new Error('The picture before is still being encoded');
		this.#encoding = true;
		try {
			const scale = Math.min(1, MAX_WIDTH / frame.width);
			const width = Math.max(1, Math.round(frame.width * scale));
			const height = Math.max(1, Math.round(frame.height * scale));
			if (this.#picture?.width !== width || this.#picture.height !== height) this.#picture = new Letterbox(width, height);
			this.#picture.draw(frame);
			const { pixels } = this.#picture;
			const bytes = await sharp(pixels, { raw: { width, height, channels: 3 } })
				.jpeg({ quality: QUALITY })
				.toBuffer();
			return new Uint8Array(bytes).buffer;
		} finally {
			this.#encoding = false;
		}
	}
}
