import { optionsUnused } from './ffmpeg-errors.js';

/** One thing that ffmpeg said on stderr. */
export type FfmpegSaid =
	/** A frame whose bytes follow on stdout. */
	| { readonly kind: 'frame'; readonly index: number; readonly pts: number | null; readonly width: number; readonly height: number }
	/** From here on a unit of the frames' pts lasts numerator / denominator seconds. */
	| { readonly kind: 'time-base'; readonly numerator: number; readonly denominator: number }
	| { readonly kind: 'source-fps'; readonly fps: number }
	/** The camera has described its stream: it is there and let us in. */
	| { readonly kind: 'answered' }
	/** An RTSP option was not understood: it would not be in force. */
	| { readonly kind: 'options-unused' };

// Not anchored: a decoder thread's line may begin inside another one's.
const frameLine = /showinfo.*?\bn:\s*(\d+)\s+pts:\s*(-?\d+|NOPTS)\s.*?\ss:(\d+)x(\d+)\s/;
const timeBaseLine = /showinfo.*?config in time_base:\s*(\d+)\/(\d+)/;
const fpsLine = /^\s*Stream #0:\d+.*Video:.*?([\d.]+k?) fps/;

/** What a line of ffmpeg's stderr (5.1 to 8, `-loglevel verbose`) means to us; null: nothing. */
export function parseFfmpegLine(line: string): FfmpegSaid | null {
	const frame = frameLine.exec(line);
	if (frame) {
		const [, index, pts, width, height] = frame;
		return { kind: 'frame', index: Number(index), pts: pts === 'NOPTS' ? null : Number(pts), width: Number(width), height: Number(height) };
	}
	const base = timeBaseLine.exec(line);
	if (base) return { kind: 'time-base', numerator: Number(base[1]), denominator: Number(base[2]) };
	const fps = fpsLine.exec(line)?.[1];
	if (fps) return { kind: 'source-fps', fps: fps.endsWith('k') ? Number(fps.slice(0, -1)) * 1000 : Number(fps) };
	if (line.includes('] SDP:')) return { kind: 'answered' };
	if (line.includes(optionsUnused)) return { kind: 'options-unused' };
	return null;
}
