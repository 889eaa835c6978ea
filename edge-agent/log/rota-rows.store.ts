import type { RotaRow, Wishes } from '../contract/reception.api.js';
import type { DutyState, Rota } from '../contract/vocabulary.js';
import type { Connection } from '../store/database.store.js';

/** What somebody last said of being there. */
export interface DutyRow {
	readonly staff: string;
	readonly state: DutyState;
	/** When a break ends (Unix ms), as the next one. */
	readonly until: number | null;
	readonly at: number;
}

/** What somebody has had of a rota's turns. */
export interface TurnsRow {
	readonly rota: Rota;
	readonly staff: string;
	readonly turns: number;
	/** Turns behind a fair share; negative: ahead of it. */
	readonly owed: number;
}

/** Who is on duty, who takes turns, and whom customers would rather see. */
export class RotaRows {
	readonly #duty;
	readonly #rotas;
	readonly #turns;
	readonly #wishes;

	constructor(database: Connection) {
		this.#duty = database.prepare<[], DutyRow>('SELECT staff, state, until_at AS until, changed_at AS at FROM duty ORDER BY staff');
		this.#rotas = database.prepare<[], { staff: string; rotas: string; shifts: string; backup: string | null }>(
			'SELECT staff, rotas, shifts, backup FROM rota ORDER BY staff',
		);
		this.#turns = database.prepare<[], TurnsRow>('SELECT rota, staff, turns, owed FROM rota_turns ORDER BY rota, staff');
		this.#wishes = database.prepare<[string], { greeting: 0 | 1; always: 0 | 1 }>(
			'SELECT greeting, always FROM customer_wishes WHERE customer = ?',
		);
	}

	duty(): DutyRow[] {
		return this.#duty.all();
	}

	rotas(): (RotaRow & { staff: string })[] {
		return this.#rotas.all().map(({ rotas, shifts, ...row }) => ({ ...row, rotas: JSON.parse(rotas), shifts: JSON.parse(shifts) }));
	}

	turns(): TurnsRow[] {
		return this.#turns.all();
	}

	/** Who has wished for nothing is greeted, by anybody. */
	wishes(customer: string): Wishes {
		const row = this.#wishes.get(customer);
		return row ? { greeting: row.greeting === 1, always: row.always === 1 } : { greeting: true, always: false };
	}
}
