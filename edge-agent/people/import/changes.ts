import type { EventBody } from '../../contract/events.js';
import type { ImportedPerson } from '../../log/import-rows.store.js';
import type { RowChange } from '../../log/log.types.js';
import type { StoredPeople } from './draft.js';
import type { CustomerTexts, StaffTexts, Write } from './judged.js';

/** An event still without its envelope. */
export type StaffEvent =
	| { readonly type: 'staff.added'; readonly body: EventBody<'staff.added'> }
	| { readonly type: 'staff.changed'; readonly body: EventBody<'staff.changed'> };

/** Some of an import's rows as the log takes them. */
export interface Batch {
	readonly changes: readonly RowChange[];
	readonly events: readonly StaffEvent[];
}

/** What rows write, each with what taking it back needs. */
export function toWrite(
	importId: string,
	writes: readonly Write<CustomerTexts | StaffTexts>[],
	disabled: StoredPeople['disabled'],
	newId: () => string,
): Batch {
	const changes: RowChange[] = [];
	const events: StaffEvent[] = [];
	for (const { id, before, after } of writes) {
		const person = id ?? newId();
		if ('role' in after) {
			changes.push({ table: 'staff', id: person, ...after });
			const { role, onDuty } = after;
			events.push(
				before === null
					? { type: 'staff.added', body: { staff: person, role } }
					: { type: 'staff.changed', body: { staff: person, role, onDuty, disabled: disabled.has(person) } },
			);
		} else changes.push(...customerRows(person, before === null || 'role' in before ? null : before, after));
		const what = before === null ? 'added' : 'updated';
		changes.push({ table: 'import_rows', id: newId(), import: importId, person, what, before: before && JSON.stringify(before) });
	}
	return { changes, events };
}

function customerRows(id: string, before: CustomerTexts | null, { name, telephone, consultant, model, note }: CustomerTexts): RowChange[] {
	const rows: RowChange[] = [{ table: 'customers', id, name, telephone, consultant }];
	const noted = model !== (before?.model ?? null) || note !== (before?.note ?? null);
	return noted ? [...rows, { table: 'customer_notes', id, model, note }] : rows;
}

/** How an import's people are taken back. */
export interface TakeBack extends Batch {
	readonly removed: number;
	readonly restored: number;
	readonly kept: readonly string[];
}

/** Removes whom the import added and restores whom it changed; whoever is in use since stays as they are. */
export function toTakeBack(importId: string, people: readonly ImportedPerson[], stored: StoredPeople): TakeBack {
	const changes: RowChange[] = [];
	const events: StaffEvent[] = [];
	const kept: string[] = [];
	let removed = 0;
	let restored = 0;
	const known = new Map<string, CustomerTexts | StaffTexts>([...stored.customers, ...stored.staff].map((person) => [person.id, person]));
	for (const { id, person, what, before, inUse } of people) {
		const now = known.get(person);
		if (inUse || !now) {
			if (now) kept.push(person);
			changes.push(settled(id, importId, person));
		} else if (what === 'added') {
			removed += 1;
			changes.push({ table: 'persons', id: person, erase: 'everything' }, settled(id, importId, person));
			if ('role' in now) events.push({ type: 'staff.changed', body: { staff: person, role: now.role, onDuty: false, disabled: true } });
		} else {
			restored += 1;
			changes.push(...restoredRows(person, JSON.parse(before ?? 'null'), now), settled(id, importId, person));
			if ('role' in now)
				events.push({
					type: 'staff.changed',
					body: { staff: person, role: now.role, onDuty: now.onDuty, disabled: stored.disabled.has(person) },
				});
		}
	}
	return { changes, events, removed, restored, kept };
}

function restoredRows(id: string, before: CustomerTexts | StaffTexts, now: CustomerTexts | StaffTexts): RowChange[] {
	if ('role' in before) return [{ table: 'staff', id, ...before }];
	return customerRows(id, 'role' in now ? null : now, before);
}

function settled(id: string, importId: string, person: string): RowChange {
	return { table: 'import_rows', id, import: importId, person, what: 'settled', before: null };
}
