import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { now } from '../clock.js';
import { parseConfig } from '../config/config.source.js';
import { seededRandom } from '../demo/random.js';
import type { RowChange } from '../log/log.types.js';
import { deliveryId, toldBy } from '../sockets/deliveries.js';
import { realTimers } from '../timers.js';
import { BenchConsoles } from './alerts-consoles.client.js';
import type { BenchScreen } from './alerts-consoles.process.js';
import { Day, type DayPeople } from './alerts-day.js';
import { type Tally, tally } from './alerts-tally.js';
import { type BenchShowroom, openBenchShowroom } from './showroom.js';
import { quantile } from './timing.js';

export interface AlertsBenchOptions {
	/** Two to a member of staff: a phone and a desktop. */
	readonly consoles: number;
	/** After those of the warming up. */
	readonly alerts: number;
}

/** What `showroom bench alerts --json` prints. */
export interface AlertsBench {
	readonly consoles: number;
	readonly alerts: number;
	/** Told in the log and shown on no screen; and live events that did not come to a screen. */
	readonly lost: number;
	/** Handed again to a screen that had confirmed them. */
	readonly doubled: number;
	/** From the crossing or check-in to the alert on each screen of whoever is told. */
	readonly latencyMs: { readonly p50: number; readonly p99: number };
	/** From there to the visit on every console. */
	readonly broadcastMs: { readonly p99: number };
}

/** Alerts a second on average: what a store of this size has in minutes. */
const RATE = 10;
/** Alerts before anything counts. */
const WARM = 50;
/** So long what is under way may take to end. */
const SETTLE_MS = 6000;
const SEED = 1;
const ROWS = 500;

/**
 * The agent's log, floor, desk and server with consoles in another process: known customers walk in and guests check in for a host;
 * whoever is told accepts and greets, and the visitor leaves.
 *
 * @param note gets what is being done, for people
 */
export async function benchAlerts(options: AlertsBenchOptions, note: (text: string) => void): Promise<AlertsBench> {
	const dataDir = await mkdtemp(join(tmpdir(), 'showroom-bench-'));
	try {
		return await run(dataDir, options, note);
	} finally {
		await rm(dataDir, { recursive: true, force: true });
	}
}

async function run(dataDir: string, { consoles: count, alerts }: AlertsBenchOptions, note: (text: string) => void): Promise<AlertsBench> {
	const onProblem = (message: string, error: unknown) => note(`${message}: ${String(error)}`);
	const config = parseConfig({ entrances: [{ id: 'main', name: 'main' }] }, 'bench alerts');
	const showroom = await openBenchShowroom({ dataDir, config, now, timers: realTimers, port: 0, onProblem });
	let day: Day | null = null;
	const consoles = new BenchConsoles((visit, at) => day?.begun.set(visit, at));
	try {
		const people = await hire(showroom, Math.ceil(count / 2), alerts + WARM);
		note(`connecting ${count} consoles of ${people.hosts.length} members of staff`);
		await consoles.connect(showroom.url, await screens(showroom, people.hosts, count), await kiosk(showroom), SEED);
		day = new Day(showroom, people, (form) => consoles.checkIn(form), seededRandom(SEED));
		await day.play(WARM, RATE);
		await sleep(SETTLE_MS);
		day.begun.clear();
		note(`${alerts} alerts, ${RATE} a second`);
		const delay = monitorEventLoopDelay({ resolution: 1 });
		delay.enable();
		await day.play(alerts, RATE);
		await sleep(SETTLE_MS);
		delay.disable();
		const ms = (ns: number) => (ns / 1e6).toFixed(1);
		note(
			`main thread's event loop: p50 ${ms(delay.percentile(50))}, p99 ${ms(delay.percentile(99))}, p99.9 ${ms(delay.percentile(99.9))}, worst ${ms(delay.max)} ms`,
		);
		note(
			`load average ${loadavg()
				.map((load) => load.toFixed(1))
				.join(' ')}`,
		);
		const { handed, seen } = await consoles.report();
		const tallied = tally(await toldInLog(showroom), day.begun, handed, seen, count);
		for (const failure of consoles.failures) note(failure);
		return { consoles: count, alerts: day.begun.size, ...figures(tallied) };
	} finally {
		day?.stop();
		await consoles.stop();
		await showroom.close();
	}
}

function figures({ lost, doubled, latencyMs, broadcastMs }: Tally): Omit<AlertsBench, 'consoles' | 'alerts'> {
	const at = (values: readonly number[], q: number) => Number(quantile(values, q).toFixed(1));
	return {
		...{ lost, doubled },
		latencyMs: { p50: at(latencyMs, 0.5), p99: at(latencyMs, 0.99) },
		broadcastMs: { p99: at(broadcastMs, 0.99) },
	};
}

/** Consultants who are all on duty, and customers of theirs. */
async function hire({ access, log }: BenchShowroom, staff: number, customers: number): Promise<DayPeople> {
	const hosts: string[] = [];
	for (let index = 0; index < staff; index++) {
		const person = { id: `consultant-${index}`, name: `Consultant ${index}`, role: 'consultant', onDuty: true } as const;
		hosts.push((await access.accounts.add(person, 'cli')).id);
	}
	const rows = Array.from({ length: customers }, (_, index): RowChange => {
		const consultant = hosts[index % hosts.length] ?? null;
		return { table: 'customers', id: `customer-${index}`, name: `Customer ${index}`, telephone: null, consultant };
	});
	for (let from = 0; from < rows.length; from += ROWS) await log.append([], rows.slice(from, from + ROWS));
	return { hosts, customers: rows.map(({ id }) => id) };
}

/** A phone and a desktop for each. */
async function screens(showroom: BenchShowroom, hosts: readonly string[], count: number): Promise<BenchScreen[]> {
	const made: BenchScreen[] = [];
	for (const staff of hosts)
		for (const kind of ['phone', 'desktop'])
			if (made.length < count) made.push({ device: `${kind}-${staff}`, cookie: await showroom.cookie(staff) });
	return made;
}

async function kiosk({ access }: BenchShowroom): Promise<string> {
	const { code } = await access.devices.pairingCode({ kind: 'kiosk', name: 'kiosk' });
	return `showroom-device=${(await access.devices.pair(code, '127.0.0.1')).token}`;
}

async function toldInLog({ log }: BenchShowroom): Promise<string[]> {
	const told: string[] = [];
	for (let page = await log.read(0, ROWS); page.length > 0; page = await log.read(page.at(-1)?.seq ?? 0, ROWS))
		told.push(...page.flatMap(toldBy).map(deliveryId));
	return told;
}
