import { pinyin } from 'pinyin-pro';
import type { StaffView } from '../../contract/api.js';

type Person = Pick<StaffView, 'id' | 'name'>;

/** Whom a consultant's name in a file means. */
export type Meant = { readonly staff: Person } | { readonly proposals: readonly Person[]; readonly ambiguous: boolean };

/** Finds staff by id or name, as dealer systems write them: `李雷`, `李 雷`, `李雷(A01)`. What it has looked up once it remembers. */
export class Consultants {
	readonly #staff: readonly (Person & { readonly key: string; readonly sound: string })[];
	readonly #seen = new Map<string, Meant>();

	constructor(staff: readonly Person[]) {
		this.#staff = staff.map(({ id, name }) => ({ id, name, key: normalName(name), sound: sound(name) }));
	}

	find(text: string): Meant {
		let meant = this.#seen.get(text);
		if (!meant) {
			meant = this.#look(text);
			this.#seen.set(text, meant);
		}
		return meant;
	}

	byId(id: string): Person | null {
		return this.#staff.find((person) => person.id === id) ?? null;
	}

	#look(text: string): Meant {
		const inBrackets = /[(（[【]([^)）\]】]+)[)）\]】]/.exec(text)?.[1];
		const id = this.#staff.find((person) => person.id === text.trim() || person.id === inBrackets?.trim());
		if (id) return { staff: { id: id.id, name: id.name } };
		const key = normalName(text);
		const same = this.#staff.filter((person) => person.key === key && key !== '');
		const [only] = same;
		if (only && same.length === 1) return { staff: { id: only.id, name: only.name } };
		const heard = sound(key);
		const near = same.length > 0 ? same : this.#staff.filter((person) => key !== '' && (person.sound === heard || within(person.key, key)));
		return { ambiguous: same.length > 1, proposals: near.slice(0, 5).map(({ id, name }) => ({ id, name })) };
	}
}

function within(a: string, b: string): boolean {
	return a.length > 0 && b.length > 0 && (a.includes(b) || b.includes(a));
}

function sound(name: string): string {
	return pinyin(normalName(name), { toneType: 'none', type: 'array' }).join('').toLowerCase();
}

/** As names are compared: without case, spaces, signs and brackets. */
export function normalName(name: string): string {
	return name
		.normalize('NFKC')
		.replaceAll(/\([^)]*\)|\[[^\]]*\]|【[^】]*】/g, '')
		.replaceAll(/[\s\p{P}\p{S}]/gu, '')
		.toLowerCase();
}
