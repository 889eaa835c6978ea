import type { MessagePort } from 'node:worker_threads';
import type { CameraMessage, CameraReport, CameraSource, FrameTaken } from './camera.types.js';
import { type Decoder, startDecoder } from './decoder.source.js';
import { cpuSeconds } from './decoder-cpu.source.js';
import { ffmpegCommand, type PictureSource } from './ffmpeg-command.js';
import { diagnose, type FfmpegEnd, faultMessage } from './ffmpeg-errors.js';
import type { FfmpegSaid } from './ffmpeg-output.js';
import { FrameAssembler } from './frame-assembler.js';
import { describeSource, parseSource, type Source, scrub, secretsOf } from './source-url.js';
import { readStill, type Still } from './still.source.js';
import { idle, type Supervision, type SupervisionEvent, supervise } from './supervision.js';

const reportEveryMs = 1000;

/** One camera: its ffmpeg, started, watched and started again, and its frames laid into the ring. */
export class SupervisedCamera {
	readonly #camera: CameraSource;
	readonly #source: Source;
	readonly #ffmpeg: string;
	readonly #reader: MessagePort;
	readonly #report: (report: CameraReport) => void;
	readonly #nowMs: () => number;
	readonly #secrets: readonly string[];
	readonly #frames: FrameAssembler;
	#supervision: Supervision;
	#decoder: Decoder | null = null;
	/** ffmpeg is gone, but its last frame still waits for its reader. */
	#ended: FfmpegEnd | null = null;
	#timeBase = { numerator: 0, denominator: 1 };
	#sourceFps: number | null = null;
	#pastCpuSeconds = 0;
	#cpuSeconds = 0;
	#timer: NodeJS.Timeout | null = null;
	#timerAt = Number.POSITIVE_INFINITY;
	#ticks: NodeJS.Timeout | null = null;
	#stopped: (() => void) | null = null;

	/**
	 * @param nowMs CLOCK_MONOTONIC
	 * @throws {BadSourceError}
	 */
	constructor(camera: CameraSource, ffmpeg: string, reader: MessagePort, report: (report: CameraReport) => void, nowMs: () => number) {
		this.#camera = camera;
		this.#source = parseSource(camera.url);
		this.#ffmpeg = ffmpeg;
		this.#reader = reader;
		this.#report = report;
		this.#nowMs = nowMs;
		this.#secrets = secretsOf(camera.url);
		this.#supervision = idle(this.#isFile ? 'once' : 'keep');
		this.#frames = new FrameAssembler(camera.id, this.#isFile && camera.pace === 'every-frame', nowMs, {
			opened: (memory) => this.#tell({ kind: 'opened', camera: camera.id, memory, sourceFps: this.#sourceFps }),
			published: (seq) => {
				this.#tell({ kind: 'frame', camera: camera.id, seq });
				this.#on({ kind: 'frame' });
			},
		});
	}

	start(): void {
		this.#reader.on('message', (message: FrameTaken) => this.#taken(message.seq));
		this.#ticks = setInterval(() => this.#tick(), reportEveryMs);
		this.#on({ kind: 'start' });
	}

	/** Resolves once ffmpeg is gone and nothing more will be reported. */
	async stop(): Promise<void> {
		await new Promise<void>((resolve) => {
			this.#stopped = resolve;
			this.#on({ kind: 'stop' });
			if (this.#supervision.phase === 'over') resolve();
		});
		if (this.#ticks) clearInterval(this.#ticks);
		if (this.#timer) clearTimeout(this.#timer);
		this.#reader.close();
	}

	get #isFile(): boolean {
		return this.#source.kind === 'file' || this.#source.kind === 'image';
	}

	#on(event: SupervisionEvent): void {
		const { next, actions } = supervise(this.#supervision, event, this.#nowMs(), Math.random());
		this.#supervision = next;
		for (const action of actions) {
			if (action === 'spawn') this.#spawn();
			else if (action === 'kill') this.#kill();
			else if (action === 'end') this.#tell({ kind: 'ended', camera: this.#camera.id });
			else this.#sendReport();
		}
		this.#watch();
		if (next.phase === 'over') this.#stopped?.();
	}

	/** One timer. Frames move the deadline away: it is not set anew for each, but fires and sleeps again. */
	#watch(): void {
		const { deadline } = this.#supervision;
		if (deadline === null || deadline >= this.#timerAt) return;
		if (this.#timer) clearTimeout(this.#timer);
		this.#timerAt = deadline;
		this.#timer = setTimeout(
			() => {
				this.#timer = null;
				this.#timerAt = Number.POSITIVE_INFINITY;
				this.#on({ kind: 'due' });
			},
			Math.max(1, deadline - this.#nowMs()),
		);
	}

	#spawn(): void {
		this.#ended = null;
		if (this.#source.kind !== 'image') {
			this.#decode(this.#source, null);
			return;
		}
		readStill(this.#source.path).then(
			(still) => this.#decodeStill(still),
			(error: Error) => this.#decoderEnded({ spawnError: null, exitCode: 1, lines: [error.message], answered: false, frames: 0 }),
		);
	}

	#decodeStill({ width, height, rgb }: Still): void {
		if (this.#supervision.phase === 'stopping') this.#on({ kind: 'exited', fault: null });
		else this.#decode({ kind: 'still', width, height }, rgb);
	}

	#decode(source: PictureSource, pixels: Uint8Array | null): void {
		const command = ffmpegCommand(source, this.#camera);
		this.#sourceFps = null;
		this.#decoder = startDecoder(this.#ffmpeg, command.args, pixels ?? command.script ?? '', this.#secrets, {
			said: (said) => this.#heard(said),
			ready: () => !this.#frames.blocked,
			bytes: (chunk) => this.#frames.feed(chunk),
			ended: (end) => this.#decoderEnded(end),
		});
	}

	#kill(): void {
		this.#sampleCpu();
		this.#frames.reset();
		this.#decoder?.kill();
		// ffmpeg was gone already and only its last frame waited.
		if (this.#ended) this.#decoderEnded(this.#ended);
	}

	#heard(said: FfmpegSaid): void {
		switch (said.kind) {
			case 'frame': {
				const { numerator, denominator } = this.#timeBase;
				const mediaMs = this.#isFile && said.pts !== null ? (said.pts * numerator * 1000) / denominator : null;
				this.#frames.announce({ width: said.width, height: said.height, mediaMs });
				this.#decoder?.resume();
				break;
			}
			case 'time-base':
				this.#timeBase = said;
				break;
			case 'source-fps':
				// The input's is said before the output's.
				this.#sourceFps ??= said.fps;
				break;
			case 'answered':
				this.#on({ kind: 'answered' });
				break;
		}
	}

	#taken(seq: number): void {
		this.#frames.taken(seq);
		if (this.#ended) this.#decoderEnded(this.#ended);
		else this.#decoder?.resume();
	}

	#decoderEnded(end: FfmpegEnd): void {
		this.#ended = end;
		if (this.#frames.holding) return;
		this.#ended = null;
		this.#decoder = null;
		this.#pastCpuSeconds += this.#cpuSeconds;
		this.#cpuSeconds = 0;
		this.#frames.reset();
		this.#on({ kind: 'exited', fault: diagnose(this.#source, end) });
	}

	#tick(): void {
		this.#sampleCpu();
		if (this.#supervision.phase === 'live') this.#sendReport();
	}

	#sampleCpu(): void {
		const pid = this.#decoder?.pid;
		if (pid !== undefined) this.#cpuSeconds = cpuSeconds(pid) ?? this.#cpuSeconds;
	}

	#sendReport(): void {
		const { state, fault } = this.#supervision;
		const message = fault && faultMessage(fault, this.#source.kind, describeSource(this.#camera.url));
		this.#report({
			camera: this.#camera.id,
			state,
			reason: fault?.reason ?? null,
			message: message && scrub(message, this.#secrets),
			framesRead: this.#frames.framesRead,
			dropped: this.#frames.dropped,
			decoderCpuSeconds: this.#pastCpuSeconds + this.#cpuSeconds,
		});
	}

	#tell(message: CameraMessage): void {
		this.#reader.postMessage(message);
	}
}
