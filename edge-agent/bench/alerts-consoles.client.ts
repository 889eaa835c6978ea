import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { CheckIn } from '../contract/api.js';
import type { BenchScreen, ConsolesAnswer, ConsolesJob } from './alerts-consoles.process.js';

type Report = Extract<ConsolesAnswer, { is: 'report' }>;

/** This process's end of the bench's consoles. */
export class BenchConsoles {
	/** What went wrong over there, for people. */
	readonly failures: string[] = [];
	readonly #child: ChildProcess;
	readonly #onCheckedIn: (visit: string, at: number) => void;
	#answered: (answer: ConsolesAnswer) => void = () => {};

	/** @param onCheckedIn told the visit of a check-in and when its request began (CLOCK_MONOTONIC, ms) */
	constructor(onCheckedIn: (visit: string, at: number) => void) {
		this.#onCheckedIn = onCheckedIn;
		this.#child = fork(new URL('./alerts-consoles.process.js', import.meta.url), {
			execArgv: [],
			stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
		});
		this.#child.on('message', (answer: ConsolesAnswer) => {
			if (answer.is === 'checked-in') this.#onCheckedIn(answer.visit, answer.at);
			else if (answer.is === 'failed') this.failures.push(answer.why);
			else this.#answered(answer);
		});
	}

	/** Answers when every screen is live. @throws Error when one is not let in */
	async connect(url: string, screens: readonly BenchScreen[], kiosk: string, seed: number): Promise<void> {
		await this.#ask({ do: 'connect', url, seed, screens, kiosk });
		if (this.failures.length > 0) throw new Error(this.failures.join('\n'));
	}

	checkIn(form: CheckIn): void {
		this.#send({ do: 'check-in', form });
	}

	async report(): Promise<Report> {
		const answer = await this.#ask({ do: 'report' });
		if (answer.is !== 'report') throw new Error(`the consoles answered ${answer.is}`);
		return answer;
	}

	async stop(): Promise<void> {
		if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
		const exit = once(this.#child, 'exit');
		this.#child.disconnect();
		await exit;
	}

	async #ask(job: ConsolesJob): Promise<ConsolesAnswer> {
		const ended = once(this.#child, 'exit').then(() => {
			throw new Error('the process with the consoles ended');
		});
		const answer = new Promise<ConsolesAnswer>((resolve) => {
			this.#answered = resolve;
		});
		this.#send(job);
		ended.catch(() => {});
		return Promise.race([answer, ended]);
	}

	#send(job: ConsolesJob): void {
		this.#child.send(job);
	}
}
