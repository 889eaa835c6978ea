import { readdirSync, readFileSync } from 'node:fs';
import { MessageChannel } from 'node:worker_threads';
import type { CameraMessage, CameraReport, CameraSource, FrameRingMemory, FrameTaken } from '../../../edge-agent/cameras/camera.types.js';
import type { Cameras } from '../../../edge-agent/cameras/cameras.js';
import { FrameRingReader } from '../../../edge-agent/cameras/frame-ring.js';
import { monotonicMs } from '../../../edge-agent/clock.js';

/** A frame as the test's reader saw it. */
export interface SeenFrame {
	readonly seq: number;
	readonly width: number;
	readonly height: number;
	readonly mediaMs: number;
	readonly receivedMs: number;
	readonly seenMs: number;
	/** What `look` answered. */
	readonly look: number;
}

/** One opened camera and everything heard of it. */
export class Watched {
	readonly frames: SeenFrame[] = [];
	readonly reports: CameraReport[] = [];
	readonly memories: FrameRingMemory[] = [];
	sourceFps: number | null = null;
	ended = false;

	state(): string | undefined {
		return this.reports.at(-1)?.state;
	}

	/** Waits until `is` holds; fails with what has been reported after `ms`. */
	async until(is: () => boolean, ms: number, what: string): Promise<void> {
		const deadline = monotonicMs() + ms;
		while (!is()) {
			if (monotonicMs() > deadline) {
				const told = this.reports.slice(-8).map(({ state, reason, framesRead }) => `${state}/${reason}/${framesRead}`);
				throw new Error(`Not within ${ms} ms: ${what}. Frames seen: ${this.frames.length}; reports: ${told.join(' ')}`);
			}
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
	}

	/** Both ways of saying so: they come over different ports. */
	untilEnded(ms: number): Promise<void> {
		return this.until(() => this.ended && this.state() === 'ended', ms, 'the end');
	}

	untilReason(reason: string, ms: number): Promise<void> {
		return this.until(() => this.reports.some((report) => report.reason === reason), ms, `reason ${reason}`);
	}
}

/** Opens a camera and reads its frames as a vision worker does. `look` is called with each frame's Y plane first. */
export async function watch(
	cameras: Cameras,
	camera: CameraSource,
	look: (data: Uint8Array, width: number, height: number) => number = () => 0,
): Promise<Watched> {
	const watched = new Watched();
	const { port1, port2 } = new MessageChannel();
	let ring: FrameRingReader | null = null;
	cameras.onReport((report) => {
		if (report.camera === camera.id) watched.reports.push(report);
	});
	port1.on('message', (message: CameraMessage) => {
		if (message.kind === 'opened') {
			watched.memories.push(message.memory);
			watched.sourceFps = message.sourceFps;
			ring = new FrameRingReader(message.memory);
		} else if (message.kind === 'ended') {
			watched.ended = true;
		} else {
			const frame = ring?.newest();
			if (frame) {
				const { seq, width, height, mediaMs, receivedMs, data } = frame;
				watched.frames.push({ seq, width, height, mediaMs, receivedMs, seenMs: monotonicMs(), look: look(data, width, height) });
				ring?.release();
			}
			if (camera.pace === 'every-frame') {
				const taken: FrameTaken = { kind: 'taken', camera: camera.id, seq: message.seq };
				port1.postMessage(taken);
			}
		}
	});
	await cameras.open(camera, port2);
	return watched;
}

/** Command lines of every process on the machine, and which of them are ffmpegs that descend from this process. */
export function processes(): { readonly commandLines: string[]; readonly ownFfmpegs: number[] } {
	const commandLines: string[] = [];
	const parents = new Map<number, { parent: number; name: string }>();
	for (const entry of readdirSync('/proc')) {
		if (!/^\d+$/.test(entry)) continue;
		try {
			commandLines.push(readFileSync(`/proc/${entry}/cmdline`, 'utf8'));
			const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
			const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
			parents.set(Number(entry), { parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]), name });
		} catch {
			// It has ended meanwhile.
		}
	}
	const ownFfmpegs = [...parents].filter(([, { parent, name }]) => name === 'ffmpeg' && parent === process.pid).map(([pid]) => pid);
	return { commandLines, ownFfmpegs };
}
