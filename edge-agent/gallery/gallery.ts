import { type CoarseProduct, CoarseProducts } from './coarse-products.client.js';
import { norm } from './distance.js';
import type { Match, Template } from './gallery.types.js';
import { type PackedTemplates, templatesIn } from './packed-templates.js';
import { templateFault } from './template-fault.js';

/** The two nearest people; `second` is somebody else than `best`. */
export interface Nearest {
	readonly best: Match;
	readonly second: Match | null;
}

export interface GalleryModel {
	readonly modelId: string;
	readonly descriptorLength: number;
	readonly metric: 'euclidean' | 'cosine';
}

/** Up to here the plain loop is as fast as ONNX Runtime's setting out. */
const FEW = 2000;

/**
 * The templates of everybody who opted in, in one piece of memory, searched exactly.
 *
 * Euclidean distances come from `|q - g|² = |q|² + |g|² - 2 q·g`, so that a search is dot products; for cosine the templates are kept at
 * unit length, and the distance is `1 - q·g / |q|`. A person is as near as the nearest of their templates.
 *
 * `nearest` computes the products of a large gallery in 8-bit integers first, and again exactly those few that their bound leaves in
 * doubt: the answers are the plain loop's to the last bit.
 */
export class Gallery {
	readonly model: GalleryModel;
	readonly #coarse: CoarseProducts;
	/** Whose each row is. */
	#rows: Known[] = [];
	readonly #people = new Map<string, Known>();
	/** Counts changes: what was computed before one is of other rows. */
	#changes = 0;
	/** Row by row; longer than the rows there are. */
	#values: Float32Array;
	#norms: Float64Array;

	constructor(model: GalleryModel) {
		this.model = model;
		this.#values = new Float32Array(0);
		this.#norms = new Float64Array(0);
		this.#coarse = new CoarseProducts(model.descriptorLength);
	}

	/** Templates in it. */
	get size(): number {
		return this.#rows.length;
	}

	/** People in it. */
	get people(): number {
		return this.#people.size;
	}

	/** Makes room for as many templates and some to come, so that the memory need not be moved again and again. */
	reserve(templates: number): void {
		if (templates <= this.#norms.length) return;
		this.#changes++;
		// Memory that was never written to is none yet.
		const room = Math.ceil(templates * 1.2) + 16;
		const values = new Float32Array(room * this.model.descriptorLength);
		values.set(this.#values);
		this.#values.fill(0);
		this.#values = values;
		const norms = new Float64Array(room);
		norms.set(this.#norms);
		this.#norms = norms;
		this.#coarse.grow(room);
	}

	/**
	 * The templates of the people in the pack are these and no others; with `replace` nobody else has any. They are copied.
	 * @throws TypeError as `add`; then nothing has changed
	 */
	set(packed: PackedTemplates, replace = false): void {
		for (const template of templatesIn(packed)) this.#check(template);
		if (replace) this.clear();
		else this.removePeople(packed.people);
		let from = 0;
		for (const [i, person] of packed.people.entries()) {
			const known = this.#known(person, packed.kinds[i] ?? 'customer');
			for (let left = packed.counts[i] ?? 0; left > 0; left--, from += packed.length) this.#put(known, packed.values, from);
		}
	}

	/**
	 * Adds a template. The descriptor is copied.
	 * @throws TypeError for a template of another recogniser: its distances would mean nothing
	 */
	add(template: Template): void {
		this.#check(template);
		this.#put(this.#known(template.person, template.kind), template.descriptor, 0);
	}

	/** Removes people's templates and overwrites them. Answers how many there were. */
	removePeople(people: readonly string[]): number {
		const gone = new Set<Known>();
		for (const person of people) {
			const known = this.#people.get(person);
			if (known) gone.add(known);
			this.#people.delete(person);
		}
		if (gone.size === 0) return 0;
		this.#changes++;
		const before = this.#rows.length;
		const { descriptorLength: width } = this.model;
		for (let row = this.#rows.length - 1; row >= 0; row--) {
			if (!gone.has(this.#rows[row] as Known)) continue;
			const last = this.#rows.pop();
			const lastFrom = this.#rows.length * width;
			if (last && row < this.#rows.length) {
				this.#rows[row] = last;
				this.#coarse.move(this.#rows.length, row);
				this.#values.copyWithin(row * width, lastFrom, lastFrom + width);
				this.#norms[row] = this.#norms[this.#rows.length] as number;
			}
			this.#values.fill(0, lastFrom, lastFrom + width);
			this.#coarse.wipe(this.#rows.length, this.#rows.length + 1);
		}
		return before - this.#rows.length;
	}

	/** Removes and overwrites everything. */
	clear(): void {
		this.#changes++;
		this.#coarse.wipe(0, this.#rows.length);
		this.#values.fill(0, 0, this.#rows.length * this.model.descriptorLength);
		this.#rows = [];
		this.#people.clear();
	}

	/** The nearest person and the second nearest; null from an empty gallery. Looks at every template in turn. */
	search(probe: Float32Array): Nearest | null {
		const length = this.#lengthOf(probe);
		const found = new TwoNearest(this.#rows);
		for (let row = 0; row < this.#rows.length; row++) found.offer(row, this.#key(probe, row));
		return this.#nearestOf(found, length);
	}

	/** As `search`, of several probes at once; much faster in a large gallery. */
	async nearest(probes: readonly Float32Array[]): Promise<(Nearest | null)[]> {
		const lengths = probes.map((probe) => this.#lengthOf(probe));
		if (this.#rows.length <= FEW || probes.length === 0) return probes.map((probe) => this.search(probe));
		const before = this.#changes;
		const products = await this.#coarse.of(this.#rows.length, probes);
		return probes.map((probe, i) => {
			const product = products[i];
			if (product === undefined || this.#changes !== before) return this.search(probe);
			return this.#nearestOf(this.#refine(probe, product), lengths[i] ?? 0);
		});
	}

	/** Frees what `nearest` needed. */
	stop(): Promise<void> {
		return this.#coarse.stop();
	}

	/** The plain loop over those rows that can still be among the two nearest people. */
	#refine(probe: Float32Array, { sums, step, offset, zero, scale, scales, doubt }: CoarseProduct): TwoNearest {
		const cosine = this.model.metric === 'cosine';
		const norms = this.#norms;
		const factor = (cosine ? 1 : 2) * scale;
		// Two keys may be off by as much, one up and one down; rounding of doubles is far below the last term.
		const margin = 2 * (cosine ? 1 : 2) * doubt + 1e-9;
		const coarse = new TwoNearest(this.#rows);
		let limit = Number.POSITIVE_INFINITY;
		const inDoubt: number[] = [];
		const keys: number[] = [];
		const count = this.#rows.length;
		for (let row = 0, at = offset; row < count; row++, at += step) {
			const key = (cosine ? 0 : (norms[row] as number)) - factor * ((sums[at] as number) - zero) * (scales[row] as number);
			if (key > limit) continue;
			inDoubt.push(row);
			keys.push(key);
			coarse.offer(row, key);
			limit = coarse.second.key + margin;
		}
		const exact = new TwoNearest(this.#rows);
		// Most were in doubt only until nearer ones came.
		for (const [i, row] of inDoubt.entries()) if ((keys[i] as number) <= limit) exact.offer(row, this.#key(probe, row));
		return exact;
	}

	/** Smaller is nearer; the same order as the distances'. */
	#key(probe: Float32Array, row: number): number {
		const values = this.#values;
		const { length } = probe;
		// Four sums at once: the processor need not wait for one addition before the next.
		let a = 0;
		let b = 0;
		let c = 0;
		let d = 0;
		let i = 0;
		let at = row * length;
		for (; i + 3 < length; i += 4, at += 4) {
			a += (probe[i] as number) * (values[at] as number);
			b += (probe[i + 1] as number) * (values[at + 1] as number);
			c += (probe[i + 2] as number) * (values[at + 2] as number);
			d += (probe[i + 3] as number) * (values[at + 3] as number);
		}
		for (; i < length; i++, at++) a += (probe[i] as number) * (values[at] as number);
		const dot = a + b + c + d;
		return this.model.metric === 'cosine' ? -dot : (this.#norms[row] as number) - 2 * dot;
	}

	#nearestOf({ best, second }: TwoNearest, length: number): Nearest | null {
		const match = ({ row, key }: Candidate): Match | null => {
			const found = this.#rows[row];
			if (!found) return null;
			const distance = this.model.metric === 'cosine' ? 1 + key / (length || 1) : Math.sqrt(Math.max(0, key + length * length));
			return { person: found.person, kind: found.kind, distance };
		};
		const nearest = match(best);
		return nearest && { best: nearest, second: match(second) };
	}

	/** @throws TypeError for what is no probe of this gallery's */
	#lengthOf(probe: Float32Array): number {
		const width = this.model.descriptorLength;
		if (probe.length !== width) throw new TypeError(`A probe of ${probe.length} numbers cannot be compared with templates of ${width}`);
		const length = norm(probe);
		if (!(length < Number.POSITIVE_INFINITY)) throw new TypeError(`A probe of length ${length} cannot be compared`);
		return length;
	}

	#check(template: Template): void {
		const fault = templateFault(this.model, template);
		if (fault !== null) throw new TypeError(fault);
	}

	#put(known: Known, values: Float32Array, from: number): void {
		const { descriptorLength: width, metric } = this.model;
		const row = this.#rows.length;
		if (row === this.#norms.length) this.reserve(Math.ceil(row * 1.5) + 1);
		this.#changes++;
		this.#rows.push(known);
		const scale = metric === 'cosine' ? 1 / norm(values, from, width) : 1;
		const to = row * width;
		for (let i = 0; i < width; i++) this.#values[to + i] = (values[from + i] as number) * scale;
		this.#norms[row] = norm(this.#values, to, width) ** 2;
		this.#coarse.set(row, this.#values, to);
	}

	#known(person: string, kind: Match['kind']): Known {
		const known = this.#people.get(person) ?? { person, kind };
		this.#people.set(person, known);
		return known;
	}
}

/** Somebody in the gallery: one object for all of their rows. */
interface Known {
	readonly person: string;
	readonly kind: Match['kind'];
}

interface Candidate {
	/** -1: nobody. */
	row: number;
	key: number;
}

/** The row with the least key, and the least of somebody else; of equals the first. */
class TwoNearest {
	best: Candidate = { row: -1, key: Number.POSITIVE_INFINITY };
	second: Candidate = { row: -1, key: Number.POSITIVE_INFINITY };

	constructor(readonly rows: readonly Known[]) {}

	offer(row: number, key: number): void {
		if (key >= this.second.key) return;
		const same = this.rows[this.best.row] === this.rows[row];
		if (key < this.best.key) {
			if (!same) this.second = this.best;
			this.best = { row, key };
		} else if (!same) this.second = { row, key };
	}
}
