import type { Command } from 'commander';
import type { SaturdayResult } from '../bench/saturday/judge.js';
import { whole } from './options.js';
import { answer, note } from './terminal.js';

interface Options {
	readonly seed: number;
	readonly visits: number;
	readonly speed: number;
	readonly json?: true;
}

/** `showroom bench saturday` */
export function registerSaturday(bench: Command): void {
	bench
		.command('saturday')
		.description(
			'a Saturday at sixty visits an hour: real log, alerts and sockets, screens that go offline, a killed agent, a clock that jumps',
		)
		.option('--seed <n>', 'which Saturday', whole(0, 2 ** 31), 7)
		.option('--visits <n>', 'visits; an hour of the day for each sixty', whole(30, 5000), 600)
		.option('--speed <n>', 'times faster than it happens', whole(1, 120), 60)
		.option('--json', 'one line of JSON')
		.action(async ({ json, ...options }: Options) => {
			const { benchSaturday } = await import('../bench/saturday/saturday.bench.js');
			const result = await benchSaturday({ ...options, say: note });
			if (json) answer(result);
			else process.stdout.write(lines(result));
		});
}

function lines({
	visits,
	received,
	escalated,
	closedUnreceived,
	lost,
	doubled,
	alertsForReceivedKnown,
	unfairness,
}: SaturdayResult): string {
	return [
		`visits      ${visits}: ${received} received, ${closedUnreceived} ended otherwise`,
		`escalated   ${escalated}`,
		`lost        ${lost}, doubled ${doubled}, alerts for customers received already ${alertsForReceivedKnown}`,
		`turns       nobody differs from a fair share by more than ${unfairness}`,
		'',
	].join('\n');
}
