import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export const cli = join(import.meta.dirname, '../../../dist/edge-agent/cli.js');

export interface CommandOptions {
	/** Written to stdin, which is then closed. */
	readonly input?: string;
	readonly env?: Readonly<Record<string, string>>;
	/** Run as this user instead of root. */
	readonly uid?: number;
	/** The folder it runs in; by default ours. */
	readonly cwd?: string;
	/** Options of node's own. */
	readonly node?: readonly string[];
}

/** The `showroom` command as a user runs it, in a process group of its own, as a terminal would. */
export class Command {
	out = '';
	err = '';
	readonly #child: ChildProcess;
	readonly #ended: Promise<unknown>;

	constructor(args: readonly string[], { input, env = {}, uid, cwd, node = [] }: CommandOptions = {}) {
		const command = [process.execPath, ...node, cli, ...args];
		const as = uid === undefined ? [] : ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'];
		const [program = '', ...rest] = [...as, ...command];
		this.#child = spawn(program, rest, { cwd, env: { ...process.env, ...env }, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
		this.#ended = once(this.#child, 'close');
		this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
			this.out += text;
		});
		this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
			this.err += text;
		});
		this.#child.stdin?.on('error', () => {});
		if (input === undefined) this.#child.stdin?.end();
		else this.#child.stdin?.end(input);
	}

	get pid(): number {
		return this.#child.pid ?? 0;
	}

	get running(): boolean {
		return this.#child.exitCode === null && this.#child.signalCode === null;
	}

	/** stdout, one parsed value a line. */
	json<T>(): T[] {
		return this.out
			.split('\n')
			.filter((line) => line !== '')
			.map((line): T => JSON.parse(line));
	}

	/** Waits until what it printed holds this. @throws Error when it ends before that, or after `ms` */
	async says(words: string | RegExp, ms: number): Promise<RegExpExecArray> {
		const wanted = typeof words === 'string' ? new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : words;
		for (const deadline = Date.now() + ms; ; ) {
			const found = wanted.exec(this.err) ?? wanted.exec(this.out);
			if (found) return found;
			if (!this.running || Date.now() > deadline)
				throw new Error(`Not said ${this.running ? `within ${ms} ms` : 'before the end'}: ${words}\n${this.err}\n${this.out}`);
			await wait(10);
		}
	}

	/** Waits for its end. Answers the exit code; null: a signal ended it. */
	async end(): Promise<number | null> {
		await this.#ended;
		return this.#child.exitCode;
	}

	/** To the process alone. Answers once it is gone. */
	async kill(signal: NodeJS.Signals): Promise<number | null> {
		if (this.running) this.#child.kill(signal);
		return this.end();
	}

	/** Ctrl+C in a terminal goes to the whole group: to the children as well. */
	async ctrlC(): Promise<number | null> {
		process.kill(-this.pid, 'SIGINT');
		return this.end();
	}
}

/** Runs a command to its end. */
export async function showroom(args: readonly string[], options: CommandOptions = {}): Promise<Command & { readonly code: number | null }> {
	const command = new Command(args, options);
	return Object.assign(command, { code: await command.end() });
}

interface ProcessSeen {
	readonly pid: number;
	readonly parent: number;
	readonly name: string;
	readonly commandLine: string;
}

/** Every process on the machine. */
export function processes(): ProcessSeen[] {
	return readdirSync('/proc')
		.filter((entry) => /^\d+$/.test(entry))
		.flatMap((entry) => {
			try {
				const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
				const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
				const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
				return [{ pid: Number(entry), parent: Number(parent), name, commandLine: readFileSync(`/proc/${entry}/cmdline`, 'utf8') }];
			} catch {
				// It has ended meanwhile.
				return [];
			}
		});
}

export const childrenOf = (pid: number): ProcessSeen[] => processes().filter(({ parent }) => parent === pid);
