import { type PackedTemplates, valuesOf } from '../gallery/packed-templates.js';
import type { Connection } from '../store/database.store.js';
import type { PersonKeys } from '../store/person-keys.store.js';
import { StoreError } from '../store/store-error.js';
import type { TemplateChanges } from './log.types.js';

/** People a page: main and the vision workers take it over in a few ms. */
const PAGE = 500;

interface SealedTemplate {
	readonly id: string;
	readonly kind: 'customer' | 'staff';
	readonly descriptor: Uint8Array;
}

/** Templates, opened, of those who changed. `people_changes` names everybody who ever did, each once, in the order of their last change. */
export class TemplateRows {
	readonly #keys: () => PersonKeys;
	readonly #changed;
	readonly #templates;
	readonly #count;
	readonly #page;

	constructor(database: Connection, keys: () => PersonKeys) {
		this.#keys = keys;
		this.#changed = database.prepare<[number], { place: number; person: string }>(
			`SELECT place, person FROM people_changes WHERE place > ? ORDER BY place LIMIT ${PAGE}`,
		);
		this.#templates = database.prepare<[string, string], SealedTemplate>(
			'SELECT id, kind, descriptor FROM templates WHERE person = ? AND model_id = ? ORDER BY id',
		);
		this.#count = database.prepare<[], number>('SELECT count(*) FROM templates').pluck();
		// All of one moment: whoever is erased and enrolled anew meanwhile has another key.
		this.#page = database.transaction((modelId: string, after: number) => this.#read(modelId, after));
	}

	/** A page of those who changed after this place. @throws StoreError `damaged` */
	changesAfter(modelId: string, after: number): Omit<TemplateChanges, 'names'> {
		return this.#page(modelId, after);
	}

	#read(modelId: string, after: number): Omit<TemplateChanges, 'names'> {
		const changed = this.#changed.all(after);
		const people: string[] = [];
		const kinds: SealedTemplate['kind'][] = [];
		const counts: number[] = [];
		const gone: string[] = [];
		const opened: Buffer[] = [];
		for (const { person } of changed) {
			const rows = this.#templates.all(person, modelId);
			const [first] = rows;
			const theirs = first && this.#open(person, rows);
			if (theirs) {
				const [before = theirs[0]] = opened;
				if (theirs.some(({ length }) => length !== before?.length)) throw otherLength(modelId, person);
				people.push(person);
				kinds.push(first.kind);
				counts.push(theirs.length);
				opened.push(...theirs);
			} else gone.push(person);
		}
		const more = changed.length === PAGE;
		const templates = { modelId, people, kinds, counts, ...pack(opened) };
		return { place: changed.at(-1)?.place ?? after, more, templates, gone, inStore: this.#count.get() ?? 0 };
	}

	/** null: they were erased. */
	#open(person: string, rows: readonly SealedTemplate[]): Buffer[] | null {
		const sealed = rows.map(({ id, descriptor }) => ({
			place: { table: 'templates', column: 'descriptor', row: id },
			sealed: descriptor,
		}));
		return this.#keys().openAll(person, 'face', sealed);
	}
}

function otherLength(modelId: string, person: string): StoreError {
	return new StoreError('damaged', `a template of ${person} is not as long as others by ${modelId}: erase their face and enrol them again`);
}

/** Moves the templates, all of one length, into a pack; where they stood is overwritten. */
function pack(opened: readonly Buffer[]): Pick<PackedTemplates, 'length' | 'values'> {
	const bytes = opened[0]?.length ?? 0;
	const length = bytes / Float32Array.BYTES_PER_ELEMENT;
	const values = valuesOf(opened.length, length);
	const into = new Uint8Array(values.buffer);
	for (const [index, plain] of opened.entries()) {
		into.set(plain, index * bytes);
		plain.fill(0);
	}
	return { length, values };
}
