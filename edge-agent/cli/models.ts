import type { Command } from 'commander';
import type { RecogniserModel } from '../../models/catalogue.js';
import type { ModelState, ModelStore } from '../../models/model-store.js';
import { registerChoice, use } from './models-choice.js';
import { type ModelsOptions, openModels } from './open-models.js';
import { answer, note } from './terminal.js';

/** `showroom models …`: the networks that see and recognise faces. */
export function register(program: Command): void {
	const models = program.command('models').description('the networks that see and recognise faces: what is there, fetch, choose, check');
	const subcommand = (name: string, description: string): Command =>
		models
			.command(name)
			.description(description)
			.option('--data <dir>', 'data directory', 'data')
			.option('--json', 'answer with one line of JSON');

	subcommand('list', 'all known recognisers and networks, which is in use, and which is recommended').action(list);
	subcommand('fetch', 'fetch a network, or all that a recogniser needs; goes on where it was interrupted')
		.argument('[name]', 'a recogniser or a network; default the recommended recogniser')
		.option('--from <dir>', 'take it from a folder (any file name) instead of the internet')
		.option('--use', 'choose the recogniser as well, as `models use` does')
		.option('--config <file>', 'settings (YAML), for --use')
		.action(fetch);
	subcommand('verify', 'read the files and compare their checksums').argument('[name]', 'a network; default all').action(verify);
	registerChoice(subcommand);
}

/** The recogniser that a store should have. */
function recommended(recognisers: readonly RecogniserModel[]): string {
	return recognisers.find(({ advice }) => advice === 'recommended')?.name ?? '';
}

async function list(options: ModelsOptions): Promise<void> {
	const store = openModels(options);
	const [active, networks, recognisers] = await Promise.all([store.active(), store.list(), store.recognisers()]);
	const choices = await Promise.all(
		recognisers.map(async ({ name, modelId, dimension, advice, why }) => {
			const needs = await store.needs(name);
			const installed = needs.every((needed) => networks.some(({ model, state }) => model.name === needed && state === 'ok'));
			return { name, advice, why, installed, modelId, dimension, needs };
		}),
	);
	if (options.json) {
		const models = networks.map(({ model, state }) => {
			const { name, role, origin, bytes, licence, source, legalNote } = model;
			return { name, role, origin: origin.kind, state, bytes, licence, source, ...(legalNote === undefined ? {} : { legalNote }) };
		});
		answer({ active, recommended: recommended(recognisers), recognisers: choices, models });
		return;
	}
	const out = (line: string) => process.stdout.write(`${line}\n`);
	out('Recognisers:');
	for (const { name, advice, why, installed } of choices) {
		const state = name === active ? 'in use' : installed ? 'here' : 'not fetched';
		out(`  ${name.padEnd(18)} ${state.padEnd(12)} ${advice === 'recommended' ? 'RECOMMENDED: ' : ''}${why}`);
	}
	out('Networks:');
	for (const { model, state } of networks) {
		const megabytes = `${(model.bytes / 1e6).toFixed(1)} MB`.padStart(8);
		const where = state === 'missing' && model.origin.kind === 'converted' ? 'built when needed' : state;
		out(`  ${model.name.padEnd(28)} ${model.role.padEnd(12)} ${megabytes}  ${where.padEnd(17)}  ${model.description} (${model.licence})`);
	}
	out(`In use: ${active}. Recommended: ${recommended(recognisers)} (\`showroom models fetch --use\`; without internet add --from DIR).`);
}

interface FetchOptions extends ModelsOptions {
	readonly from?: string;
	readonly use?: boolean;
	readonly config?: string;
}

async function fetch(name: string | undefined, options: FetchOptions, command: Command): Promise<void> {
	const store = openModels(options);
	const recognisers = await store.recognisers();
	const wanted = name ?? (options.from === undefined || options.use ? recommended(recognisers) : null);
	const recogniser = recognisers.find((one) => one.name === wanted)?.name;
	const networks = (await store.list()).map(({ model }) => model.name);
	if (wanted !== null && recogniser === undefined && !networks.includes(wanted)) command.error(unknownName(wanted), { exitCode: 2 });
	if (options.use && recogniser === undefined) command.error(`error: ${wanted} is a network and no recogniser to use`, { exitCode: 2 });
	const names = recogniser !== undefined ? await store.needs(recogniser) : wanted !== null ? [wanted] : [];
	if (wanted !== null && names.length === 0) note("Nothing to fetch: face-api's networks are built from its npm package");
	const fetched = options.from === undefined ? await fetchByName(store, names) : await fetchFrom(store, options.from, names);
	if (options.use && recogniser !== undefined) await use(recogniser, options, command, { fetched });
	else if (options.json) answer({ fetched });
}

async function fetchByName(store: ModelStore, names: readonly string[]): Promise<string[]> {
	const fetched: string[] = [];
	for (const name of names) {
		if ((await stateOf(store, name)) === 'ok') note(`${name} is there already`);
		else {
			await store.fetch(name);
			fetched.push(name);
		}
	}
	return fetched;
}

async function fetchFrom(store: ModelStore, folder: string, names: readonly string[]): Promise<string[]> {
	const { taken, unknown } = await store.fetchFrom(folder);
	for (const file of unknown) note(`${file} is no network that is known here: damaged, cut off, or another version`);
	const lacking: string[] = [];
	for (const name of names) if ((await stateOf(store, name)) !== 'ok') lacking.push(name);
	if (lacking.length > 0) throw new Error(`${folder} does not hold ${lacking.join(' and ')}`);
	if (taken.length === 0 && names.length === 0) throw new Error(`${folder} holds none of the known networks`);
	return taken.map(({ name }) => name);
}

async function stateOf(store: ModelStore, name: string): Promise<ModelState | undefined> {
	return (await store.verify(name))[0]?.state;
}

async function verify(name: string | undefined, options: ModelsOptions, command: Command): Promise<void> {
	const store = openModels(options);
	if (name !== undefined && !(await store.list()).some(({ model }) => model.name === name))
		command.error(unknownName(name), { exitCode: 2 });
	const checked = await store.verify(name);
	const needed = name === undefined ? await store.needs(await store.active()) : [name];
	const bad = checked.filter(
		({ model, state }) => state === 'damaged' || (state === 'missing' && model.origin.kind !== 'converted' && needed.includes(model.name)),
	);
	if (options.json) answer({ models: checked.map(({ model, state }) => ({ name: model.name, state })) });
	else for (const { model, state } of checked) process.stdout.write(`${model.name.padEnd(30)} ${state}\n`);
	if (bad.length > 0) throw new Error(bad.map(({ model, state }) => `${model.name} is ${state}`).join(', '));
}

function unknownName(name: string): string {
	return `error: there is no network called ${name}; \`showroom models list\` names them`;
}
