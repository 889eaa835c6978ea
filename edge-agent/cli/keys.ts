import type { Command } from 'commander';
import { now } from '../clock.js';
import { keySources } from '../config/environment.source.js';
import { HeadWriter } from '../log/log-heads.store.js';
import { LogWriter } from '../log/log-writer.store.js';
import { openForReading, openForWriting } from '../store/database.store.js';
import { findKeys } from '../store/keys.store.js';
import { rotateKeys } from '../store/keys-rotation.store.js';

/** `showroom keys`: the master key that names, telephones and templates are sealed under. Never prints a key. */
export function register(program: Command): void {
	const keys = program.command('keys').description('the master key that names, telephones and templates are sealed under');

	keys
		.command('show')
		.description("print the key's id and where it lies, never the key; works while the agent runs")
		.option('--data <dir>', 'data directory', 'data')
		.option('--json', 'one line of JSON')
		.action(({ data, json }: { data: string; json?: true }) => {
			const found = show(data);
			const { id, origin, where, people } = found;
			process.stdout.write(
				json ? `${JSON.stringify(found)}\n` : `key ${id} from ${where} (${origin}); ${people} data keys are sealed under it\n`,
			);
		});

	keys
		.command('rotate')
		.description('give the database another master key; not while an agent uses the data directory')
		.option('--to <file>', 'the new key (32 bytes or their base64), where the current one comes from systemd or the environment')
		.option('--data <dir>', 'data directory', 'data')
		.option('--json', 'one line of JSON')
		.action(({ data, to, json }: { data: string; to?: string; json?: true }) => {
			// Only a data directory that is there already.
			openForReading(data).close();
			const rotation = rotateKeys(data, keySources(), to ?? null);
			vouch(data, to ?? null);
			const said = `key ${rotation.from} was replaced by ${rotation.to}; ${rotation.dataKeys} data keys were sealed anew\n`;
			process.stdout.write(json ? `${JSON.stringify(rotation)}\n` : said);
		});
}

function show(dataDir: string): { id: string; origin: string; where: string; people: number } {
	const database = openForReading(dataDir);
	try {
		const { keys, origin, where } = findKeys(database);
		const people = Number(database.prepare('SELECT count(*) FROM person_keys').pluck().get());
		keys.wipe();
		return { id: keys.id, origin, where, people };
	} finally {
		database.close();
	}
}

/** The log as it stands, authenticated by the new key. One that is still to be put in its place does so at the next start. */
function vouch(dataDir: string, newKeyFile: string | null): void {
	if (newKeyFile !== null) return;
	const { database, master, close } = openForWriting(dataDir);
	try {
		new HeadWriter(database, master.keys).write(new LogWriter(database, master.keys).head, now().wall);
	} finally {
		close();
	}
}
