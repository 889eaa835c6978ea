import type { CameraView } from '../contract/api.js';
import { cameraStateSchema } from '../contract/vocabulary.js';
import type { FollowerPlace, ShowroomLog, ShowroomQueries } from '../log/log.types.js';
import { exposition, type Metric } from './exposition.js';
import { FloorCounts } from './floor-counts.js';
import { ProcessFigures } from './process.source.js';

export interface MetricsOptions {
	readonly log: Pick<ShowroomLog, 'lastSeq' | 'onAppended' | 'followers'>;
	readonly queries: Pick<ShowroomQueries, 'alerts'>;
	readonly cameras: () => readonly CameraView[];
}

/** What Prometheus asks for: counted from the log as it grows, and read where it stands when asked. */
export class Metrics {
	readonly #options: MetricsOptions;
	readonly #floor = new FloorCounts();
	readonly #process = new ProcessFigures();
	#deaf: (() => void) | null = null;

	constructor(options: MetricsOptions) {
		this.#options = options;
	}

	/** Before anything happens on the floor. */
	async start(): Promise<void> {
		const { log, queries } = this.#options;
		this.#process.start();
		this.#deaf = log.onAppended((events) => this.#floor.hear(events));
		this.#floor.begin(await queries.alerts({ open: true }));
	}

	stop(): void {
		this.#deaf?.();
		this.#deaf = null;
		this.#process.stop();
	}

	/** All of it in Prometheus' text format. @param sockets screens that are connected */
	async text(sockets: number): Promise<string> {
		const { log, cameras } = this.#options;
		const lastSeq = await log.lastSeq();
		return exposition([
			...this.#floor.metrics(),
			...cameraMetrics(cameras()),
			...logMetrics(lastSeq, log.followers()),
			{ name: 'showroom_sockets', help: 'Screens that are connected.', type: 'gauge', samples: [{ value: sockets }] },
			...this.#process.metrics(),
		]);
	}
}

function cameraMetrics(cameras: readonly CameraView[]): Metric[] {
	return [
		{
			...{ name: 'showroom_camera_frames_dropped_total', help: 'Frames that came before the last one was analysed.', type: 'counter' },
			samples: cameras.map(({ id: camera, dropped }) => ({ labels: { camera }, value: dropped })),
		},
		{
			...{ name: 'showroom_camera_fps', help: 'Frames analysed a second.', type: 'gauge' },
			samples: cameras.map(({ id: camera, fps }) => ({ labels: { camera }, value: fps })),
		},
		{
			...{ name: 'showroom_camera_state', help: '1 for what the camera is doing.', type: 'gauge' },
			samples: cameras.flatMap(({ id: camera, state: now }) =>
				cameraStateSchema.options.map((state) => ({ labels: { camera, state }, value: state === now ? 1 : 0 })),
			),
		},
	];
}

function logMetrics(lastSeq: number, followers: readonly FollowerPlace[]): Metric[] {
	return [
		{ name: 'showroom_log_last_seq', help: "The last event's seq.", type: 'gauge', samples: [{ value: lastSeq }] },
		{
			...{ name: 'showroom_log_lag_events', help: 'Events that a follower of the log has still to handle.', type: 'gauge' },
			samples: followers.map(({ name: follower, seq }) => ({ labels: { follower }, value: Math.max(0, lastSeq - seq) })),
		},
		{
			...{ name: 'showroom_log_follower_failures', help: 'Turns of a follower that failed in a row.', type: 'gauge' },
			samples: followers.map(({ name: follower, failures }) => ({ labels: { follower }, value: failures })),
		},
	];
}
