// Loaded into an agent by node's --import: notes how long its main thread was busy at a stretch, and says so on SIGUSR2. Linux only.
import { openSync, readSync, writeSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** The kernel counts a thread's time in steps of a tick: 4 ms at 250 Hz. */
const TICK_MS = 4;

if (isMainThread) {
	const file = openSync('/proc/self/schedstat', 'r');
	const buffer = Buffer.alloc(64);
	// How long this thread has run, and how long it has waited for a processor, in ns.
	const read = () =>
		buffer
			.toString('latin1', 0, readSync(file, buffer, 0, 64, 0))
			.split(' ')
			.map((ns) => Number(ns) / 1e6);
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	let at = performance.now();
	let [ran = 0, waited = 0] = read();
	let busy = [];
	let reports = 0;

	const look = () => {
		const now = performance.now();
		const [run = 0, wait = 0] = read();
		// Neither what it waited for a processor that others had, nor what the machine itself was not given one.
		busy.push(Math.max(0, Math.min(now - at - (wait - waited) - 1, run - ran + TICK_MS)));
		[at, ran, waited] = [now, run, wait];
		setTimeout(look, 1).unref();
	};
	setTimeout(look, 1).unref();

	process.on('SIGUSR2', () => {
		const sorted = busy.sort((a, b) => a - b);
		const of = (share) => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
		const ms = (ns) => Math.round(ns / 1e5) / 10;
		const report = { busyMs: { p99: of(0.99), max: of(1) }, delayMs: { p99: ms(delay.percentile(99)), max: ms(delay.max) } };
		writeSync(2, `main thread ${++reports}: ${JSON.stringify(report)}\n`);
		busy = [];
		delay.reset();
	});
}
