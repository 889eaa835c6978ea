import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { replaceFile } from './atomic-file.store.js';
import { type Catalogue, type Model, type RecogniserModel, readCatalogue } from './catalogue.js';
import { isNoEntry } from './files.store.js';
import { ModelError } from './model-error.js';
import type { Probed } from './probe.worker.js';

/** A recogniser of ArcFace's shape: a crop of 112 x 112 laid over five points, a vector that compares by its angle. */
export interface NewRecogniser {
	/** Its ONNX file. */
	readonly file: string;
	readonly name: string;
	/** SPDX identifier. */
	readonly licence: string;
	/** Where it comes from. */
	readonly source: string;
	readonly colour: 'RGB' | 'BGR';
	/** The network gets (pixel - mean) / deviation, in the order of `colour`. */
	readonly mean: readonly [number, number, number];
	readonly deviation: readonly [number, number, number];
}

const fileName = 'added.json';

/** What the store added to models.json, in the same form. @throws ModelError when it cannot be read */
export async function readAdded(dir: string): Promise<Catalogue> {
	const path = join(dir, fileName);
	let text: string;
	try {
		text = await readFile(path, 'utf8');
	} catch (cause) {
		if (isNoEntry(cause)) return { models: [], recognisers: [] };
		throw new ModelError(`${path} cannot be read.`, { cause });
	}
	let source: unknown;
	try {
		source = JSON.parse(text);
	} catch (cause) {
		throw new ModelError(`${path} is damaged: delete it and add the recognisers again with \`showroom models add\`.`, { cause });
	}
	return readCatalogue(source, path);
}

/**
 * Tries a recogniser's file on a thread of its own, copies it into the folder and records it.
 * @param known all networks and recognisers so far
 * @throws ModelError saying why it cannot be used
 */
export async function addRecogniser(dir: string, known: Catalogue, order: NewRecogniser): Promise<RecogniserModel> {
	const { file, name, licence, source, colour, mean, deviation } = order;
	if ([...known.models, ...known.recognisers].some((one) => one.name === name))
		throw new ModelError(`There is a network or recogniser called ${name} already: give it another name with --name.`);
	const probed = await probe(file);
	if ('fault' in probed) throw new ModelError(`${file} cannot be used as a recogniser: ${probed.fault}.`);
	const { bytes, sha256, dimension } = probed;
	const model: Model = {
		...{ name, role: 'recogniser', description: `${dimension} numbers a face`, source, licence, origin: { kind: 'added' } },
		...{ bytes: bytes.length, sha256 },
		input: {
			...{ type: 'float32', layout: 'NCHW', colour, height: 112, width: 112 },
			normalisation: { mean: [...mean], deviation: [...deviation] },
		},
		alignment: "similarity transform of five points (eyes, nose, mouth corners) onto ArcFace's 112 x 112",
	};
	const recogniser: RecogniserModel = {
		...{ name, modelId: modelIdOf(model), dimension, network: name, alignment: 'five-points', detector: 'yunet', advice: 'own' },
		why: 'added by this store; calibrate it before it is used',
	};
	const before = await readAdded(dir);
	const models = [...before.models, model];
	const recognisers = [...before.recognisers, recogniser];
	// Checked before the file is written: a name or licence may be none.
	const after = readCatalogue({ models, recognisers }, `The description of ${name}`);
	await replaceFile(join(dir, `${name}.onnx`), (handle) => handle.writeFile(bytes));
	await write(dir, after);
	return recogniser;
}

/** Forgets a recogniser that was added, with its file and calibration. @throws ModelError for one that was not */
export async function removeRecogniser(dir: string, name: string): Promise<void> {
	const { models, recognisers } = await readAdded(dir);
	if (!recognisers.some((one) => one.name === name))
		throw new ModelError(`${name} was not added here, so it cannot be removed; \`showroom models list\` shows which were.`);
	await write(dir, { models: models.filter((one) => one.name !== name), recognisers: recognisers.filter((one) => one.name !== name) });
	for (const ending of ['onnx', 'calibration.json']) await rm(join(dir, `${name}.${ending}`), { force: true });
}

/** Another file, or other pixels put into it, make other descriptors: templates must not outlive them under the same name. */
function modelIdOf({ name, sha256, input }: Model): string {
	const hash = createHash('sha256')
		.update(JSON.stringify([sha256, input]))
		.digest('hex');
	return `${name}-${hash.slice(0, 8)}/fp32/a1`;
}

async function write(dir: string, added: Catalogue): Promise<void> {
	await replaceFile(join(dir, fileName), (file) => file.writeFile(`${JSON.stringify(added, null, '\t')}\n`));
}

function probe(file: string): Promise<Probed> {
	return new Promise((resolve, reject) => {
		const worker = new Worker(new URL('./probe.worker.js', import.meta.url), { workerData: file });
		worker.once('message', resolve);
		worker.once('error', reject);
		worker.once('exit', (code) => reject(new ModelError(`${file} ended the thread that tried it (exit code ${code}).`)));
	});
}
