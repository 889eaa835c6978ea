import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { GraphBuilder, serialise } from '../../models/onnx-writer.js';
import { seededRandom } from '../demo/random.js';
import { Gallery, type GalleryModel, type Nearest } from '../gallery/gallery.js';
import type { Template } from '../gallery/gallery.types.js';
import { openingGallery } from './opening-gallery.js';
import { openSqliteVec } from './sqlite-vec.peer.js';
import { invented, strangers } from './strangers.js';
import { quantile, timed } from './timing.js';

/** What `showroom bench search --json` prints. Medians of one probe's search, in ms; all peers on one thread. */
export interface SearchBench {
	readonly sizes: readonly {
		readonly templates: number;
		readonly oursMs: number;
		/** Every template in turn, in JavaScript. */
		readonly loopMs: number;
		/** The products alone, in float32, without looking for the least. */
		readonly ortMatMulMs: number;
		/** null where the development dependency is not installed. */
		readonly sqliteVecMs: number | null;
		/** All found the same nearest people at the same distances. */
		readonly sameAnswers: boolean;
	}[];
	/** From a store of 45,000 sealed templates to two vision workers that hold them, in a process of its own. */
	readonly openMs: number;
	/** What that process grew by at its largest, in MB. */
	readonly rssMb: number;
	/** The longest that anything else had to wait for its main thread meanwhile, in ms. */
	readonly mainBusyMs: number;
}

const sizes = [15_000, 75_000, 1_000_000] as const;
const sealedTemplates = 45_000;
const model: GalleryModel = { modelId: 'bench', descriptorLength: 128, metric: 'euclidean' };
/** Searches that are timed; the slow ones of a million fewer. */
const rounds = (templates: number): number => (templates > 100_000 ? 7 : 31);

/** @param note gets what is being done, for people */
export async function benchSearch(note: (text: string) => void): Promise<SearchBench> {
	const measured: SearchBench['sizes'][number][] = [];
	for (const templates of sizes) {
		note(`${templates} templates`);
		measured.push(await compare(templates));
	}
	note(`opening ${sealedTemplates} sealed templates`);
	const dir = await mkdtemp(join(tmpdir(), 'showroom-bench-'));
	try {
		return { sizes: measured, ...(await openingGallery(dir, sealedTemplates)) };
	} finally {
		await rm(dir, { recursive: true, force: true });
	}
}

async function compare(templates: number): Promise<SearchBench['sizes'][number]> {
	const random = seededRandom(templates);
	const gallery = new Gallery(model);
	const values = new Float32Array(templates * model.descriptorLength);
	const people: string[] = [];
	const sqlite = await openSqliteVec(model.descriptorLength);
	const add = (template: Template): void => {
		gallery.add(template);
		values.set(template.descriptor, people.length * model.descriptorLength);
		people.push(template.person);
	};
	for (const template of strangers(model, templates, random)) add(template);
	sqlite?.fill(values);
	const product = await loadProduct(values, templates);
	const times = { ours: [] as number[], loop: [] as number[], product: [] as number[], sqlite: [] as number[] };
	let same = true;
	try {
		for (let round = -2; round < rounds(templates); round++) {
			const probe = invented(model.descriptorLength, random).map((value) => value / 6);
			let ours: Nearest | null = null;
			let loop: Nearest | null = null;
			let rows: readonly { readonly row: number; readonly distance: number }[] = [];
			const took = {
				ours: await timed(async () => {
					[ours = null] = await gallery.nearest([probe]);
				}),
				loop: await timed(async () => {
					loop = gallery.search(probe);
				}),
				product: await timed(() => product.run(probe)),
				sqlite: await timed(async () => {
					rows = sqlite?.nearest(probe, 6) ?? [];
				}),
			};
			same &&= sameNearest(ours, loop) && (sqlite === null || sameRows(ours, rows, people));
			// The first two rounds compile code and find memory.
			if (round >= 0) for (const key of ['ours', 'loop', 'product', 'sqlite'] as const) times[key].push(took[key]);
		}
	} finally {
		await gallery.stop();
		await product.stop();
		sqlite?.stop();
	}
	const median = (key: keyof typeof times): number => Number(quantile(times[key], 0.5).toFixed(3));
	return {
		templates,
		oursMs: median('ours'),
		loopMs: median('loop'),
		ortMatMulMs: median('product'),
		sqliteVecMs: sqlite && median('sqlite'),
		sameAnswers: same,
	};
}

function sameNearest(a: Nearest | null, b: Nearest | null): boolean {
	return a?.best.person === b?.best.person && a?.best.distance === b?.best.distance && a?.second?.person === b?.second?.person;
}

/** sqlite-vec knows rows, not people: its nearest row is the best person's, its first row of another person the second's. */
function sameRows(
	nearest: Nearest | null,
	rows: readonly { readonly row: number; readonly distance: number }[],
	people: readonly string[],
): boolean {
	const [first] = rows;
	const other = rows.find(({ row }) => people[row] !== nearest?.best.person);
	const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-4;
	return (
		first !== undefined &&
		people[first.row] === nearest?.best.person &&
		near(first.distance, nearest?.best.distance ?? Number.NaN) &&
		(other === undefined || near(other.distance, nearest?.second?.distance ?? Number.NaN))
	);
}

/** All templates times one probe, as ONNX Runtime multiplies them. */
async function loadProduct(
	values: Float32Array,
	templates: number,
): Promise<{ run(probe: Float32Array): Promise<unknown>; stop(): Promise<void> }> {
	const graph = new GraphBuilder('search');
	graph.input('probe', 'float32', [model.descriptorLength, 1]);
	graph.input('rows', 'float32', [templates, model.descriptorLength]);
	graph.node('MatMul', ['rows', 'probe'], {}, 'products');
	graph.output('products', 'float32', [templates, 1]);
	const session = await InferenceSession.create(serialise(graph), { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 });
	const rows = new Tensor('float32', values, [templates, model.descriptorLength]);
	return {
		run: (probe) => session.run({ rows, probe: new Tensor('float32', probe, [probe.length, 1]) }),
		stop: () => session.release(),
	};
}
