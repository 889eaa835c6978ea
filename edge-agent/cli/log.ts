import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type EventType, eventBodies, type LoggedEvent } from '../contract/events.js';
import { LogReader } from '../log/log-reader.store.js';
import type { BadEvent, Verification } from '../log/log-verify.js';
import { type ExportFormat, exportVisits, localTime } from '../log/visits-export.js';
import { openForReading } from '../store/database.store.js';
import { registerRebuild } from './log-rebuild.js';
import { note } from './terminal.js';

interface ShowOptions {
	readonly data: string;
	readonly after?: number;
	readonly limit: number;
	readonly type?: EventType;
	readonly json?: true;
}

interface ExportOptions {
	readonly data: string;
	readonly format: ExportFormat;
	readonly from?: number;
	readonly to?: number;
}

const PAGE = 1000;

/** `showroom log`: reads the showroom log, also while the agent runs, and holds the tables against it. */
export function register(program: Command): void {
	const log = program.command('log').description('read the showroom log; works while the agent runs');

	log
		.command('show')
		.description('print events, oldest first: the newest ones, or those after --after')
		.option('--data <dir>', 'data directory', 'data')
		.option('--after <seq>', 'only events after this number', wholeNumber)
		.option('--limit <count>', 'at most this many', wholeNumber, 50)
		.addOption(new Option('--type <type>', 'only events of this type').choices(Object.keys(eventBodies)))
		.option('--json', 'a JSON object a line')
		.action(async (options: ShowOptions) => {
			await withReader(options.data, (reader) => print(eventLines(reader, options)));
		});

	log
		.command('verify')
		.description('check that no event was changed, removed or cut off the end since it was written; names the first that was')
		.option('--data <dir>', 'data directory', 'data')
		.option('--json', 'one line of JSON')
		.action(async ({ data, json }: { data: string; json?: true }) => {
			const found = await withReader(data, (reader) => reader.verify());
			const said = found.ok ? `all ${found.events} events are as they were written` : complaint(found.first);
			process.stdout.write(`${json ? JSON.stringify(found) : said}\n`);
			if (!json) note(howSure(found));
			if (!found.ok) process.exitCode = 1;
		});

	log
		.command('export')
		.description('print the visits as a table for Excel, or as JSON lines')
		.option('--data <dir>', 'data directory', 'data')
		.addOption(new Option('--format <format>').choices(['csv', 'jsonl']).default('csv'))
		.option('--from <date>', 'first day, or the moment to start from: 2026-03-01 or 2026-03-01T09:00', moment)
		.option('--to <date>', 'last day, or the moment before which to end', (text) => moment(text, true))
		.action(async ({ data, format, from = 0, to = Number.MAX_SAFE_INTEGER }: ExportOptions) => {
			await withReader(data, (reader) => print(exportVisits(reader, from, to, format)));
		});

	registerRebuild(log);
}

async function withReader<T>(dataDir: string, work: (reader: LogReader) => Promise<T>): Promise<T> {
	const database = openForReading(dataDir);
	try {
		return await work(new LogReader(database));
	} finally {
		database.close();
	}
}

/** As fast as the other end reads. */
function print(pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
	return pipeline(Readable.from(pieces), process.stdout, { end: false });
}

function* eventLines(reader: LogReader, { after, limit, type, json }: ShowOptions): Generator<string> {
	const line = json ? (event: LoggedEvent) => `${JSON.stringify(event)}\n` : eventLine;
	if (after === undefined) {
		for (const event of reader.readNewest(limit, type)) yield line(event);
		return;
	}
	let seq = after;
	for (let left = limit; left > 0; ) {
		const events = reader.read(seq, Math.min(left, PAGE), type);
		const last = events.at(-1);
		if (!last) return;
		for (const event of events) yield line(event);
		seq = last.seq;
		left -= events.length;
	}
}

function eventLine({ seq, at, type, actor, subject, body }: LoggedEvent): string {
	const facts = Object.entries(body)
		.filter(([, value]) => value !== null && value !== subject)
		.map(([key, value]) => `${key}=${typeof value === 'object' ? JSON.stringify(value) : value}`);
	const columns = [String(seq).padStart(7), localTime(at.wall), type.padEnd(18), subject.padEnd(36), actor.padEnd(12), facts.join(' ')];
	return `${columns.join('  ').trimEnd()}\n`;
}

function complaint({ seq, id, problem, until }: BadEvent): string {
	const event = id === null ? `event ${seq}` : `event ${seq} (${id})`;
	const what = {
		changed: `${event} is not as it was written: it, or the one before it, was changed.`,
		missing: `${event} is missing: it was removed after it was written.`,
		unreadable: `${event} cannot be read: the database file is damaged; restore the newest backup.`,
		cut: `the log was cut: it had reached event ${until}, and everything from event ${seq} on is gone.`,
		rewritten: `the events were written anew somewhere from event ${seq} to event ${until}: they do not lead to what the log was at event ${until}.`,
		'head-forged': `what vouches for the log at event ${until} was not written with this database's key: somebody changed it.`,
		'head-missing': `heads.log lacks what the database has at event ${until}: lines were taken out of it, or the file was.`,
	};
	return problem.startsWith('head-') ? what[problem] : `${what[problem]} The ${seq - 1} events before it are right.`;
}

/** What the answer rests on, and what could not be checked. */
function howSure({ events, heads: { authentic, unchecked, covered, key } }: Verification): string {
	if (!key)
		return `The database's key is not here: that the events fit together was checked, and ${unchecked} heads agree; who made them was not checked.`;
	const rest = events > covered ? `; the ${events - covered} events after it rest on the chain alone` : '';
	const earlier = unchecked > 0 ? ` ${unchecked} heads of earlier keys agree too; who made them was not checked.` : '';
	return authentic > 0
		? `${authentic === 1 ? 'One authenticated head agrees' : `${authentic} authenticated heads agree`}, the newest at event ${covered}${rest}.${earlier}`
		: `No head of this key vouches for the log yet: who can write the database could have written all of it.${earlier}`;
}

function wholeNumber(text: string): number {
	if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('Give a whole number, 0 or more.');
	return Number(text);
}

/** A day stands for its first moment, as an end for the first moment after it; local time. */
function moment(text: string, end: unknown): number {
	const day = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
	const time = day ? new Date(Number(day[1]), Number(day[2]) - 1, Number(day[3]) + (end === true ? 1 : 0)) : new Date(text);
	const valid = /^\d{4}-\d\d-\d\d(T.+)?$/.test(text) && !Number.isNaN(time.getTime());
	if (!valid) throw new InvalidArgumentError('Give a day (2026-03-01) or a moment (2026-03-01T09:00).');
	return time.getTime();
}
