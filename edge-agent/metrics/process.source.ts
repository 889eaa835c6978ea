import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { Metric } from './exposition.js';

/** How often (ms) the event loop is looked at; the histogram's times have it in them. */
const LOOK_MS = 10;
/** The delays told are those of a whole window (ms), so that whoever reads, and how often, changes nothing. */
const WINDOW_MS = 60_000;

/** What the process itself costs, and how late its main thread comes to things. */
export class ProcessFigures {
	#delay: IntervalHistogram | null = null;
	#rotation: NodeJS.Timeout | undefined;
	/** Of the last whole window. */
	#lastWindow: Metric | null = null;

	start(): void {
		const delay = monitorEventLoopDelay({ resolution: LOOK_MS });
		delay.enable();
		this.#delay = delay;
		this.#rotation = setInterval(() => {
			this.#lastWindow = delays(delay);
			delay.reset();
		}, WINDOW_MS);
	}

	stop(): void {
		clearInterval(this.#rotation);
		this.#delay?.disable();
		this.#delay = null;
		this.#lastWindow = null;
	}

	metrics(): Metric[] {
		const { user, system } = process.cpuUsage();
		const { rss, heapUsed, external } = process.memoryUsage();
		const gauge = (name: string, help: string, value: number): Metric => ({ name, help, type: 'gauge', samples: [{ value }] });
		const delay = this.#lastWindow ?? (this.#delay && delays(this.#delay));
		return [
			...(delay ? [delay] : []),
			{
				...{ name: 'process_cpu_seconds_total', help: 'CPU time of all threads.', type: 'counter' },
				samples: [{ value: (user + system) / 1e6 }],
			},
			gauge('process_resident_memory_bytes', 'Memory that is resident.', rss),
			gauge('showroom_heap_used_bytes', "The main thread's heap.", heapUsed),
			gauge('showroom_external_memory_bytes', 'Buffers outside of the heap.', external),
			gauge('process_start_time_seconds', 'When the process started, Unix time.', Math.round(Date.now() / 1000 - process.uptime())),
		];
	}
}

function delays(delay: IntervalHistogram): Metric {
	// Before the first look the histogram says NaN and nothing.
	const late = (nanoseconds: number) => (delay.count === 0 ? 0 : Math.max(0, nanoseconds / 1e9 - LOOK_MS / 1000));
	return {
		...{ name: 'showroom_event_loop_delay_seconds', type: 'gauge' },
		help: 'How late the main thread came to its timers in the last whole minute; in the first minute since the start.',
		samples: [
			{ labels: { stat: 'p50' }, value: late(delay.percentile(50)) },
			{ labels: { stat: 'p99' }, value: late(delay.percentile(99)) },
			{ labels: { stat: 'max' }, value: late(delay.max) },
		],
	};
}
