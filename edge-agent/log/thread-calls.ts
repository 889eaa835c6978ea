import type { MessagePort } from 'node:worker_threads';
import type { KeySources } from '../config/environment.source.js';
import { explain, type StoreErrorCode } from '../store/store-error.js';

/** What main gives a thread on its way. */
export interface ThreadData {
	readonly dataDir: string;
	/** Where the database's key may be. */
	readonly sources: KeySources;
}

/** main -> a thread of the log: call a method, and say the number of the call in the answer. */
export interface Call {
	readonly call: number;
	readonly method: string;
	readonly args: readonly unknown[];
}

/** A StoreError as it crosses threads, where errors lose their class. */
export interface Failure {
	readonly code: StoreErrorCode;
	readonly message: string;
}

export type Answer =
	| { readonly call: number; readonly value: unknown }
	| { readonly call: number; readonly failure: Failure }
	/** The events from one place to before another in what the same message says was appended. */
	| { readonly call: number; readonly part: readonly [from: number, to: number] };

/** thread -> main. */
export interface Answers {
	readonly answers: readonly Answer[];
	/** What has just become durable, in order: JSON of LoggedEvent[], which crosses threads in a quarter of the time that objects take. */
	readonly appended?: string;
	/** What went wrong although nobody asked for it: the log's head could not be authenticated. */
	readonly problem?: Failure;
}

/** The first answer of every thread says that it has started (or why it could not), as if this had been called. */
export const STARTED = 0;
/** Every thread's last call: finish what has come before, close everything. The thread then ends by itself. */
export const STOP = 'stop';

export function failure(error: unknown, dataDir: string): Failure {
	const { code, message } = explain(error, dataDir);
	return { code, message };
}

/**
 * Runs a thread's `start`, says on the port how it went and, if it went well, hands over each call until the thread is told to
 * stop.
 */
export function serve<T>(
	port: MessagePort,
	dataDir: string,
	start: () => { readonly started: T; receive(call: Call): void; stop(): void },
): void {
	const answer = (one: Answer) => port.postMessage({ answers: [one] } satisfies Answers);
	try {
		const thread = start();
		port.on('message', (call: Call) => {
			if (call.method !== STOP) return thread.receive(call);
			thread.stop();
			answer({ call: call.call, value: null });
			port.close();
		});
		answer({ call: STARTED, value: thread.started });
	} catch (error) {
		answer({ call: STARTED, failure: failure(error, dataDir) });
		port.close();
	}
}
