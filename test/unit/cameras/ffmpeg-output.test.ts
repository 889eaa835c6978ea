import { expect, it } from 'vitest';
import { parseFfmpegLine } from '../../../edge-agent/cameras/ffmpeg-output.js';

const said =
	'[Parsed_showinfo_2 @ 0x55f244] n:   7 pts:  10800 pts_time:0.12    pos:       -1 fmt:yuv420p sar:1/1 s:320x240 i:P iskey:1 type:I ';
const newer =
	'[Parsed_showinfo_0 @ 0x5] n:   7 pts:  10800 pts_time:0.12    duration:   3600 duration_time:0.04    fmt:yuv420p cl:left sar:1/1 s:320x240 i:P iskey:1 type:I ';

it.each([said, newer, `[h264 @ 0x1] error while ${said}`])('reads a frame from %s', (line) => {
	expect(parseFfmpegLine(line)).toEqual({ kind: 'frame', index: 7, pts: 10800, width: 320, height: 240 });
});

it('reads a frame without a time', () => {
	expect(parseFfmpegLine(said.replace('pts:  10800 pts_time:0.12', 'pts:  NOPTS pts_time:NOPTS'))).toMatchObject({
		kind: 'frame',
		pts: null,
	});
});

it('reads what comes before the frames', () => {
	expect(parseFfmpegLine('[Parsed_showinfo_0 @ 0x1] config in time_base: 1/90000, frame_rate: 25/1')).toEqual({
		kind: 'time-base',
		numerator: 1,
		denominator: 90000,
	});
	expect(parseFfmpegLine('  Stream #0:0: Video: h264 (Main), yuv420p, 640x360 [SAR 1:1 DAR 16:9], 29.97 fps, 25 tbr, 90k tbn')).toEqual({
		kind: 'source-fps',
		fps: 29.97,
	});
	expect(parseFfmpegLine('[rtsp @ 0x1] SDP:')).toEqual({ kind: 'answered' });
	expect(parseFfmpegLine("[concat @ 0x1] Unused options for 'rtsp://x'.")).toEqual({ kind: 'options-unused' });
	expect(parseFfmpegLine('Output #0, rawvideo')).toBeNull();
});
