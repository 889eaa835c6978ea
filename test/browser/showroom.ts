import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import type { EventType, LoggedEvent } from '../../edge-agent/contract/events.js';

const cli = join(import.meta.dirname, '../../dist/edge-agent/cli.js');

/** The `showroom` command running as a user starts it. */
export interface Showroom {
	/** The console's address, as the command printed it. */
	readonly url: string;
	/** Everything that it printed for people so far. */
	said(): string;
	/** Ends the process and answers when it has ended. */
	end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/**
 * Starts `showroom` and waits until it says where its console is.
 * @throws Error with what it printed, when it ends before that
 */
export async function startShowroom(...args: string[]): Promise<Showroom> {
	const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'inherit', 'pipe'] });
	process.once('exit', () => child.kill('SIGKILL'));
	const end = async (signal: NodeJS.Signals) => {
		if (child.exitCode !== null || child.signalCode !== null) return;
		const ended = once(child, 'exit');
		child.kill(signal);
		await ended;
	};
	let printed = '';
	const url = await printedUrl(child, (text) => {
		printed += text;
		return printed;
	});
	return { url, said: () => printed, end };
}

/** @param add takes what was printed now, answers all of it */
function printedUrl(child: ChildProcess, add: (text: string) => string): Promise<string> {
	return new Promise((resolve, reject) => {
		child.stderr?.setEncoding('utf8').on('data', (text: string) => {
			const url = /(?:Console|Later): (http\S+) .*\n/.exec(add(text))?.[1];
			if (url) resolve(url);
		});
		child.once('exit', (code) => reject(new Error(`showroom ended with ${code}:\n${add('')}`)));
	});
}

/** What `showroom log show` prints. */
export async function storedLog(dataDir: string): Promise<LoggedEvent[]> {
	const { stdout } = await showroom('log', 'show', '--data', dataDir, '--after', '0', '--limit', '100000', '--json');
	return stdout
		.split('\n')
		.filter((line) => line !== '')
		.map((line): LoggedEvent => JSON.parse(line));
}

/** Waits until a screen has said that it shows the alert: whoever accepts faster than that needs no telling any more. */
export async function shown(dataDir: string, alert: string): Promise<void> {
	const received = async () => ofType(await storedLog(dataDir), 'alert.received').filter(({ body }) => body.alert === alert);
	await expect.poll(received, { timeout: 10_000 }).not.toEqual([]);
}

/** Runs a command to its end. @throws when it exits with anything but 0 */
export function showroom(...args: string[]) {
	return promisify(execFile)(process.execPath, [cli, ...args], { maxBuffer: 64 * 1024 * 1024 });
}

/** The events of one type. */
export function ofType<T extends EventType>(events: readonly LoggedEvent[], type: T): Extract<LoggedEvent, { type: T }>[] {
	return events.filter((event): event is Extract<LoggedEvent, { type: T }> => event.type === type);
}
