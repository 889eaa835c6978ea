import type { CameraSource } from './camera.types.js';
import type { Source } from './source-url.js';

/** How to start ffmpeg for a source: its arguments, and what to write to its stdin (null: nothing). */
export interface FfmpegCommand {
	readonly args: readonly string[];
	/** The ffconcat script that names an RTSP camera: over stdin its password stands in no process list. */
	readonly script: string | null;
}

/** What ffmpeg is to read: an image comes as pixels, 24 bits of RGB each, over stdin. */
export type PictureSource =
	| Exclude<Source, { kind: 'image' }>
	| { readonly kind: 'still'; readonly width: number; readonly height: number };

/** µs without a byte after which ffmpeg gives up by itself. It fires late (12 to 18 s): the watchdog is what is relied on. */
const socketTimeoutUs = 5_000_000;
/** s after which a picture without a key frame is shown as it is: cameras with a rolling refresh send none. */
const settleSeconds = 6;

/**
 * ffmpeg's command line for one source. Frames leave on stdout as bare yuv420p at the source's size (made even); stderr says each
 * frame's time and size (`showinfo`) just before its bytes leave. Needs ffmpeg 5.1 or newer.
 *
 * - `select` cuts the rate: the first frame in each 1/rate s. (`fps=` looks ahead and costs 100 ms.)
 * - A stream joined between two key frames is grey rubbish until the next one: cameras show nothing before their first key frame.
 * - `low_delay` halves the latency (244 to 124 ms): frame threads would hold pictures back.
 */
export function ffmpegCommand(source: PictureSource, camera: Pick<CameraSource, 'rate' | 'pace'>): FfmpegCommand {
	const { input, script } = inputOf(source, camera);
	const args = [
		...['-nostdin', '-hide_banner', '-nostats', '-loglevel', 'verbose'],
		...input,
		...['-map', '0:v:0', '-vf', filters(source, camera).join(',')],
		// Neither scale a picture that changes its size back to the first size, nor repeat or drop frames.
		...['-autoscale', '0', '-fps_mode', 'passthrough'],
		...['-c:v', 'rawvideo', '-pix_fmt', 'yuv420p', '-f', 'rawvideo', 'pipe:1'],
	];
	return { args, script };
}

function inputOf(source: PictureSource, { rate, pace }: Pick<CameraSource, 'rate' | 'pace'>): { input: string[]; script: string | null } {
	switch (source.kind) {
		case 'rtsp': {
			const protocols = `pipe,rtsp,rtp,udp,tcp${source.url.startsWith('rtsps:') ? ',tls' : ''}`;
			const input = ['-flags', 'low_delay', '-f', 'concat', '-safe', '0', '-protocol_whitelist', protocols, '-i', 'pipe:0'];
			return { input, script: rtspScript(source.url) };
		}
		case 'usb':
			return { input: ['-flags', 'low_delay', '-f', 'v4l2', '-i', source.device], script: null };
		case 'file':
			// The whitelist keeps a playlist dressed up as a video from reaching the network.
			return { input: [...(pace === 'live' ? ['-re'] : []), '-protocol_whitelist', 'file', '-i', `file:${source.path}`], script: null };
		case 'still': {
			const layout = ['-pix_fmt', 'rgb24', '-video_size', `${source.width}x${source.height}`, '-framerate', `${rate}`];
			return { input: ['-f', 'rawvideo', ...layout, '-i', 'pipe:0'], script: null };
		}
	}
}

/** Options given outside the script do not reach RTSP, and ffmpeg does not say so. Options it does not know it does name: `Unused options`. */
function rtspScript(url: string): string {
	const quoted = `'${url.replaceAll("'", "'\\''")}'`;
	return `ffconcat version 1.0\nfile ${quoted}\noption rtsp_transport tcp\noption timeout ${socketTimeoutUs}\n`;
}

function filters(source: PictureSource, { rate, pace }: Pick<CameraSource, 'rate' | 'pace'>): string[] {
	const even = ['crop=floor(iw/2)*2:floor(ih/2)*2:0:0', 'format=yuv420p'];
	const say = 'showinfo=checksum=0';
	if (source.kind === 'still') {
		// One still, shown for a second, so that whoever decides over several frames can decide.
		const repeats = Math.max(1, Math.ceil(rate)) - 1;
		// The matrix that readers of our frames assume for this size (see YuvFrame).
		const matrix = source.width >= 1280 || source.height > 576 ? 'bt709' : 'bt601';
		const colours = `scale=out_color_matrix=${matrix}:out_range=tv`;
		return [colours, ...even, `loop=loop=${repeats}:size=1:start=0`, 'setpts=N', ...(pace === 'live' ? ['realtime'] : []), say];
	}
	// Not "later than" but "other than" the last slot: a camera's clock that jumps back must not stop the picture.
	const inNewSlot = `if(isnan(prev_selected_t),1,not(eq(floor(t*${rate}+0.001),floor(prev_selected_t*${rate}+0.001))))`;
	const settled = `ld(0)+key+gt(t-start_t,${settleSeconds})`;
	const choose = source.kind === 'file' ? inNewSlot : `if(${settled},st(0,1)*${inNewSlot},0)`;
	return [`select='${choose}'`, ...even, say];
}
