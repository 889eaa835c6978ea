import { parseConfig } from '../../config/config.source.js';
import type { VisionInput } from '../../visits/visits.types.js';
import { type BenchShowroom, openBenchShowroom } from '../showroom.js';
import { PlayedClock, type PlayedTime } from './clock.js';
import { HOUR, type SaturdayStaff } from './script.js';

/** What the bench tells the showroom's process. */
export type ShowroomJob =
	| {
			readonly do: 'open';
			readonly dataDir: string;
			readonly port: number;
			readonly time: PlayedTime;
			readonly wallOffMs: number;
			/** Whom to make, in an empty folder. */
			readonly people: { readonly staff: readonly SaturdayStaff[]; readonly customers: readonly (readonly [string, string])[] } | null;
	  }
	/** A camera saw this at `dayMs`. */
	| { readonly do: 'see'; readonly id: number; readonly input: Unseen; readonly dayMs: number }
	| { readonly do: 'clock'; readonly stepMs: number }
	| { readonly do: 'close' };
/** What a camera tells, without the moment: that is the played clock's. */
export type Unseen = VisionInput extends infer V ? (V extends unknown ? Omit<V, 'at'> : never) : never;
export type ShowroomAnswer =
	| { readonly is: 'open'; readonly url: string; readonly port: number; readonly cookies: Readonly<Record<string, string>> }
	| { readonly is: 'seen'; readonly id: number }
	| { readonly is: 'problem'; readonly what: string }
	| { readonly is: 'closed' };

interface Open {
	readonly showroom: BenchShowroom;
	readonly clock: PlayedClock;
}

let opening: Promise<Open> | undefined;
const answer = (message: ShowroomAnswer) => process.send?.(message);

process.on('message', (job: ShowroomJob) => {
	run(job).catch((error) => {
		answer({ is: 'problem', what: String(error) });
		process.exit(1);
	});
});

async function run(job: ShowroomJob): Promise<void> {
	if (job.do === 'open') {
		opening = openShowroom(job);
		await opening;
		return;
	}
	// What comes meanwhile waits until the doors are open.
	const open = await opening;
	if (!open) throw new Error('nobody has opened the showroom');
	const { showroom, clock } = open;
	if (job.do === 'see') {
		const { wall, boot } = clock.now();
		const at = { wall: Math.round(wall - (clock.dayMs - job.dayMs)), mono: job.dayMs, boot };
		// The moment is the only thing that a camera's event lacked.
		await showroom.floor.see({ ...job.input, at } as VisionInput);
		answer({ is: 'seen', id: job.id });
	} else if (job.do === 'clock') clock.wallOffMs += job.stepMs;
	else {
		await showroom.close();
		answer({ is: 'closed' });
		process.disconnect?.();
	}
}

async function openShowroom(job: Extract<ShowroomJob, { do: 'open' }>): Promise<Open> {
	const clock = new PlayedClock(job.time);
	clock.wallOffMs = job.wallOffMs;
	const config = parseConfig(
		{
			entrances: [
				{ id: 'main', name: '大门' },
				{ id: 'side', name: '侧门' },
			],
		},
		'the bench',
	);
	const showroom = await openBenchShowroom({
		...{ dataDir: job.dataDir, port: job.port, config, now: () => clock.now(), timers: clock },
		onProblem: (message, error) => answer({ is: 'problem', what: `${message}: ${error instanceof Error ? error.message : String(error)}` }),
	});
	const cookies: Record<string, string> = {};
	if (job.people) {
		const { staff, customers } = job.people;
		await showroom.log.append(
			[],
			customers.map(([id, consultant]) => ({ table: 'customers', id, name: id, telephone: null, consultant }) as const),
		);
		for (const { id, role } of staff) {
			await showroom.access.accounts.add({ id, name: id, role, onDuty: true }, 'cli');
			cookies[id] = await showroom.cookie(id);
		}
	}
	answer({ is: 'open', url: showroom.url, port: Number(new URL(showroom.url).port), cookies });
	return { showroom, clock };
}

/** A Saturday begins at nine. */
export function saturdayMorning(): number {
	return new Date(2026, 10, 28).getTime() + 9 * HOUR;
}
