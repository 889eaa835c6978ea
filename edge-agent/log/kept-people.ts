import { type SearchKeys, searchKeys } from './customer-search.js';

interface View {
	readonly id: string;
	readonly name: string;
	readonly telephone?: string | null;
}

/** Somebody as screens see them, and what they are found by, which is worked out when they are first looked for. */
export class KeptPerson<V extends View> {
	readonly view: V;
	#keys: SearchKeys | undefined;

	constructor(view: V) {
		this.view = view;
	}

	get keys(): SearchKeys {
		this.#keys ??= searchKeys(this.view.name, this.view.telephone ?? null);
		return this.#keys;
	}
}

/** People by id, and in the order of their names' characters. */
export class KeptPeople<V extends View> {
	readonly #people = new Map<string, KeptPerson<V>>();
	#sorted: readonly KeptPerson<V>[] = [];
	/** Whoever does not stand in the order yet as they now are. */
	readonly #unsorted = new Set<string>();

	/** null: they are gone. */
	set(id: string, view: V | null): void {
		if (view) this.#people.set(id, new KeptPerson(view));
		else if (!this.#people.delete(id)) return;
		this.#unsorted.add(id);
	}

	get(id: string): V | null {
		return this.#people.get(id)?.view ?? null;
	}

	inOrder(): readonly KeptPerson<V>[] {
		if (this.#unsorted.size === 0) return this.#sorted;
		const stay = this.#sorted.filter(({ view }) => !this.#unsorted.has(view.id));
		const come = [...this.#unsorted].flatMap((id) => this.#people.get(id) ?? []).sort(byName);
		// Two rows that are in order each: sorting merges them in one pass, whereas during an import everybody would be sorted again and again.
		this.#sorted = [...stay, ...come].sort(byName);
		this.#unsorted.clear();
		return this.#sorted;
	}
}

function byName({ view: a }: KeptPerson<View>, { view: b }: KeptPerson<View>): number {
	return compare(a.name, b.name) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
