import type { Command } from 'commander';
import { type RebuildFound, rebuild, rebuildCheck } from '../log/rebuild.store.js';
import type { Difference } from '../log/row-differences.js';
import { openForReading, openForWriting } from '../store/database.store.js';
import { note } from './terminal.js';

interface RebuildOptions {
	readonly data: string;
	readonly check?: true;
	readonly json?: true;
}

/** So many events go by between two messages. */
const EVERY = 250_000;

/** `showroom log rebuild`: whether the tables say what the log says. */
export function registerRebuild(log: Command): void {
	log
		.command('rebuild')
		.description(
			'compute the visits, alerts and all the other tables that follow from the log anew, and put right what differs; the agent must be stopped',
		)
		.option('--check', 'change nothing: say what differs, and fail if anything does; works while the agent runs')
		.option('--data <dir>', 'data directory', 'data')
		.option('--json', 'one line of JSON')
		.action(async ({ data, check, json }: RebuildOptions) => {
			const found = await (check ? checked(data) : rebuilt(data));
			const lines = json ? [JSON.stringify({ ...found, replaced: !check && !found.ok })] : report(found, check === true);
			process.stdout.write(`${lines.join('\n')}\n`);
			if (check && !found.ok) process.exitCode = 1;
		});
}

async function checked(dataDir: string): Promise<RebuildFound> {
	const database = openForReading(dataDir);
	try {
		return await rebuildCheck(database, progress());
	} finally {
		database.close();
	}
}

async function rebuilt(dataDir: string): Promise<RebuildFound> {
	const connection = openForWriting(dataDir);
	try {
		return await rebuild(connection.database, progress());
	} finally {
		connection.close();
	}
}

function progress(): (events: number, of: number) => void {
	let next = EVERY;
	return (events, of) => {
		if (events < next) return;
		next = events + EVERY;
		note(`${events} of ${of} events …`);
	};
}

function report({ ok, events, rows, differing, differences }: RebuildFound, check: boolean): string[] {
	if (ok) return [`all ${rows} rows are as the log's ${events} events say`];
	const more = differing > differences.length ? [`… and ${differing - differences.length} more`] : [];
	const said = check ? 'the tables are not as the log says' : 'the tables were not as the log says, and are now';
	return [`${said} (${differing} differences in ${rows} rows, ${events} events):`, ...differences.map(line), ...more];
}

function line({ table, row, column, stored, log }: Difference): string {
	if (column === null) return `  ${table} ${row}: ${stored === null ? 'is missing' : 'is in no event'}`;
	return `  ${table} ${row}: ${column} is ${JSON.stringify(stored)}, by the log ${JSON.stringify(log)}`;
}
