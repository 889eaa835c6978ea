import type { Command } from 'commander';
import type { AlertsBench } from '../bench/alerts.bench.js';
import { whole } from './options.js';
import { answer, note } from './terminal.js';

interface Options {
	readonly consoles: number;
	readonly alerts: number;
	readonly json?: true;
}

/** `showroom bench alerts` */
export function registerAlerts(bench: Command): void {
	bench
		.command('alerts')
		.description('alerts on connected consoles: known customers walk in, guests check in, whoever is told accepts and greets')
		.option('--consoles <n>', 'connected screens, two to a member of staff', whole(1, 2000), 200)
		.option('--alerts <n>', 'how many alerts', whole(1, 100_000), 1000)
		.option('--json', 'one line of JSON')
		.action(async ({ json, ...options }: Options) => {
			const { benchAlerts } = await import('../bench/alerts.bench.js');
			const result = await benchAlerts(options, note);
			if (json) answer(result);
			else process.stdout.write(lines(result));
		});
}

function lines({ consoles, alerts, lost, doubled, latencyMs, broadcastMs }: AlertsBench): string {
	return [
		`consoles     ${consoles}`,
		`alerts       ${alerts}: ${lost} lost, ${doubled} doubled`,
		`latency      ${latencyMs.p50} ms from the door to the screen of whoever is told, 99 % within ${latencyMs.p99}`,
		`live         99 % within ${broadcastMs.p99} ms on every console`,
		'',
	].join('\n');
}
