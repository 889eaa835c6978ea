import { expect, it } from 'vitest';
import { ffmpegCommand } from '../../../edge-agent/cameras/ffmpeg-command.js';
import { parseSource } from '../../../edge-agent/cameras/source-url.js';

const live = { rate: 12.5, pace: 'live' } as const;
const everyFrame = { rate: 10, pace: 'every-frame' } as const;

function picture(text: string) {
	const source = parseSource(text);
	if (source.kind === 'image') throw new Error('no image here');
	return source;
}

it('gives an RTSP address and its options over stdin only', () => {
	const { args, script } = ffmpegCommand(picture("rtsp://admin:it's@cam/ch1"), live);
	expect(script).toBe("ffconcat version 1.0\nfile 'rtsp://admin:it'\\''s@cam/ch1'\noption rtsp_transport tcp\noption timeout 5000000\n");
	expect(args.join(' ')).not.toMatch(/admin|cam/);
	expect(args[args.indexOf('-protocol_whitelist') + 1]).toBe('pipe,rtsp,rtp,udp,tcp');
	expect(args).toContain('low_delay');
});

it('allows TLS for rtsps only, and files for files only', () => {
	const allowed = (text: string) => {
		const { args } = ffmpegCommand(picture(text), live);
		return args[args.indexOf('-protocol_whitelist') + 1];
	};
	expect(allowed('rtsps://cam/x')).toBe('pipe,rtsp,rtp,udp,tcp,tls');
	expect(allowed('film.mp4')).toBe('file');
});

it('paces files by themselves or by their reader', () => {
	expect(ffmpegCommand(picture('a.mp4'), live).args).toContain('-re');
	expect(ffmpegCommand(picture('a.mp4'), everyFrame).args).not.toContain('-re');
	expect(ffmpegCommand(picture('-odd.mp4'), everyFrame).args).toContain('file:-odd.mp4');
});

it('waits for a key frame of cameras, not of files', () => {
	const filter = (text: string) => {
		const { args } = ffmpegCommand(picture(text), live);
		return args[args.indexOf('-vf') + 1];
	};
	expect(filter('rtsp://cam/x')).toContain('key');
	expect(filter('rtsp://cam/x')).toContain('floor(t*12.5');
	expect(filter('a.mp4')).not.toContain('key');
});

it('shows a still for a second, in the matrix of its size', () => {
	const filter = (width: number, height: number) => ffmpegCommand({ kind: 'still', width, height }, everyFrame).args.join(' ');
	expect(filter(640, 480)).toContain('bt601');
	expect(filter(1920, 1080)).toContain('bt709');
	expect(filter(640, 480)).toContain('loop=9:');
});
