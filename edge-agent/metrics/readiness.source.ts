import { statfs } from 'node:fs/promises';
import type { ShowroomLog, ShowroomQueries } from '../log/log.types.js';

/** What may not be ready. No names: everybody may ask. */
export type Unready = 'log-writer' | 'log-reader' | 'recogniser' | 'cameras' | 'disk' | 'followers';

export interface ReadinessOptions {
	readonly dataDir: string;
	readonly log: Pick<ShowroomLog, 'append' | 'followers'>;
	readonly queries: Pick<ShowroomQueries, 'staff'>;
	/** The networks are loaded. */
	readonly recogniser: () => boolean;
	/** The cameras have been started, whether or not each brings a picture. */
	readonly cameras: () => boolean;
}

/** A thread that has not answered in this time (ms) does not work. */
const ANSWER_MS = 2000;
/** Free bytes below which nothing may be written for long. */
const ROOM = 200 * 1024 * 1024;
/** Turns that failed in a row, each after a longer wait: about 20 s. */
const STUCK = 8;

/** Whether the agent can do its work. */
export class Readiness {
	readonly #options: ReadinessOptions;
	#running: Promise<Unready[]> | null = null;

	constructor(options: ReadinessOptions) {
		this.#options = options;
	}

	/** What is not ready; empty: everything is. Whoever asks meanwhile gets the same answer. */
	unready(): Promise<Unready[]> {
		this.#running ??= this.#look().finally(() => {
			this.#running = null;
		});
		return this.#running;
	}

	async #look(): Promise<Unready[]> {
		const { dataDir, log, queries, recogniser, cameras } = this.#options;
		const [writer, reader, room] = await Promise.all([
			answers(log.append([])),
			answers(queries.staff()),
			statfs(dataDir).then(
				({ bavail, bsize }) => bavail * bsize >= ROOM,
				() => false,
			),
		]);
		const states: readonly [Unready, boolean][] = [
			['log-writer', writer],
			['log-reader', reader],
			['recogniser', recogniser()],
			['cameras', cameras()],
			['disk', room],
			['followers', log.followers().every(({ failures }) => failures < STUCK)],
		];
		return states.filter(([, ready]) => !ready).map(([what]) => what);
	}
}

/** Whether something answers in time, and not with an error. */
async function answers(work: Promise<unknown>): Promise<boolean> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<false>((resolve) => {
		timer = setTimeout(() => resolve(false), ANSWER_MS);
	});
	const answered = work.then(
		() => true,
		() => false,
	);
	const answer = await Promise.race([answered, late]);
	clearTimeout(timer);
	return answer;
}
