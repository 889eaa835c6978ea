import type { CustomerView, StaffView } from '../contract/api.js';
import type { Template } from '../gallery/gallery.types.js';
import type { Connection } from '../store/database.store.js';

interface TemplateRow extends Omit<Template, 'descriptor'> {
	readonly descriptor: Buffer;
}

/** Staff, customers and templates. */
export class PeopleRows {
	readonly #staff;
	readonly #customers;
	readonly #templates;

	constructor(database: Connection) {
		this.#staff = database.prepare<[], Omit<StaffView, 'onDuty'> & { onDuty: 0 | 1 }>(
			'SELECT id, name, role, on_duty AS onDuty FROM staff ORDER BY name, id',
		);
		this.#customers = database.prepare<[], CustomerView>(`
			SELECT id, name, telephone, consultant, (SELECT count(*) FROM templates WHERE person = customers.id) AS templates
			FROM customers ORDER BY name, id`);
		this.#templates = database.prepare<[string], TemplateRow>(
			'SELECT id, person, kind, model_id AS modelId, descriptor FROM templates WHERE model_id = ? ORDER BY id',
		);
	}

	staff(): StaffView[] {
		return this.#staff.all().map((row) => ({ ...row, onDuty: row.onDuty === 1 }));
	}

	customers(): CustomerView[] {
		return this.#customers.all();
	}

	/** The templates that this model made. */
	templates(modelId: string): Template[] {
		return this.#templates.all(modelId).map((row) => ({ ...row, descriptor: floats(row.descriptor) }));
	}
}

/** Copied out, because SQLite's bytes may start anywhere and float32 must be aligned. */
function floats(bytes: Buffer): Float32Array {
	return new Float32Array(Uint8Array.from(bytes).buffer);
}
