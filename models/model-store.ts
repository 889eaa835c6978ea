import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { replaceFile, sha256OfFile } from './atomic-file.store.js';
import { type Catalogue, type Model, type RecogniserName, readCatalogue, recognisers } from './catalogue.js';
import type { Conversion, ConversionOrder } from './convert.worker.js';
import { download } from './download.client.js';
import { faceApiFolder } from './face-api-weights.js';
import { ModelError } from './model-error.js';

export interface ModelStoreOptions {
	/** Where the ONNX files are kept: `models` in the data directory. Made when first needed. */
	readonly dir: string;
	/** What takes a while, for people. */
	readonly onProgress?: (progress: { readonly model: string; readonly message: string }) => void;
	/** The networks to know; default models.json. */
	readonly catalogue?: Catalogue;
	/** Where face-api's weights are; default the npm package. */
	readonly weightsFolder?: string;
}

/** `missing` is no fault in a converted network: it is built when needed. */
export type ModelState = 'ok' | 'missing' | 'damaged';

/** A network and how its file is. */
export interface ModelStatus {
	readonly model: Model;
	readonly state: ModelState;
}

/** What a folder held. */
export interface FolderReport {
	/** Networks taken, with the files they came from. */
	readonly taken: readonly { readonly name: string; readonly file: string }[];
	/** ONNX files that are none of the known ones: damaged, or another version. */
	readonly unknown: readonly string[];
}

/** The networks of one data directory. */
export interface ModelStore {
	/** The path of a network's file, checked; builds it where it can be built. Throws a `ModelError` that says what to do. */
	ensure(name: string): Promise<string>;
	/** All known networks; a file of the right size counts as ok. */
	list(): Promise<ModelStatus[]>;
	/** Reads the files and compares checksums; of one network, or of all. */
	verify(name?: string): Promise<ModelStatus[]>;
	/** Downloads one network from where models.json says, and checks it. `silenceMs`: how long the server may say nothing (30 s). */
	fetch(name: string, silenceMs?: number): Promise<string>;
	/** Takes every network that lies in a folder or below it, under whatever name. */
	fetchFrom(folder: string): Promise<FolderReport>;
	/** The networks that a recogniser needs fetched. */
	needs(recogniser: RecogniserName): readonly string[];
	/** Makes a recogniser the store's own. Refused while a network that it needs is missing or damaged. */
	use(recogniser: RecogniserName): Promise<void>;
	/** The store's own recogniser; face-api's before anybody chose. */
	active(): Promise<RecogniserName>;
}

const activeSchema = z.strictObject({ recogniser: z.enum(recognisers) });

/** Opens the networks of a folder; nothing is read or written before a method is called. */
export function openModelStore(options: ModelStoreOptions): ModelStore {
	const dir = resolve(options.dir);
	const catalogue = options.catalogue ?? readCatalogue();
	const say = (model: string, message: string) => options.onProgress?.({ model, message });
	const pathOf = (model: Model) => join(dir, `${model.name}.onnx`);
	const activePath = join(dir, 'active.json');
	/** Builds that run, so that two callers share one. */
	const building = new Map<string, Promise<void>>();

	const find = (name: string): Model => {
		const model = catalogue.models.find((candidate) => candidate.name === name);
		if (model === undefined)
			throw new ModelError(`There is no network called ${name}. Known: ${catalogue.models.map((m) => m.name).join(', ')}.`);
		return model;
	};

	const check = async (model: Model): Promise<ModelState> => {
		const size = await sizeOf(pathOf(model));
		if (size === null) return 'missing';
		if (size !== model.bytes) return 'damaged';
		return (await sha256OfFile(pathOf(model))) === model.sha256 ? 'ok' : 'damaged';
	};

	const build = async (model: Model, order: ConversionOrder): Promise<void> => {
		say(model.name, `Building ${model.name} from face-api's weights`);
		const { bytes, sha256 } = await runConversion(order);
		if (sha256 !== model.sha256) {
			throw new ModelError(
				`${model.name}, built from the weights in ${order.weightsFolder}, is not the file that models.json describes: the npm package @vladmandic/face-api is damaged or of another version. Run \`npm ci\`.`,
			);
		}
		await replaceFile(pathOf(model), (file) => file.writeFile(bytes));
		say(model.name, `Built ${model.name}`);
	};

	const store: ModelStore = {
		async ensure(name) {
			const model = find(name);
			const state = await check(model);
			if (state === 'ok') return pathOf(model);
			if (model.origin.kind === 'fetched') {
				throw new ModelError(`The network ${name} is ${state} in ${dir}. ${howToBring(model)}`);
			}
			let built = building.get(name);
			if (built === undefined) {
				const weightsFolder = options.weightsFolder ?? faceApiFolder();
				built = build(model, { choice: model.origin.choice, weightsFolder }).finally(() => building.delete(name));
				building.set(name, built);
			}
			await built;
			return pathOf(model);
		},

		async list() {
			const stateBySize = async (model: Model): Promise<ModelState> => {
				const size = await sizeOf(pathOf(model));
				if (size === null) return 'missing';
				return size === model.bytes ? 'ok' : 'damaged';
			};
			return Promise.all(catalogue.models.map(async (model) => ({ model, state: await stateBySize(model) })));
		},

		async verify(name) {
			const found: ModelStatus[] = [];
			for (const model of name === undefined ? catalogue.models : [find(name)]) found.push({ model, state: await check(model) });
			return found;
		},

		async fetch(name, silenceMs = 30_000) {
			const model = find(name);
			const { origin } = model;
			if (origin.kind === 'converted')
				throw new ModelError(`${name} is not fetched: it is built from face-api's weights when it is needed.`);
			if (origin.url === null) throw new ModelError(`There is no address to fetch ${name} from. ${howToBring(model)}`);
			const { url } = origin;
			say(name, `Fetching ${name} (${(model.bytes / 1e6).toFixed(1)} MB) from ${url}`);
			await replaceFile(pathOf(model), (file) => download(url, model, file, silenceMs));
			say(name, `Fetched ${name}`);
			return pathOf(model);
		},

		async fetchFrom(folder) {
			const taken: { name: string; file: string }[] = [];
			const unknown: string[] = [];
			for (const file of await filesBelow(folder)) {
				const size = await sizeOf(file);
				const alike = catalogue.models.filter((model) => model.bytes === size);
				const sha256 = alike.length === 0 ? null : await sha256OfFile(file);
				const model = alike.find((candidate) => candidate.sha256 === sha256);
				if (model !== undefined) {
					if (taken.some(({ name }) => name === model.name)) continue;
					await copyChecked(file, model);
					taken.push({ name: model.name, file });
					say(model.name, `Took ${model.name} from ${file}`);
				} else if (file.endsWith('.onnx')) unknown.push(file);
			}
			return { taken, unknown };
		},

		needs: (recogniser) => catalogue.needs[recogniser],

		async use(recogniser) {
			for (const name of catalogue.needs[recogniser]) {
				const model = find(name);
				const state = await check(model);
				if (state !== 'ok')
					throw new ModelError(`${recogniser} cannot be used: the network ${name} is ${state} in ${dir}. ${howToBring(model)}`);
			}
			await replaceFile(activePath, (file) => file.writeFile(`${JSON.stringify({ recogniser })}\n`));
		},

		async active() {
			let text: string;
			try {
				text = await readFile(activePath, 'utf8');
			} catch (cause) {
				if (isNoEntry(cause)) return 'face-api';
				throw new ModelError(`${activePath} cannot be read.`, { cause });
			}
			try {
				return activeSchema.parse(JSON.parse(text)).recogniser;
			} catch (cause) {
				throw new ModelError(`${activePath} is damaged: choose again with \`showroom models use ${recognisers.join('|')}\`.`, { cause });
			}
		},
	};

	/** The copy is checked, not the source: a stick may be pulled out in between. */
	async function copyChecked(source: string, model: Model): Promise<void> {
		const bytes = await readFile(source);
		await replaceFile(pathOf(model), (file) => file.writeFile(bytes));
		if ((await check(model)) !== 'ok') throw new ModelError(`${source} changed while it was copied: try again.`);
	}

	return store;
}

function howToBring(model: Model): string {
	const fromFolder = `run \`showroom models fetch --from FOLDER\` on a folder that holds the file (${model.source}; SHA-256 ${model.sha256})`;
	if (model.origin.kind === 'fetched' && model.origin.url !== null) return `Run \`showroom models fetch ${model.name}\`, or ${fromFolder}.`;
	return `${fromFolder.charAt(0).toUpperCase()}${fromFolder.slice(1)}.`;
}

function runConversion(order: ConversionOrder): Promise<Conversion> {
	return new Promise((resolve, reject) => {
		const worker = new Worker(new URL('./convert.worker.js', import.meta.url), { workerData: order });
		worker.once('message', resolve);
		worker.once('error', (error) => reject(error.name === 'ModelError' ? new ModelError(error.message, { cause: error }) : error));
		worker.once('exit', (code) => reject(new Error(`The conversion ended early (exit code ${code})`)));
	});
}

/** All files in a folder and below, in the order of their names; those behind symbolic links too, folders behind them not. */
async function filesBelow(folder: string): Promise<string[]> {
	let entries: Awaited<ReturnType<typeof readFolder>>;
	try {
		entries = await readFolder(folder);
	} catch (cause) {
		throw new ModelError(`The folder ${folder} cannot be read.`, { cause });
	}
	const files: string[] = [];
	for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) files.push(...(await filesBelow(path)));
		else if (entry.isFile() || (entry.isSymbolicLink() && (await sizeOf(path)) !== null)) files.push(path);
	}
	return files.filter((path) => !basename(path).endsWith('.part'));
}

function readFolder(folder: string) {
	return readdir(folder, { withFileTypes: true });
}

/** Bytes of a file; null where there is none. */
async function sizeOf(path: string): Promise<number | null> {
	try {
		const found = await stat(path);
		return found.isFile() ? found.size : null;
	} catch (cause) {
		if (isNoEntry(cause)) return null;
		throw new ModelError(`${path} cannot be read.`, { cause });
	}
}

function isNoEntry(error: unknown): boolean {
	return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
