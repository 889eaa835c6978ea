import { spawn } from 'node:child_process';
import { once } from 'node:events';
import sharp from 'sharp';
import { drawBackground } from '../demo/drawing/background.js';
import type { Stride } from '../demo/drawing/body.js';
import type { Look } from '../demo/drawing/look.js';
import { blit, rasterise, type Sprite } from '../demo/sprite.js';
import { yuvFromRgb } from '../vision/yuv.js';

export const framesPerSecond = 25;

/** One way across the picture takes this long, and this long nobody is there before the way back. */
const walkSeconds = 5.6;
const awaySeconds = 1.2;
const stepsASecond = 1.7;
/** Seconds of a clip: there and back. Played over and over it has no seam. */
export const clipSeconds = 2 * (walkSeconds + awaySeconds);

/** What a camera of the bench sees. */
export interface BenchScene {
	readonly width: number;
	readonly height: number;
	/** Who walks, and how many pixels there are between their eyes; null: an empty room. */
	readonly walker: { readonly look: Look; readonly eyeDistance: number } | null;
	/** Part of the clip, 0..1, at which it begins: cameras do not all see the same at once. */
	readonly phase: number;
}

/** As a camera sends it: main profile, no B-frames, whole key frames every two seconds, 4 Mbit/s all of which its grain uses. */
const encoding = [
	...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'main', '-tune', 'zerolatency', '-bf', '0', '-g', '50'],
	...['-x264-params', 'aud=1:sliced-threads=0:scenecut=0', '-b:v', '4M', '-maxrate', '4M', '-bufsize', '4M'],
	...[
		'-pix_fmt',
		'yuv420p',
		'-colorspace',
		'bt709',
		'-color_primaries',
		'bt709',
		'-color_trc',
		'bt709',
		'-color_range',
		'tv',
		'-f',
		'h264',
	],
];
/** Another grain in every frame, a standard deviation of about 4 grey levels: an entrance in the evening. */
const grain = 'noise=alls=12:allf=t';

/**
 * Draws a scene and encodes it as an H.264 stream with access unit delimiters.
 *
 * @throws Error saying what to install, where ffmpeg or its libx264 is missing
 */
export async function makeBenchClip(ffmpeg: string, scene: BenchScene, file: string): Promise<void> {
	const { width, height } = scene;
	const input = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${width}x${height}`, '-r', `${framesPerSecond}`, '-i', 'pipe:0'];
	const child = spawn(ffmpeg, ['-v', 'error', '-y', ...input, '-vf', grain, ...encoding, file], { stdio: ['pipe', 'ignore', 'pipe'] });
	let errors = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		errors = (errors + text).slice(-2000);
	});
	// A write after ffmpeg's end fails with EPIPE, which says less than how it ended.
	child.stdin.on('error', () => undefined);
	const ended = once(child, 'close');
	ended.catch(() => undefined);
	try {
		for await (const picture of pictures(scene)) {
			if (!child.stdin.write(picture) && !(await Promise.race([once(child.stdin, 'drain'), ended.then(() => null)]))) break;
		}
		child.stdin.end();
		const [code] = await ended;
		if (code !== 0)
			throw new Error(`ffmpeg cannot make the bench's clips: ${errors.trim()}. It needs libx264 (Debian: apt install ffmpeg)`);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
		throw new Error(`ffmpeg was not found as "${ffmpeg}": install it (Debian: apt install ffmpeg)`, { cause: error });
	} finally {
		child.kill('SIGKILL');
	}
}

async function* pictures({ width, height, walker, phase }: BenchScene): AsyncGenerator<Uint8Array> {
	const rgb = await sharp(Buffer.from(drawBackground())).resize(width, height, { fit: 'fill' }).removeAlpha().raw().toBuffer();
	const background = yuvFromRgb(rgb, width, height);
	const scale = walker ? walker.eyeDistance / (2 * walker.look.eyes.apart) : 0;
	const sprites = new Map<Stride, Sprite>();
	if (walker) {
		for (const stride of [-1, 0, 1] as const) sprites.set(stride, await rasterise(walker.look, 'front', stride, [scale, scale / 2]));
	}
	const frames = Math.round(clipSeconds * framesPerSecond);
	for (let frame = 0; frame < frames; frame++) {
		const data = Uint8Array.from(background);
		const seconds = (frame / framesPerSecond + phase * clipSeconds) % clipSeconds;
		const back = seconds >= clipSeconds / 2;
		const way = (seconds % (clipSeconds / 2)) / walkSeconds;
		const stride = strides[Math.floor(seconds * stepsASecond * 2) % strides.length] ?? 0;
		const sprite = sprites.get(stride);
		if (sprite && way < 1) {
			const beyond = 400 * scale;
			const x = -beyond + (back ? 1 - way : way) * (width + 2 * beyond);
			const bob = Math.abs(Math.sin(seconds * Math.PI * stepsASecond)) * 9;
			const roll = 0.08 * Math.sin((2 * Math.PI * seconds) / 2.6);
			const clip = { x: 0, y: 0, width, height };
			blit(new Uint8ClampedArray(data.buffer), width, height, sprite, { x, y: height * 0.32 - bob * scale, scale, roll, light: 1, clip });
		}
		yield data;
	}
}

const strides = [1, 0, -1, 0] as const;
