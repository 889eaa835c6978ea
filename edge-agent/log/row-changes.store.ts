import type { Connection } from '../store/database.store.js';
import type { RowChange } from './log.types.js';

const statements: { readonly [T in RowChange['table']]: string } = {
	checkin_texts: `
		INSERT INTO checkin_texts (id, name, telephone) VALUES (@id, @name, @telephone)
		ON CONFLICT DO UPDATE SET name = excluded.name, telephone = excluded.telephone`,
	staff: `
		INSERT INTO staff (id, name, role, on_duty) VALUES (@id, @name, @role, @onDuty)
		ON CONFLICT DO UPDATE SET name = excluded.name, role = excluded.role, on_duty = excluded.on_duty`,
	customers: `
		INSERT INTO customers (id, name, telephone, consultant) VALUES (@id, @name, @telephone, @consultant)
		ON CONFLICT DO UPDATE SET name = excluded.name, telephone = excluded.telephone, consultant = excluded.consultant`,
	templates: `
		INSERT INTO templates (id, person, kind, model_id, descriptor) VALUES (@id, @person, @kind, @modelId, @descriptor)
		ON CONFLICT DO UPDATE SET
			person = excluded.person, kind = excluded.kind, model_id = excluded.model_id, descriptor = excluded.descriptor`,
};

/** Answers what writes a checked row change, as it now is; of the same id, the last one stays. */
export function rowChanger(database: Connection): (change: RowChange) => void {
	const prepared = {
		checkin_texts: database.prepare(statements.checkin_texts),
		staff: database.prepare(statements.staff),
		customers: database.prepare(statements.customers),
		templates: database.prepare(statements.templates),
	};
	return (change) => {
		prepared[change.table].run(change.table === 'staff' ? { ...change, onDuty: change.onDuty ? 1 : 0 } : change);
	};
}
