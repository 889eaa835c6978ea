import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

/** What a clip for the server shows: ffmpeg's moving test picture. */
export interface ClipOptions {
	readonly codec: 'h264' | 'h265';
	readonly width: number;
	readonly height: number;
	readonly seconds: number;
	/** Frames from one key frame to the next. */
	readonly gop: number;
}

/** Makes a clip without B-frames and with whole key frames, as cameras send them: 25 frames a second. Answers its path. */
export async function makeClip(folder: string, name: string, options: ClipOptions): Promise<string> {
	const { codec, width, height, seconds, gop } = options;
	const path = join(folder, `${name}.${codec}`);
	const encoder =
		codec === 'h264'
			? ['-c:v', 'libx264', '-profile:v', 'main', '-tune', 'zerolatency', '-x264-params', 'sliced-threads=0', '-bf', '0', '-g', `${gop}`]
			: ['-c:v', 'libx265', '-x265-params', `log-level=error:bframes=0:keyint=${gop}:scenecut=0`];
	const picture = ['-f', 'lavfi', '-i', `testsrc2=s=${width}x${height}:r=25`, '-t', `${seconds}`];
	await promisify(execFile)('ffmpeg', ['-v', 'error', '-y', ...picture, '-preset', 'veryfast', ...encoder, '-pix_fmt', 'yuv420p', path]);
	return path;
}

export interface RtspServerOptions {
	/** Mount -> its clips, played in turn for ever. */
	readonly mounts: Readonly<Record<string, readonly string[]>>;
	readonly auth?: { readonly method: 'basic' | 'digest'; readonly user: string; readonly password: string };
	/** By default a free one. */
	readonly port?: number;
}

/** A real RTSP server in a process of its own. */
export class RtspServer {
	readonly port: number;
	/** The transport of each client that has come so far. */
	readonly transports: readonly string[];
	readonly #child;

	private constructor(child: ReturnType<typeof spawn>, port: number, transports: readonly string[]) {
		this.#child = child;
		this.port = port;
		this.transports = transports;
	}

	/** Resolves once the server listens. */
	static async start(options: RtspServerOptions): Promise<RtspServer> {
		const script = join(import.meta.dirname, 'server.py');
		const child = spawn('/usr/bin/python3', [script], { stdio: ['pipe', 'pipe', 'inherit'] });
		child.stdin.write(`${JSON.stringify({ fps: 25, port: 0, ...options })}\n`);
		const transports: string[] = [];
		const port = await new Promise<number>((resolve, reject) => {
			child.once('error', reject);
			child.once('exit', (code) => reject(new Error(`The RTSP server ended with ${code} before it listened`)));
			createInterface({ input: child.stdout }).on('line', (line) => {
				const message: { port?: number; transport?: string } = JSON.parse(line);
				if (message.port !== undefined) resolve(message.port);
				if (message.transport !== undefined) transports.push(message.transport);
			});
		});
		return new RtspServer(child, port, transports);
	}

	/** @param login `user:password`, each percent-encoded */
	url(mount: string, login?: string): string {
		return `rtsp://${login === undefined ? '' : `${login}@`}127.0.0.1:${this.port}/${mount}`;
	}

	/** Stops or restarts the pictures; RTSP goes on answering. */
	toggleStall(): void {
		this.#child.kill('SIGUSR1');
	}

	freeze(): void {
		this.#child.kill('SIGSTOP');
	}

	thaw(): void {
		this.#child.kill('SIGCONT');
	}

	/** Ends it the hard way (frozen or not), as if its cable were cut and its port closed. */
	async stop(): Promise<void> {
		if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
		const gone = once(this.#child, 'exit');
		this.#child.kill('SIGKILL');
		await gone;
	}
}
