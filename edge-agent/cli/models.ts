import { join } from 'node:path';
import type { Command } from 'commander';
import { type RecogniserName, readCatalogue, recognisers } from '../../models/catalogue.js';
import { type ModelStore, openModelStore } from '../../models/model-store.js';
import { note } from './terminal.js';

interface Options {
	readonly data: string;
	readonly json?: boolean;
}

/** `showroom models …`: the networks that see and recognise faces. */
export function register(program: Command): void {
	const models = program.command('models').description('the networks that see and recognise faces: what is there, fetch, choose, check');
	const subcommand = (name: string, description: string): Command =>
		models
			.command(name)
			.description(description)
			.option('--data <dir>', 'data directory', 'data')
			.option('--json', 'answer with one line of JSON');

	subcommand('list', 'all known networks, and which recogniser is in use').action((options: Options) => list(options));

	const fetch = subcommand('fetch', 'fetch a network, or all that a recogniser needs')
		.argument('[name]', 'a network, or a recogniser: sface, mobilefacenet')
		.option('--from <dir>', 'take it from a folder (any file name) instead of the internet');
	fetch.action(async (name: string | undefined, options: Options & { from?: string }) => {
		const names = name === undefined ? [] : (needsOf(name) ?? fetch.error(unknownName(name), { exitCode: 2 }));
		if (options.from !== undefined) await fetchFrom(options.from, names, options);
		else if (name === undefined) fetch.error('error: say which network to fetch, or a folder with --from', { exitCode: 2 });
		else await fetchByName(names, options);
	});

	const use: Command = subcommand('use', 'choose the recogniser; changing it means enrolling everybody again').argument(
		'<name>',
		recognisers.join(', '),
	);
	use.action(async (name: string, options: Options) => {
		const recogniser = recognisers.find((known) => known === name);
		if (recogniser === undefined) use.error(`error: ${name} is no recogniser; there are ${recognisers.join(', ')}`, { exitCode: 2 });
		await choose(recogniser, options);
	});

	const verify = subcommand('verify', 'read the files and compare their checksums').argument('[name]', 'a network; default all');
	verify.action(async (name: string | undefined, options: Options) => {
		if (name !== undefined && !readCatalogue().models.some((model) => model.name === name))
			verify.error(unknownName(name), { exitCode: 2 });
		await check(name, options);
	});
}

function open({ data }: Options): ModelStore {
	return openModelStore({ dir: join(data, 'models'), onProgress: ({ message }) => note(message) });
}

/** The networks that a name stands for; undefined where it stands for none. */
function needsOf(name: string): readonly string[] | undefined {
	const catalogue = readCatalogue();
	const recogniser = recognisers.find((known) => known === name);
	if (recogniser !== undefined) return catalogue.needs[recogniser];
	return catalogue.models.some((model) => model.name === name) ? [name] : undefined;
}

function unknownName(name: string): string {
	return `error: there is no network called ${name}; \`showroom models list\` names them`;
}

async function list(options: Options): Promise<void> {
	const store = open(options);
	const active = await store.active();
	const networks = await store.list();
	if (options.json) {
		const models = networks.map(({ model, state }) => {
			const { name, role, origin, bytes, licence, source, legalNote } = model;
			return { name, role, origin: origin.kind, state, bytes, licence, source, ...(legalNote === undefined ? {} : { legalNote }) };
		});
		answer({ active, models });
		return;
	}
	for (const { model, state } of networks) {
		const megabytes = `${(model.bytes / 1e6).toFixed(1)} MB`.padStart(8);
		const where = state === 'missing' && model.origin.kind === 'converted' ? 'built when needed' : state;
		process.stdout.write(
			`${model.name.padEnd(30)} ${model.role.padEnd(10)} ${megabytes}  ${where.padEnd(17)}  ${model.description} (${model.licence})\n`,
		);
	}
	process.stdout.write(`In use: ${active}\n`);
}

async function fetchByName(names: readonly string[], options: Options): Promise<void> {
	const store = open(options);
	const fetched: string[] = [];
	if (names.length === 0) note("Nothing to fetch: face-api's networks are built from its npm package");
	for (const name of names) {
		const [status] = await store.verify(name);
		if (status?.state === 'ok') note(`${name} is there already`);
		else {
			await store.fetch(name);
			fetched.push(name);
		}
	}
	if (options.json) answer({ fetched });
}

async function fetchFrom(folder: string, names: readonly string[], options: Options): Promise<void> {
	const store = open(options);
	const { taken, unknown } = await store.fetchFrom(folder);
	for (const file of unknown) note(`${file} is no network that is known here, or it is damaged`);
	const lacking: string[] = [];
	for (const name of names) if ((await store.verify(name))[0]?.state !== 'ok') lacking.push(name);
	if (options.json) answer({ fetched: taken.map(({ name }) => name), unknown });
	if (lacking.length > 0) throw new Error(`${folder} does not hold ${lacking.join(' and ')}`);
	if (taken.length === 0 && names.length === 0) throw new Error(`${folder} holds none of the known networks`);
}

async function choose(recogniser: RecogniserName, options: Options): Promise<void> {
	const store = open(options);
	const before = await store.active();
	await store.use(recogniser);
	if (before !== recogniser) note(`In use: ${recogniser}. Descriptors of ${before} do not compare with its: enrol people again.`);
	if (options.json) answer({ active: recogniser });
}

async function check(name: string | undefined, options: Options): Promise<void> {
	const store = open(options);
	const checked = await store.verify(name);
	const needed = name === undefined ? store.needs(await store.active()) : [name];
	const bad = checked.filter(
		({ model, state }) => state === 'damaged' || (state === 'missing' && model.origin.kind === 'fetched' && needed.includes(model.name)),
	);
	if (options.json) answer({ models: checked.map(({ model, state }) => ({ name: model.name, state })) });
	else for (const { model, state } of checked) process.stdout.write(`${model.name.padEnd(30)} ${state}\n`);
	if (bad.length > 0) throw new Error(bad.map(({ model, state }) => `${model.name} is ${state}`).join(', '));
}

function answer(value: unknown): void {
	process.stdout.write(`${JSON.stringify(value)}\n`);
}
