import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { PlayedClock, type PlayedTime } from './clock.js';
import type { Saturday } from './script.js';
import type { ShowroomAnswer, ShowroomJob, Unseen } from './showroom.process.js';

/** The showroom in a process of its own, which can be killed; what it had not confirmed by then is told again. */
export class SaturdayShowroom {
	readonly problems: string[] = [];
	readonly clock: PlayedClock;
	readonly #dataDir: string;
	readonly #time: PlayedTime;
	readonly #unconfirmed = new Map<number, Extract<ShowroomJob, { do: 'see' }>>();
	#child: ChildProcess | undefined;
	#next = 0;
	#port = 0;
	#cookies: Readonly<Record<string, string>> = {};

	constructor(dataDir: string, time: PlayedTime) {
		this.#dataDir = dataDir;
		this.#time = time;
		this.clock = new PlayedClock(time);
	}

	get url(): string {
		return `http://127.0.0.1:${this.#port}`;
	}

	cookie(staff: string): string {
		return this.#cookies[staff] ?? '';
	}

	/** @param day whom to make at the first opening */
	async open(day: Saturday | null): Promise<void> {
		const child = fork(new URL('./showroom.process.js', import.meta.url), {
			execArgv: [],
			stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
		});
		this.#child = child;
		const opened = new Promise<Extract<ShowroomAnswer, { is: 'open' }>>((resolve, reject) => {
			child.on('message', (answer: ShowroomAnswer) => {
				if (answer.is === 'open') resolve(answer);
				else if (answer.is === 'seen') this.#unconfirmed.delete(answer.id);
				else if (answer.is === 'problem') this.problems.push(answer.what);
			});
			child.once('exit', (code) => reject(new Error(`the showroom's process ended with ${code}: ${this.problems.join('; ')}`)));
		});
		const people = day && { staff: day.staff, customers: [...day.customers] };
		const { wallOffMs } = this.clock;
		this.#send({ do: 'open', dataDir: this.#dataDir, port: this.#port, time: this.#time, wallOffMs, people });
		const { port, cookies } = await opened;
		this.#port = port;
		if (day) this.#cookies = cookies;
		for (const job of this.#unconfirmed.values()) this.#send(job);
	}

	/** What a camera sees. */
	see(input: Unseen, dayMs: number): void {
		const job = { do: 'see', id: this.#next++, input, dayMs } as const;
		this.#unconfirmed.set(job.id, job);
		this.#send(job);
	}

	setClock(stepMs: number): void {
		this.clock.wallOffMs += stepMs;
		this.#send({ do: 'clock', stepMs });
	}

	/** As the power goes. */
	async kill(): Promise<void> {
		const child = this.#child;
		if (!child || child.exitCode !== null || child.signalCode !== null) return;
		child.removeAllListeners();
		const exit = once(child, 'exit');
		child.kill('SIGKILL');
		await exit;
	}

	async close(): Promise<void> {
		const child = this.#child;
		if (!child || child.exitCode !== null) return;
		child.removeAllListeners('exit');
		const exit = once(child, 'exit');
		this.#send({ do: 'close' });
		await exit;
	}

	#send(job: ShowroomJob): void {
		// Nobody hears it while the process is down; what matters is told again.
		this.#child?.send(job, () => {});
	}
}
