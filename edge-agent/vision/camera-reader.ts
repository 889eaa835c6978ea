import type { MessagePort } from 'node:worker_threads';
import type { CameraMessage, FrameTaken } from '../cameras/camera.types.js';
import { FrameRingReader } from '../cameras/frame-ring.js';
import { FrameTimes } from './frame-times.js';
import { Masks } from './masks.js';
import type { Pipeline } from './pipeline.js';
import { Preview } from './preview.js';
import type { VisionEvent } from './vision-events.types.js';
import type { AnalysedPicture, CameraStats, VisionCamera } from './vision-messages.js';
import type { Zone } from './zone.js';

export interface ReaderListener {
	events(events: readonly VisionEvent[]): void;
	picture(picture: AnalysedPicture): void;
	/** There is something to do: call `step`. */
	wake(): void;
}

/**
 * One camera's frames from its ring through its pipeline. The newest frame wins; with the pace `every-frame` each one is
 * acknowledged once it is done with, and none is overtaken.
 */
export class CameraReader {
	watched = false;
	readonly #camera: VisionCamera;
	readonly #port: MessagePort;
	readonly #pipeline: Pipeline;
	readonly #listener: ReaderListener;
	readonly #nowMs: () => number;
	readonly #preview = new Preview();
	readonly #times = new FrameTimes();
	#masks: Masks;
	#ring: FrameRingReader | null = null;
	#news = false;
	#ended = false;
	#lastSeq = 0;
	#last = { mediaMs: 0, receivedMs: 0 };
	#dropped = 0;

	constructor(camera: VisionCamera, port: MessagePort, pipeline: Pipeline, listener: ReaderListener, nowMs: () => number) {
		this.#camera = camera;
		this.#masks = new Masks(camera.masks);
		this.#port = port;
		this.#pipeline = pipeline;
		this.#listener = listener;
		this.#nowMs = nowMs;
	}

	start(): void {
		this.#port.on('message', (message: CameraMessage) => {
			if (message.kind === 'opened') this.#ring = new FrameRingReader(message.memory);
			else if (message.kind === 'frame') this.#news = true;
			else this.#ended = true;
			this.#listener.wake();
		});
	}

	/** Whether the pictures bring the figures of the faces in them. */
	set calibrating(on: boolean) {
		this.#pipeline.calibrating = on;
	}

	/** From the next frame on these are the camera's masks. */
	setMasks(masks: readonly Zone[]): void {
		this.#masks = new Masks(masks);
		this.#pipeline.learnScene();
	}

	/** Forgets everybody, without a word. */
	stop(): void {
		this.#port.close();
		this.#pipeline.end(this.#last);
	}

	/** Looks at one frame, if there is a newer one, or tells the end. Answers whether there was anything to do. */
	async step(): Promise<boolean> {
		if (this.#news) {
			this.#news = false;
			if (await this.#look()) return true;
		}
		if (!this.#ended) return false;
		this.#ended = false;
		const events = this.#pipeline.end(this.#last);
		const { mediaMs, receivedMs } = this.#last;
		this.#listener.events([...events, { kind: 'ended', camera: this.#camera.id, mediaMs, at: receivedMs }]);
		return true;
	}

	stats(): CameraStats {
		return {
			camera: this.#camera.id,
			...this.#pipeline.counters,
			dropped: this.#dropped,
			fps: this.#times.fps(this.#nowMs()),
			latencyMs: this.#times.latencyMs(),
		};
	}

	async #look(): Promise<boolean> {
		// `opened` may bring another ring while this frame is being looked at.
		const ring = this.#ring;
		const frame = ring?.newest();
		if (!ring || !frame) return false;
		this.#dropped += Math.max(0, frame.seq - this.#lastSeq - 1);
		this.#lastSeq = frame.seq;
		this.#last = { mediaMs: frame.mediaMs, receivedMs: frame.receivedMs };
		// Before anything reads the frame. The slot is this reader's alone until it is released.
		this.#masks.paint(frame);
		try {
			const { events, boxes } = await this.#pipeline.process(frame);
			if (events.length > 0) this.#listener.events(events);
			this.#times.add(frame.receivedMs, this.#nowMs());
			if (this.watched && !this.#preview.busy) {
				const { id: camera, line } = this.#camera;
				const look = this.#pipeline.calibrating ? await this.#pipeline.look(frame) : null;
				void this.#preview.jpeg(frame).then((jpeg) => this.#listener.picture({ camera, jpeg, boxes, line, look }));
			}
		} finally {
			ring.release();
		}
		if (this.#camera.pace === 'every-frame') {
			this.#port.postMessage({ kind: 'taken', camera: this.#camera.id, seq: frame.seq } satisfies FrameTaken);
		}
		return true;
	}
}
