import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { KeySources } from '../config/environment.source.js';

/** parent -> the process that opens. */
export interface OpeningLog {
	readonly dataDir: string;
	/** Whose visits are asked for first (Unix ms). */
	readonly day: { readonly from: number; readonly to: number };
}

/** The process that opens -> parent. */
export interface OpenedLog {
	readonly openMs: number;
}

/** The bench's logs are sealed under a key in their own folder, whatever the environment says. */
export const noKeySources: KeySources = { credentialsDirectory: null, environmentKey: null };

/** How long a process that has just begun takes from opening the log to its first answer. The process has ended when this answers. */
export async function openLogElsewhere(job: OpeningLog): Promise<OpenedLog> {
	const child = fork(new URL('./log-open.process.js', import.meta.url), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
	const ended = once(child, 'exit');
	child.send(job);
	let opened: OpenedLog | undefined;
	child.once('message', (answer) => {
		opened = answer as OpenedLog;
	});
	const [code] = await ended;
	if (!opened) throw new Error(`the process that opens the log ended (${code})`);
	return opened;
}
