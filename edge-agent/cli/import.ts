import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { uuidv7 } from 'uuidv7';
import { now } from '../clock.js';
import {
	type DraftView,
	type Duplicates,
	duplicatesSchema,
	type FileEncoding,
	fileEncodingSchema,
	type ImportField,
	type ImportKind,
	type ImportView,
	importFieldSchema,
	type PeopleFormat,
} from '../contract/import.api.js';
import { openShowroomLog, type ShowroomLogClient } from '../log/showroom-log.js';
import { Importer } from '../people/import/importer.js';
import { issueMessage } from '../people/import/issue-words.js';
import { openForReading } from '../store/database.store.js';
import { note } from './terminal.js';

interface Data {
	readonly data: string;
	readonly json?: true;
}
interface ImportOptions extends Data {
	readonly map: readonly Mapping[];
	readonly duplicates: Duplicates;
	readonly encoding?: FileEncoding;
	readonly sheet?: string;
	readonly yes?: true;
	readonly dryRun?: true;
}
interface Mapping {
	readonly column: string;
	readonly field: ImportField | null;
}

/** How many wrong rows are printed. */
const SHOWN_ROWS = 20;

/** Adds `import`, `undo-import` and `export` to the command of customers or of staff. They run while no agent uses the data directory. */
export function registerImport(parent: Command, kind: ImportKind): void {
	const duplicates = duplicatesSchema.options.filter((choice) => kind === 'customers' || choice !== 'keep-both');
	const data = (command: Command) => command.option('--data <dir>', 'data directory', 'data').option('--json', 'one line of JSON');

	data(parent.command('import <file>'))
		.description('add people from an .xlsx or .csv file; shows what it would do and asks first; not while an agent uses the data directory')
		.option(
			'--map <column=field>',
			'what a column holds, by its letter or heading (B=telephone, 客户=name, C=- for nothing); may be repeated',
			mapping,
			[],
		)
		.addOption(new Option('--duplicates <what>', 'for people the store has already').choices(duplicates).default('fill'))
		.addOption(new Option('--encoding <encoding>', 'of a text file, when the guess is wrong').choices(fileEncodingSchema.options))
		.option('--sheet <name>', 'which sheet of a workbook')
		.option('--yes', 'do not ask')
		.option('--dry-run', 'only show what it would do')
		.action((file: string, options: ImportOptions) => withImporter(options.data, (importer) => importFile(importer, kind, file, options)));

	data(parent.command('undo-import [import]'))
		.description('take an import back, the last one if none is named; not while an agent uses the data directory')
		.action((id: string | undefined, options: Data) => withImporter(options.data, (importer) => undo(importer, kind, id, options)));

	data(parent.command('export <file>'))
		.description('write all to an .xlsx or .csv file; not while an agent uses the data directory')
		.addOption(new Option('--format <format>', 'by default what the file is called').choices(['xlsx', 'csv']))
		.action((file: string, options: Data & { readonly format?: PeopleFormat }) =>
			withImporter(options.data, async (importer) => {
				const format = options.format ?? (extname(file).toLowerCase() === '.csv' ? 'csv' : 'xlsx');
				// Names and telephones are nobody else's business on this machine.
				await writeFile(file, await importer.exported(kind, format, 'zh', 'cli'), { mode: 0o600 });
				process.stdout.write(options.json ? `${JSON.stringify({ file, format })}\n` : `written to ${file}\n`);
			}),
		);
}

async function withImporter(dataDir: string, work: (importer: Importer, log: ShowroomLogClient) => Promise<void>): Promise<void> {
	// Only a data directory that is there already.
	openForReading(dataDir).close();
	const onProblem = (message: string, error: unknown) => note(`${message}: ${error instanceof Error ? error.message : String(error)}`);
	const log = openShowroomLog({ dataDir, onProblem });
	await log.start();
	const importer = new Importer({ dataDir, log, queries: log, now, newId: uuidv7, onProblem });
	try {
		await importer.start();
		await work(importer, log);
	} finally {
		await importer.stop();
		await log.stop();
	}
}

async function importFile(importer: Importer, kind: ImportKind, file: string, options: ImportOptions): Promise<void> {
	const { id, draft: guessed } = await importer.upload(kind, 'cli', basename(file), createReadStream(file));
	const { duplicates, encoding, sheet, map } = options;
	const reread =
		encoding === undefined && sheet === undefined
			? guessed
			: (await importer.change(kind, id, { ...(encoding && { encoding }), ...(sheet && { sheet }) })).draft;
	if (!reread) throw new Error('the file could not be read');
	const { draft } = await importer.change(kind, id, { duplicates, columns: columns(map, reread) });
	if (!draft) throw new Error('the file could not be read');
	await preview(importer, kind, id, draft, options);
	if (options.dryRun) return;
	if (draft.missing.length > 0)
		throw new Error(`no column holds: ${draft.missing.join(', ')}; name one with --map COLUMN=${draft.missing[0]}`);
	const { added, updated } = draft.would;
	if (added + updated === 0) return note('there is nothing to write');
	if (!options.yes && !(await agreed())) throw new Error('nothing was written');
	await importer.confirm(kind, id, 'cli');
	const finished = await watched(importer, kind, id);
	if (finished.state !== 'done' || !finished.result) throw new Error(failed(finished));
	const { result } = finished;
	const undoing = `showroom ${kind === 'staff' ? 'users' : kind} undo-import ${id}`;
	process.stdout.write(options.json ? `${JSON.stringify({ import: id, ...result })}\n` : `${counts(result)}; undo with: ${undoing}\n`);
}

/** What it would do, and what is wrong with which rows. */
async function preview(importer: Importer, kind: ImportKind, id: string, draft: DraftView, { json, dryRun }: ImportOptions): Promise<void> {
	const { rows: wrong } = await importer.rows(kind, id, 'error', 0, SHOWN_ROWS);
	if (json && dryRun) {
		const errors = wrong.map(({ row, issues }) => ({ row, issues: issues.map(({ code, field }) => ({ code, field })) }));
		process.stdout.write(`${JSON.stringify({ ...draft, errors })}\n`);
		return;
	}
	const { rows, encoding, sheet, sheets, would, strangers, known, repeated } = draft;
	const others = sheets.length > 1 ? ` (others, for --sheet: ${sheets.filter((name) => name !== sheet).join(', ')})` : '';
	note(
		`${draft.file}${encoding ? `, ${encoding}` : ''}${sheet ? `, sheet ${sheet}` : ''}${others}: ${rows.total} rows, ${rows.ok} all right, ${rows.warning} with a warning, ${rows.error} wrong`,
	);
	for (const { letter, heading, field } of draft.columns) note(`  ${letter.padEnd(3)} ${(field ?? '-').padEnd(12)} ${heading}`);
	for (const { row, issues } of wrong) note(`  row ${row}: ${issues.map(({ code }) => issueMessage(code, 'en')).join(' ')}`);
	if (rows.error > wrong.length) note(`  … and ${rows.error - wrong.length} more`);
	for (const { text, rows: count, proposals } of strangers.slice(0, SHOWN_ROWS))
		note(
			`  nobody here is called ${text} (${count} rows)${proposals.length > 0 ? `; perhaps ${proposals.map(({ name }) => name).join(', ')}` : ''}`,
		);
	note(`${known} are known already, ${repeated} come again; would be ${counts(would)}`);
}

function counts({ added, updated, skipped }: DraftView['would']): string {
	return `${added} added, ${updated} updated, ${skipped} skipped`;
}

async function agreed(): Promise<boolean> {
	if (!process.stdin.isTTY) throw new Error('nothing was written: say --yes to import without being asked');
	const line = createInterface({ input: process.stdin, output: process.stderr });
	try {
		return /^(y|yes|是)$/i.test((await line.question('Import? [y/N] ')).trim());
	} finally {
		line.close();
	}
}

/** Says how far it is until it has ended. */
async function watched(importer: Importer, kind: ImportKind, id: string): Promise<ImportView> {
	const telling = setInterval(async () => {
		const { progress } = await importer.view(kind, id);
		if (progress) note(`${progress.done} of ${progress.total}`);
	}, 1000);
	try {
		return (await importer.settled(id)) ?? (await importer.view(kind, id));
	} finally {
		clearInterval(telling);
	}
}

/** Why, and what is left to do. */
function failed({ failure }: ImportView): string {
	const why = failure?.reason === 'disk-full' ? 'the disk is full: make room' : 'it could not be written';
	return failure?.takenBack
		? `${why}. What was written has been taken back`
		: `${why}. What is half done is taken back by the next start of the agent or of this command`;
}

async function undo(importer: Importer, kind: ImportKind, wanted: string | undefined, { json }: Data): Promise<void> {
	const id = wanted ?? (await importer.list(kind)).find(({ undoable }) => undoable)?.id;
	if (id === undefined) throw new Error('there is no import that can be undone');
	await importer.undo(kind, id, 'cli');
	const finished = await watched(importer, kind, id);
	const { undone } = finished;
	if (!undone) throw new Error(failed(finished));
	for (const person of undone.keptPeople) note(`kept, because of a change since: ${person.name} (${person.id})`);
	const { removed, restored, kept } = undone;
	process.stdout.write(
		json ? `${JSON.stringify({ import: id, removed, restored, kept })}\n` : `${removed} removed, ${restored} restored, ${kept} kept\n`,
	);
}

function mapping(text: string, before: readonly Mapping[]): Mapping[] {
	const [, column = '', word = ''] = /^(.+)=([\w-]+)$/.exec(text) ?? [];
	const field = word === '-' ? { data: null } : importFieldSchema.safeParse(word);
	if (column === '' || field.data === undefined)
		throw new InvalidArgumentError(`Write COLUMN=FIELD; fields are ${importFieldSchema.options.join(', ')}, or - for none.`);
	return [...before, { column, field: field.data }];
}

/** @throws Error naming the columns there are */
function columns(map: readonly Mapping[], { columns: all }: DraftView): Record<string, ImportField | null> {
	return Object.fromEntries(
		map.map(({ column, field }) => {
			const found = all.find(({ heading, letter }) => heading === column || letter === column.toUpperCase());
			if (!found)
				throw new Error(`there is no column ${column}; there are: ${all.map(({ letter, heading }) => `${letter} ${heading}`).join(', ')}`);
			return [String(found.column), field];
		}),
	);
}
