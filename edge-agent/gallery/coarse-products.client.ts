import { InferenceSession, Tensor } from 'onnxruntime-node';
import { GraphBuilder, serialise } from '../../models/onnx-writer.js';

/** A vector as whole numbers: `value = whole * scale`. */
interface Rounded {
	readonly scale: number;
	/** How far that is from the vector (Euclidean). */
	readonly error: number;
	/** The vector's (Euclidean). */
	readonly length: number;
	/** Of the whole numbers. */
	readonly sum: number;
}

/** Numbers among others. */
interface Vector {
	readonly values: Float32Array;
	readonly from: number;
	readonly length: number;
}

/** Where the whole numbers go: every `step`-th place, moved by `zero`. */
interface Places {
	readonly into: Uint8Array | Int8Array;
	readonly from: number;
	readonly step: number;
	readonly zero: number;
}

/** Probes are rounded to 7 bits: two products of 8 by 7 bits fit in 16, in which older processors add them up. */
const PROBE_MOST = 63;
const ROW_MOST = 127;
/** What a row's zero is stored as. */
const ROW_ZERO = 128;

/**
 * Dot products of many rows with a few probes, in 8-bit integers: a quarter of the memory to read, and known to within a bound. Who needs
 * them exact computes those few that the bound leaves in doubt.
 */
export class CoarseProducts {
	readonly #length: number;
	/** Row by row; longer than the rows there are. */
	#rows: Uint8Array;
	#scales: Float64Array;
	/** The greatest there has been: a row's error, and its length after rounding. */
	readonly #most = { error: 0, length: 0 };
	#session: Promise<InferenceSession> | null = null;

	/** @param length numbers a row */
	constructor(length: number) {
		this.#length = length;
		this.#rows = new Uint8Array(0);
		this.#scales = new Float64Array(0);
	}

	/** Makes room; what was there is overwritten where it stood. */
	grow(rows: number): void {
		const [from, to] = [this.#rows, new Uint8Array(rows * this.#length)];
		to.set(from);
		from.fill(0);
		this.#rows = to;
		const scales = new Float64Array(rows);
		scales.set(this.#scales);
		this.#scales = scales;
	}

	/** The row is those of `values` that begin at `from`. */
	set(row: number, values: Float32Array, from: number): void {
		const vector = { values, from, length: this.#length };
		const { scale, error, length } = round(vector, ROW_MOST, { into: this.#rows, from: row * this.#length, step: 1, zero: ROW_ZERO });
		this.#scales[row] = scale;
		this.#most.error = Math.max(this.#most.error, error);
		this.#most.length = Math.max(this.#most.length, length + error);
	}

	/** The row `from` takes the place of `to`; where it stood is overwritten. */
	move(from: number, to: number): void {
		const length = this.#length;
		this.#rows.copyWithin(to * length, from * length, (from + 1) * length);
		this.#scales[to] = this.#scales[from] as number;
		this.wipe(from, from + 1);
	}

	/** Overwrites the rows from <= row < to. */
	wipe(from: number, to: number): void {
		this.#rows.fill(0, from * this.#length, to * this.#length);
	}

	/** Products of the first `count` rows with each probe. Rows may change while it runs: then the answer is of no use. */
	async of(count: number, probes: readonly Float32Array[]): Promise<readonly CoarseProduct[]> {
		const length = this.#length;
		const wholes = new Int8Array(length * probes.length);
		const rounded = probes.map((probe, k) => {
			const rounded = round({ values: probe, from: 0, length }, PROBE_MOST, { into: wholes, from: k, step: probes.length, zero: 0 });
			// Cauchy and Schwarz: row · probe - row' · probe' = (row - row') · probe + row' · (probe - probe').
			const doubt = this.#most.error * rounded.length + this.#most.length * rounded.error;
			return { scale: rounded.scale, zero: rounded.sum * ROW_ZERO, doubt };
		});
		this.#session ??= InferenceSession.create(productGraph(length), {
			intraOpNumThreads: 1,
			interOpNumThreads: 1,
			logSeverityLevel: 3,
		});
		const session = await this.#session;
		const rows = new Tensor('uint8', this.#rows.subarray(0, count * length), [count, length]);
		const { products } = await session.run({ rows, probes: new Tensor('int8', wholes, [length, probes.length]) });
		wholes.fill(0);
		const sums = (products as Tensor).data as Int32Array;
		return rounded.map((probe, k) => ({ ...probe, sums, step: probes.length, offset: k, scales: this.#scales }));
	}

	async stop(): Promise<void> {
		const session = await this.#session;
		this.#session = null;
		await session?.release();
	}
}

/** One probe's products: of row r it is `(sums[r * step + offset] - zero) * scale * scales[r]`, off by `doubt` at most. */
export interface CoarseProduct {
	readonly sums: Int32Array;
	readonly step: number;
	readonly offset: number;
	readonly zero: number;
	readonly scale: number;
	readonly scales: Float64Array;
	readonly doubt: number;
}

function round({ values, from, length }: Vector, most: number, places: Places): Rounded {
	const { into, step, zero } = places;
	let greatest = 0;
	for (let i = from; i < from + length; i++) greatest = Math.max(greatest, Math.abs(values[i] as number));
	const scale = greatest / most || 1;
	let errors = 0;
	let squares = 0;
	let sum = 0;
	for (let i = from, at = places.from; i < from + length; i++, at += step) {
		const value = values[i] as number;
		const whole = Math.round(value / scale);
		into[at] = whole + zero;
		sum += whole;
		errors += (value - whole * scale) ** 2;
		squares += value * value;
	}
	return { scale, error: Math.sqrt(errors), length: Math.sqrt(squares), sum };
}

function productGraph(length: number): Uint8Array {
	const graph = new GraphBuilder('products');
	graph.input('rows', 'uint8', ['rows', length]);
	graph.input('probes', 'int8', [length, 'probes']);
	graph.node('MatMulInteger', ['rows', 'probes'], {}, 'products');
	graph.output('products', 'int32', ['rows', 'probes']);
	return serialise(graph);
}
