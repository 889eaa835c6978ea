import type { CameraReason } from '../contract/vocabulary.js';
import type { Source } from './source-url.js';

/** Why a camera or a file gives no (more) frames. */
export interface Fault {
	readonly reason: CameraReason;
	/** More about it, mostly ffmpeg's own words, scrubbed; null where the reason says it all. */
	readonly detail: string | null;
}

/** What is known once ffmpeg is gone. */
export interface FfmpegEnd {
	/** Node's error code when ffmpeg could not be started at all. */
	readonly spawnError: string | null;
	/** null: killed by a signal. */
	readonly exitCode: number | null;
	/** The last lines of stderr, scrubbed of passwords, without those about frames. */
	readonly lines: readonly string[];
	/** The camera described its stream. */
	readonly answered: boolean;
	/** Frames it gave in this run. */
	readonly frames: number;
}

/** How ffmpeg warns of options that it did not understand and therefore did not obey. */
export const optionsUnused = 'Unused options for';

/** ffmpeg's words, most telling first. Those of the operating system are the same in every locale: ffmpeg never sets one. */
const signs: readonly (readonly [RegExp, CameraReason])[] = [
	[/\b40[13] (Unauthorized|Forbidden)|authorization failed|Server returned 40[13]/i, 'unauthorised'],
	[/failed: (404|410|454)\b|Server returned 404/i, 'not-found'],
	[
		/Connection (refused|timed out|reset)|Operation timed out|No route to host|Network is unreachable|Host is (down|unreachable)|Failed to resolve hostname|Name or service not known|Error number -138/i,
		'unreachable',
	],
	[/Permission denied|Operation not permitted/i, 'no-permission'],
	[/No such (file or directory|device)|Not a directory/i, 'no-such-file'],
	[
		/Is a directory|Invalid data found|moov atom not found|matches no streams|does not contain any stream|Could not find codec parameters|Decoder .* not found|unsupported image format/i,
		'not-a-video',
	],
];

/** Lines that speak of something going wrong, for details. */
const trouble = /error|fail|invalid|not found|unable|cannot|could not|unrecognized|unused options|refused|busy|unavailable/i;

/**
 * Why ffmpeg ended. null: it read a file to its end. For a camera every end is a fault: ffmpeg exits with 0 when the server dies.
 */
export function diagnose(source: Source, end: FfmpegEnd): Fault | null {
	if (end.spawnError !== null) {
		return {
			reason: end.spawnError === 'ENOENT' || end.spawnError === 'EACCES' ? 'ffmpeg-missing' : 'ffmpeg-failed',
			detail: end.spawnError,
		};
	}
	const isFile = source.kind === 'file' || source.kind === 'image';
	if (isFile && end.frames > 0 && end.exitCode === 0) return null;
	// The concat reader hides why a camera did not open: its own "Invalid data" says nothing.
	const lines = source.kind === 'rtsp' ? end.lines.filter((line) => !line.startsWith('pipe:0:')) : end.lines;
	const detail = lines.findLast((line) => trouble.test(line)) ?? null;
	if (lines.some((line) => line.includes(optionsUnused))) return { reason: 'ffmpeg-failed', detail };
	for (const [words, reason] of signs) {
		const line = lines.findLast((candidate) => words.test(candidate));
		if (line !== undefined) return { reason, detail: line };
	}
	if (isFile) return { reason: end.exitCode === 0 ? 'not-a-video' : 'ffmpeg-failed', detail };
	return source.kind === 'rtsp' ? diagnoseSilence(end, detail) : { reason: 'ffmpeg-failed', detail };
}

function diagnoseSilence(end: FfmpegEnd, detail: string | null): Fault {
	if (end.frames > 0) return { reason: 'unreachable', detail: 'it closed the connection' };
	if (end.answered) return { reason: 'no-frames', detail };
	const connected = end.lines.some((line) => line.includes('Successfully connected to'));
	if (!connected) return { reason: 'ffmpeg-failed', detail };
	return { reason: 'unreachable', detail: 'it takes the connection, then says nothing' };
}

/**
 * A fault for people: what happened and what to do.
 *
 * @param name the source without its password (`describeSource`)
 */
export function faultMessage(fault: Fault, kind: Source['kind'], name: string): string {
	const said = fault.detail === null ? '' : ` [${fault.detail}]`;
	const isFile = kind === 'file' || kind === 'image';
	switch (fault.reason) {
		case 'unauthorised':
			return `${name} refuses the user name or the password. Correct them in the configuration (in a password write @ as %40, / as %2F); the next try is in a minute, because cameras lock accounts.`;
		case 'unreachable':
			return `${name} does not answer. Is the camera switched on, its cable in, its address and port right? Trying again by itself.${said}`;
		case 'not-found':
			return `${name}: the camera answers but has no such stream. Correct the path after the host (the camera's manual names it).`;
		case 'stalled':
			return `${name} stopped sending pictures. Connecting again by itself.`;
		case 'no-frames':
			return `${name} answers but sends no pictures. Is its video stream enabled (H.264 or H.265)? Restart the camera if this lasts. Trying again by itself.${said}`;
		case 'not-a-video':
			return `${name} is not a ${kind === 'image' ? 'picture' : 'video'} that can be read. Give a video (MP4, MKV, GIF …) or an image (JPEG, PNG …).${said}`;
		case 'no-such-file':
			return isFile
				? `There is no file ${name}. Check the path.`
				: `There is no device ${name}. Plug the camera in; \`ls /dev/video*\` shows what is there.`;
		case 'no-permission':
			return kind === 'usb'
				? `${name} may not be opened. Add the agent's user to the group "video".`
				: `${name} may not be read. Let the agent's user read it (chmod o+r FILE, and o+x on its folders).`;
		case 'ffmpeg-missing':
			return 'ffmpeg is not installed, or not where the configuration says. Install version 5.1 or newer: Debian/Ubuntu: sudo apt install ffmpeg; macOS: brew install ffmpeg; Windows: winget install Gyan.FFmpeg.';
		case 'ffmpeg-failed':
			return `ffmpeg could not read ${name}.${/Unrecognized option|Option not found/i.test(said) ? ' It is older than 5.1: install a newer one.' : ''}${said}`;
	}
}
