import { type Command, InvalidArgumentError } from 'commander';
import type { LogBench } from '../bench/log.bench.js';
import { note } from './terminal.js';

interface Options {
	readonly visits: number;
	readonly data?: string;
	readonly json?: true;
}

/** `showroom bench log` */
export function registerLog(bench: Command): void {
	bench
		.command('log')
		.description(
			'five years of a busy store in the showroom log: appending beside a bare insert, opening, and queries while events come in',
		)
		.option('--visits <n>', 'how many visits, of eight events each', visits, 1_000_000)
		.option('--data <dir>', 'a folder for the log that is kept and used again; by default a temporary one')
		.option('--json', 'one line of JSON')
		.action(async ({ visits, data, json }: Options) => {
			const { benchLog } = await import('../bench/log.bench.js');
			const result = await benchLog({ visits, data: data ?? null, queries: 250, turns: 50 }, note);
			process.stdout.write(json ? `${JSON.stringify(result)}\n` : lines(result));
		});
}

function lines(result: LogBench): string {
	const { day, name, week } = result.queryMs;
	return [
		`appended     ${result.appendsPerSecond} events a second one by one, a bare insert ${result.rawPerSecond}: ratio ${result.ratio}`,
		`64 callers   ${result.groupedPerSecond} events a second`,
		`on the disk  synchronous=${result.synchronous}, ${result.fsyncs ?? 'uncounted'} syncs a commit`,
		`log          ${result.visits} visits, ${result.events} events, opened in ${result.openMs} ms`,
		`queries      95 % within: a day ${day.p95} ms, part of a name ${name.p95} ms, a week ${week.p95} ms`,
		`event loop   99 % within ${result.eventLoopDelayMs.p99} ms`,
		'',
	].join('\n');
}

function visits(text: string): number {
	const value = Number(text);
	if (!Number.isInteger(value) || value < 1 || value > 10_000_000) throw new InvalidArgumentError('give a whole number from 1 to 10000000');
	return value;
}
