import type { Match, Template } from './gallery.types.js';

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

/**
 * The templates of everybody who opted in, in one piece of memory, searched exactly.
 *
 * Euclidean distances come from `|q - g|² = |q|² + |g|² - 2 q·g`, so that a search is dot products; for cosine the templates are kept at
 * unit length, and the distance is `1 - q·g / |q|`. A person is as near as the nearest of their templates.
 */
export class Gallery {
	readonly model: GalleryModel;
	#rows: Omit<Template, 'descriptor'>[] = [];
	/** Row by row; longer than the rows there are. */
	#values: Float32Array;
	#norms: Float64Array;

	constructor(model: GalleryModel) {
		this.model = model;
		this.#values = new Float32Array(16 * model.descriptorLength);
		this.#norms = new Float64Array(16);
	}

	/** Templates in it. */
	get size(): number {
		return this.#rows.length;
	}

	/** People in it. */
	get people(): number {
		return new Set(this.#rows.map((row) => row.person)).size;
	}

	/**
	 * Adds a template, or replaces the one of the same id. The descriptor is copied.
	 * @throws TypeError for a template of another recogniser: its distances would mean nothing
	 */
	add(template: Template): void {
		const fault = templateFault(this.model, template);
		if (fault !== null) throw new TypeError(fault);
		const { modelId, descriptorLength, metric } = this.model;
		const known = this.#rows.findIndex((row) => row.id === template.id);
		const row = known >= 0 ? known : this.#rows.length;
		if (row === this.#norms.length) this.#grow();
		this.#rows[row] = { id: template.id, person: template.person, kind: template.kind, modelId };
		const scale = metric === 'cosine' ? 1 / norm(template.descriptor) : 1;
		const from = row * descriptorLength;
		for (let i = 0; i < descriptorLength; i++) this.#values[from + i] = (template.descriptor[i] as number) * scale;
		const stored = norm(this.#values.subarray(from, from + descriptorLength));
		this.#norms[row] = stored * stored;
	}

	/** Removes a person's templates and overwrites them. Answers how many there were. */
	removePerson(person: string): number {
		const before = this.#rows.length;
		const { descriptorLength: width } = this.model;
		for (let row = this.#rows.length - 1; row >= 0; row--) {
			if (this.#rows[row]?.person !== person) continue;
			const last = this.#rows.pop();
			const lastFrom = this.#rows.length * width;
			if (last && row < this.#rows.length) {
				this.#rows[row] = last;
				this.#values.copyWithin(row * width, lastFrom, lastFrom + width);
				this.#norms[row] = this.#norms[this.#rows.length] as number;
			}
			this.#values.fill(0, lastFrom, lastFrom + width);
		}
		return before - this.#rows.length;
	}

	/** Removes and overwrites everything. */
	clear(): void {
		this.#rows = [];
		this.#values.fill(0);
	}

	/** The nearest person and the second nearest; null from an empty gallery. */
	search(probe: Float32Array): Nearest | null {
		const { descriptorLength: width, metric } = this.model;
		if (probe.length !== width) throw new TypeError(`A probe of ${probe.length} numbers cannot be compared with templates of ${width}`);
		const values = this.#values;
		const length = norm(probe);
		let bestRow = -1;
		let bestKey = Number.POSITIVE_INFINITY;
		let secondRow = -1;
		let secondKey = Number.POSITIVE_INFINITY;
		for (let row = 0, at = 0; row < this.#rows.length; row++) {
			// Four sums at once: the processor need not wait for one addition before the next.
			let a = 0;
			let b = 0;
			let c = 0;
			let d = 0;
			let i = 0;
			for (; i + 3 < width; i += 4, at += 4) {
				a += (probe[i] as number) * (values[at] as number);
				b += (probe[i + 1] as number) * (values[at + 1] as number);
				c += (probe[i + 2] as number) * (values[at + 2] as number);
				d += (probe[i + 3] as number) * (values[at + 3] as number);
			}
			for (; i < width; i++, at++) a += (probe[i] as number) * (values[at] as number);
			const dot = a + b + c + d;
			const key = metric === 'cosine' ? -dot : (this.#norms[row] as number) - 2 * dot;
			if (key >= secondKey) continue;
			if (key < bestKey) {
				if (bestRow < 0 || this.#rows[bestRow]?.person !== this.#rows[row]?.person) {
					secondRow = bestRow;
					secondKey = bestKey;
				}
				bestRow = row;
				bestKey = key;
			} else if (this.#rows[bestRow]?.person !== this.#rows[row]?.person) {
				secondRow = row;
				secondKey = key;
			}
		}
		const match = (row: number, key: number): Match | null => {
			const found = this.#rows[row];
			if (!found) return null;
			const distance = metric === 'cosine' ? 1 + key / (length || 1) : Math.sqrt(Math.max(0, key + length * length));
			return { person: found.person, kind: found.kind, distance };
		};
		const best = match(bestRow, bestKey);
		return best && { best, second: match(secondRow, secondKey) };
	}

	#grow(): void {
		const values = new Float32Array(this.#values.length * 2);
		values.set(this.#values);
		this.#values.fill(0);
		this.#values = values;
		const norms = new Float64Array(this.#norms.length * 2);
		norms.set(this.#norms);
		this.#norms = norms;
	}
}

/** Why a template cannot be compared by this recogniser, and what to do; null when it can. */
export function templateFault(model: Pick<GalleryModel, 'modelId' | 'descriptorLength'>, template: Template): string | null {
	if (template.modelId !== model.modelId || template.descriptor.length !== model.descriptorLength) {
		const made = `${template.modelId} (${template.descriptor.length} numbers)`;
		return `Template ${template.id} was made by ${made}, this gallery compares ${model.modelId} (${model.descriptorLength}): enrol the person again`;
	}
	const length = norm(template.descriptor);
	if (length > 0 && length < Number.POSITIVE_INFINITY) return null;
	return `Template ${template.id} is no descriptor, its length is ${length}: enrol the person again`;
}

function norm(vector: Float32Array): number {
	let sum = 0;
	for (const value of vector) sum += value * value;
	return Math.sqrt(sum);
}
