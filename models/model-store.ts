import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { addRecogniser, type NewRecogniser, readAdded, removeRecogniser } from './added.store.js';
import { putInPlace, replaceFile, sha256OfFile } from './atomic-file.store.js';
import { type Catalogue, type Model, needsOf, type RecogniserModel, type RecogniserName, shippedCatalogue } from './catalogue.js';
import type { Conversion, ConversionOrder } from './convert.worker.js';
import { download } from './download.client.js';
import { faceApiFolder } from './face-api-weights.js';
import { filesBelow, isNoEntry, sizeOf } from './files.store.js';
import { FetchError, ModelError } from './model-error.js';

export interface ModelStoreOptions {
	/** Where the ONNX files are kept: `models` in the data directory. Made when first needed. */
	readonly dir: string;
	/** What takes a while. */
	readonly onProgress?: (progress: ModelProgress) => void;
	/** The networks to know besides those added; default models.json. */
	readonly catalogue?: Catalogue;
	/** Where face-api's weights are; default the npm package. */
	readonly weightsFolder?: string;
}

export interface ModelProgress {
	readonly model: string;
	/** For people. */
	readonly message: string;
	/** How far a download is, about once a second. */
	readonly fetched?: { readonly bytes: number; readonly of: number; readonly bytesPerSecond: number };
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
	/**
	 * Downloads one network from where models.json says, and checks it; what an interrupted download left is continued. `silenceMs`: how
	 * long the server may say nothing (30 s); `signal` interrupts it. @throws FetchError
	 */
	fetch(name: string, options?: { readonly silenceMs?: number | undefined; readonly signal?: AbortSignal | undefined }): Promise<string>;
	/** Takes every network that lies in a folder or below it, under whatever name. */
	fetchFrom(folder: string): Promise<FolderReport>;
	/** All recognisers, best advised first; the store's own come last. */
	recognisers(): Promise<readonly RecogniserModel[]>;
	/** A recogniser by its name; without one the store's choice. Throws a `ModelError` that names those that there are. */
	recogniser(name?: RecogniserName): Promise<RecogniserModel>;
	/** The description of a network. */
	network(name: string): Promise<Model>;
	/** The networks that a recogniser needs fetched or added. */
	needs(recogniser: RecogniserName): Promise<readonly string[]>;
	/** Makes a recogniser the store's choice. Refused while a network that it needs is missing or damaged. */
	use(recogniser: RecogniserName): Promise<void>;
	/** The store's choice; face-api before anybody chose. */
	active(): Promise<RecogniserName>;
	/** Takes a recogniser of ArcFace's shape in. @throws ModelError saying why it cannot be used */
	add(recogniser: NewRecogniser): Promise<RecogniserModel>;
	/** Forgets a recogniser that was added. Refused while it is the store's choice. */
	remove(recogniser: RecogniserName): Promise<void>;
}

const activeSchema = z.strictObject({ recogniser: z.string() });

/** Between two words about how far a download is. */
const TELL_MS = 1000;

/** Opens the networks of a folder; nothing is read or written before a method is called. */
export function openModelStore(options: ModelStoreOptions): ModelStore {
	const dir = resolve(options.dir);
	const shipped = options.catalogue ?? shippedCatalogue();
	const say = (model: string, message: string) => options.onProgress?.({ model, message });
	/** Read every time: another process may have added one. */
	const known = async (): Promise<Catalogue> => {
		const added = await readAdded(dir);
		return { models: [...shipped.models, ...added.models], recognisers: [...shipped.recognisers, ...added.recognisers] };
	};
	const pathOf = (model: Model) => join(dir, `${model.name}.onnx`);
	const activePath = join(dir, 'active.json');
	/** Builds and downloads that run, so that two callers share one. */
	const underWay = new Map<string, Promise<void>>();
	const shared = (name: string, work: () => Promise<void>): Promise<void> => {
		const running = underWay.get(name) ?? work().finally(() => underWay.delete(name));
		underWay.set(name, running);
		return running;
	};

	const find = async (name: string): Promise<Model> => {
		const { models } = await known();
		const model = models.find((candidate) => candidate.name === name);
		if (model === undefined) throw new ModelError(`There is no network called ${name}. Known: ${models.map((m) => m.name).join(', ')}.`);
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
			const model = await find(name);
			const state = await check(model);
			if (state === 'ok') return pathOf(model);
			if (model.origin.kind !== 'converted') throw new ModelError(`The network ${name} is ${state} in ${dir}. ${howToBring(model)}`);
			const { choice } = model.origin;
			await shared(name, () => build(model, { choice, weightsFolder: options.weightsFolder ?? faceApiFolder() }));
			return pathOf(model);
		},

		async list() {
			const stateBySize = async (model: Model): Promise<ModelState> => {
				const size = await sizeOf(pathOf(model));
				if (size === null) return 'missing';
				return size === model.bytes ? 'ok' : 'damaged';
			};
			return Promise.all((await known()).models.map(async (model) => ({ model, state: await stateBySize(model) })));
		},

		async verify(name) {
			const found: ModelStatus[] = [];
			for (const model of name === undefined ? (await known()).models : [await find(name)])
				found.push({ model, state: await check(model) });
			return found;
		},

		async fetch(name, { silenceMs = 30_000, signal } = {}) {
			const model = await find(name);
			const { origin } = model;
			if (origin.kind === 'converted')
				throw new ModelError(`${name} is not fetched: it is built from face-api's weights when it is needed.`);
			if (origin.kind === 'added' || origin.url === null)
				throw new FetchError('no-address', `There is no address to fetch ${name} from. ${howToBring(model)}`);
			const { url } = origin;
			await shared(name, async () => {
				say(name, `Fetching ${name} (${megabytes(model.bytes)} MB) from ${url}`);
				await mkdir(dir, { recursive: true });
				const part = `${pathOf(model)}.part`;
				await download({ url, expected: model, part, silenceMs, signal, onBytes: teller(model) });
				await putInPlace(part, pathOf(model));
				say(name, `Fetched ${name}`);
			});
			return pathOf(model);
		},

		async fetchFrom(folder) {
			const taken: { name: string; file: string }[] = [];
			const unknown: string[] = [];
			const { models } = await known();
			for (const file of await filesBelow(folder)) {
				const size = await sizeOf(file);
				const alike = models.filter((model) => model.bytes === size);
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

		recognisers: async () => (await known()).recognisers,

		async recogniser(name) {
			const wanted = name ?? (await store.active());
			const { recognisers } = await known();
			const found = recognisers.find((one) => one.name === wanted);
			if (found === undefined)
				throw new ModelError(`There is no recogniser called ${wanted}. Known: ${recognisers.map((one) => one.name).join(', ')}.`);
			return found;
		},

		network: find,

		needs: async (recogniser) => needsOf(await store.recogniser(recogniser), await known()),

		async use(recogniser) {
			for (const name of await store.needs(recogniser)) {
				const model = await find(name);
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
				const { recogniser } = activeSchema.parse(JSON.parse(text));
				return z.enum((await known()).recognisers.map(({ name }) => name)).parse(recogniser);
			} catch (cause) {
				throw new ModelError(`${activePath} is damaged: choose again with \`showroom models use NAME\`.`, { cause });
			}
		},

		add: async (recogniser) => addRecogniser(dir, await known(), recogniser),

		async remove(name) {
			if ((await store.active()) === name)
				throw new ModelError(`${name} is in use: choose another recogniser first with \`showroom models use NAME\`.`);
			await removeRecogniser(dir, name);
		},
	};

	/** Says about once a second how far a download is. */
	function teller({ name, bytes: of }: Model): (bytes: number) => void {
		let [begunMs, begunAt, toldMs] = [0, 0, 0];
		return (bytes) => {
			const atMs = performance.now();
			if (begunMs === 0) [begunMs, begunAt, toldMs] = [atMs, bytes, atMs];
			else if (atMs - toldMs < TELL_MS && bytes < of) return;
			else toldMs = atMs;
			const bytesPerSecond = atMs > begunMs ? ((bytes - begunAt) / (atMs - begunMs)) * 1000 : 0;
			const rate = bytesPerSecond > 0 ? `, ${megabytes(bytesPerSecond)} MB/s` : '';
			const message = `${name}: ${Math.floor((bytes / of) * 100)} % (${megabytes(bytes)} of ${megabytes(of)} MB${rate})`;
			options.onProgress?.({ model: name, message, fetched: { bytes, of, bytesPerSecond } });
		};
	}

	/** The copy is checked, not the source: a stick may be pulled out in between. */
	async function copyChecked(source: string, model: Model): Promise<void> {
		const bytes = await readFile(source);
		await replaceFile(pathOf(model), (file) => file.writeFile(bytes));
		if ((await check(model)) !== 'ok') throw new ModelError(`${source} changed while it was copied: try again.`);
	}

	return store;
}

function megabytes(bytes: number): string {
	return (bytes / 1e6).toFixed(1);
}

function howToBring(model: Model): string {
	if (model.origin.kind === 'added')
		return `Run \`showroom models remove ${model.name}\` and add it again (${model.source}; SHA-256 ${model.sha256}).`;
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
