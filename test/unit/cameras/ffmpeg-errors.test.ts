import fc from 'fast-check';
import { expect, it } from 'vitest';
import { diagnose, type FfmpegEnd, faultMessage } from '../../../edge-agent/cameras/ffmpeg-errors.js';
import { parseSource } from '../../../edge-agent/cameras/source-url.js';
import { cameraReasonSchema } from '../../../edge-agent/contract/vocabulary.js';

const camera = parseSource('rtsp://cam/x');
const file = parseSource('film.mp4');
const end = (change: Partial<FfmpegEnd>): FfmpegEnd => ({
	spawnError: null,
	exitCode: 1,
	lines: [],
	answered: false,
	frames: 0,
	...change,
});
const connected = '[tcp @ 0x1] Successfully connected to 10.0.0.7 port 554';
const hidden = 'pipe:0: Invalid data found when processing input';

it.each([
	['[rtsp @ 0x1] method DESCRIBE failed: 401 Unauthorized', 'unauthorised'],
	['[rtsp @ 0x1] method DESCRIBE failed: 403 Forbidden', 'unauthorised'],
	['[rtsp @ 0x1] method DESCRIBE failed: 404 Not Found', 'not-found'],
	['[tcp @ 0x1] Connection to tcp://10.0.0.7:554 failed: Connection refused', 'unreachable'],
	['[tcp @ 0x1] Connection to tcp://10.0.0.7:554 failed: No route to host', 'unreachable'],
	['[tcp @ 0x1] Failed to resolve hostname cam: Name or service not known', 'unreachable'],
])('of a camera, "%s" is %s', (line, reason) => {
	expect(diagnose(camera, end({ lines: [connected, line, hidden] }))?.reason).toBe(reason);
});

it('tells apart how far a silent camera came', () => {
	expect(diagnose(camera, end({ lines: [connected, hidden] }))).toEqual({
		reason: 'unreachable',
		detail: 'it takes the connection, then says nothing',
	});
	expect(diagnose(camera, end({ lines: [connected, hidden], answered: true }))?.reason).toBe('no-frames');
	expect(diagnose(camera, end({ lines: [connected], answered: true, frames: 9, exitCode: 0 }))).toEqual({
		reason: 'unreachable',
		detail: 'it closed the connection',
	});
	expect(diagnose(camera, end({ lines: ["Unrecognized option 'fps_mode'."] }))?.reason).toBe('ffmpeg-failed');
});

it('does not go on without the options that it asked for', () => {
	expect(diagnose(camera, end({ lines: ["[concat @ 0x1] Unused options for 'rtsp://cam/x'."] }))?.reason).toBe('ffmpeg-failed');
});

it('knows the end of a file from a file that failed', () => {
	expect(diagnose(file, end({ frames: 5, exitCode: 0 }))).toBeNull();
	expect(diagnose(file, end({ exitCode: 0 }))?.reason).toBe('not-a-video');
	expect(diagnose(file, end({ lines: ['file:film.mp4: No such file or directory'] }))?.reason).toBe('no-such-file');
	expect(diagnose(file, end({ lines: ['file:film.mp4: Permission denied'] }))?.reason).toBe('no-permission');
	expect(diagnose(file, end({ lines: ['moov atom not found'] }))?.reason).toBe('not-a-video');
	expect(diagnose(file, end({ frames: 5, exitCode: null }))?.reason).toBe('ffmpeg-failed');
	expect(diagnose(file, end({ spawnError: 'ENOENT' }))?.reason).toBe('ffmpeg-missing');
});

it('has a message of its own for each reason', () => {
	for (const kind of ['rtsp', 'usb', 'file', 'image'] as const) {
		const messages = cameraReasonSchema.options.map((reason) => faultMessage({ reason, detail: null }, kind, 'cam'));
		expect(new Set(messages).size).toBe(messages.length);
		for (const message of messages) expect(message).toMatch(/^(There|ffmpeg|cam)\b.*[.)]$/);
	}
	for (const system of ['Debian', 'macOS', 'Windows'])
		expect(faultMessage({ reason: 'ffmpeg-missing', detail: null }, 'rtsp', 'cam')).toContain(system);
	expect(faultMessage({ reason: 'ffmpeg-failed', detail: "Unrecognized option 'fps_mode'." }, 'rtsp', 'cam')).toContain('older than 5.1');
});

it('answers a reason whatever ffmpeg says of a camera', () => {
	fc.assert(
		fc.property(fc.array(fc.string()), fc.option(fc.nat(255)), fc.boolean(), fc.nat(3), (lines, exitCode, answered, frames) => {
			expect(diagnose(camera, { spawnError: null, lines, exitCode, answered, frames })).not.toBeNull();
		}),
	);
});
