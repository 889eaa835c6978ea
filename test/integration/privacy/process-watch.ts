import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processes } from '../cli/command.js';
import type { Piece } from './secret-search.js';

const EVERY_MS = 40;

/**
 * Looks at the process list, and at the environments of what certain processes started, over and over. Their ffmpeg is one that first writes
 * down how it was called: some live for a few milliseconds only.
 */
export class ProcessWatch {
	/** A folder with an `ffmpeg`, to stand first in PATH. */
	readonly path: string;
	/** Their environments are their own business: a key may have been given to them that way. */
	readonly parents = new Set<number>();
	readonly #calls: string;
	readonly #seen = new Map<string, Piece>();
	#timer: NodeJS.Timeout | undefined;

	constructor(folder: string) {
		this.path = join(folder, 'bin');
		this.#calls = join(folder, 'calls');
		for (const made of [this.path, this.#calls]) mkdirSync(made, { recursive: true });
		const real = execFileSync('sh', ['-c', 'command -v ffmpeg'], { encoding: 'utf8' }).trim();
		const call = `${this.#calls}/$$`;
		const script = `#!/bin/sh\ncat /proc/$$/cmdline > ${call}.arguments\ncat /proc/$$/environ > ${call}.environment\nexec ${real} "$@"\n`;
		writeFileSync(join(this.path, 'ffmpeg'), script, { mode: 0o755 });
	}

	start(): void {
		this.#timer = setInterval(() => this.#look(), EVERY_MS);
	}

	stop(): void {
		clearInterval(this.#timer);
	}

	/** Each command line and environment, once. */
	get pieces(): Piece[] {
		const calls = readdirSync(this.#calls).map((name) => {
			const what = name.endsWith('.arguments') ? 'process list' : 'environment';
			return { place: `${what} (ffmpeg's own record)`, bytes: readFileSync(join(this.#calls, name)) };
		});
		return [...this.#seen.values(), ...calls];
	}

	#look(): void {
		const all = processes();
		const byPid = new Map(all.map((one) => [one.pid, one]));
		const isBelow = (pid: number): boolean => {
			for (let up = byPid.get(pid)?.parent; up !== undefined; up = byPid.get(up)?.parent) if (this.parents.has(up)) return true;
			return false;
		};
		for (const { pid, parent, name, commandLine } of all) {
			this.#keep(`process list (${name})`, Buffer.from(commandLine));
			// One that is still its parent, a moment before it becomes another program, has its parent's environment.
			if (!isBelow(pid) || commandLine === byPid.get(parent)?.commandLine) continue;
			try {
				this.#keep(`environment of ${name}`, readFileSync(`/proc/${pid}/environ`));
			} catch {
				// It has ended meanwhile.
			}
		}
	}

	#keep(place: string, bytes: Buffer): void {
		this.#seen.set(`${place}\n${bytes.toString('latin1')}`, { place, bytes });
	}
}
