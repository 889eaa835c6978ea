import { z } from 'zod';
import { audienceSchema } from '../contract/consent.api.js';
import { type EventDraft, eventBodies } from '../contract/events.js';
import { roleSchema } from '../contract/vocabulary.js';
import { StoreError } from '../store/store-error.js';
import type { RowChange } from './log.types.js';

// An ill-formed string (half a surrogate pair) would not come back from SQLite as it went in, and the chain would not verify.
const wellFormed = z.string().refine((text) => text.isWellFormed(), 'not well-formed Unicode');
const id = wellFormed.min(1).max(64);

const envelope = z.object({
	id,
	type: z.enum(Object.keys(eventBodies) as [keyof typeof eventBodies]),
	at: z.object({ wall: z.number().int(), mono: z.number(), boot: wellFormed.max(64) }),
	actor: wellFormed.regex(/^(system|cli|(camera|staff|kiosk):.{1,64})$/u),
	subject: id,
	cause: id.nullable(),
});

const text = wellFormed.min(1).max(200);
const count = z.number().int().nonnegative();
const rowChange = z.discriminatedUnion('table', [
	z.object({ table: z.literal('persons'), id, erase: z.enum(['face', 'everything']) }),
	z.object({ table: z.literal('access_records'), id: wellFormed.min(1).max(128), value: wellFormed.min(2).max(8192).nullable() }),
	z.object({ table: z.literal('checkin_texts'), id, name: text, telephone: text.nullable() }),
	z.object({ table: z.literal('visit_texts'), id, visit: id, text: wellFormed.min(1).max(1000) }),
	z.object({ table: z.literal('guest_texts'), id, name: text.nullable(), telephone: text.nullable() }),
	z.object({ table: z.literal('staff'), id, name: text, role: roleSchema, onDuty: z.boolean() }),
	z.object({ table: z.literal('customers'), id, name: text, telephone: text.nullable(), consultant: id.nullable() }),
	z.object({
		table: z.literal('templates'),
		id,
		person: id,
		kind: z.enum(['customer', 'staff']),
		modelId: text,
		descriptor: z.instanceof(Uint8Array).refine(({ length }) => length > 0 && length % 4 === 0, 'not a row of float32'),
	}),
	z.object({
		table: z.literal('consent_notices'),
		id,
		audience: audienceSchema,
		version: z.number().int().positive(),
		zh: wellFormed,
		en: wellFormed,
		publishedAt: z.number().int(),
		publishedBy: wellFormed,
	}),
	z.object({ table: z.literal('grant_texts'), id, person: id, guardian: text }),
	z.object({ table: z.literal('photographs'), id, person: id, jpeg: z.instanceof(Uint8Array) }),
	z.object({
		...{ table: z.literal('imports'), id, kind: z.enum(['customers', 'staff']), at: z.number().int(), actor: wellFormed.max(80) },
		state: z.enum(['writing', 'done', 'final', 'undoing', 'undone', 'forgotten']),
		...{ added: count, updated: count, skipped: count, removed: count, restored: count, kept: count },
	}),
	z.object({
		...{ table: z.literal('import_rows'), id, import: id, person: id, what: z.enum(['added', 'updated', 'settled']) },
		before: wellFormed.max(10_000).nullable(),
	}),
	z.object({ table: z.literal('customer_notes'), id, model: text.nullable(), note: wellFormed.min(1).max(1000).nullable() }),
	z.object({ table: z.literal('retention'), id: z.enum(['checkin_times', 'processing_records']), before: z.number().int() }),
]);

/**
 * The draft with nothing in its body but what its type declares: what the schema does not name (a visitor's name, say) never
 * reaches the log.
 *
 * @throws StoreError `invalid` naming the event and the field.
 */
export function checkDraft(draft: EventDraft): EventDraft {
	const outer = envelope.safeParse(draft);
	if (!outer.success) throw invalid(`event ${draft.id} (${draft.type})`, outer.error);
	const body = eventBodies[draft.type].safeParse(draft.body);
	if (!body.success) throw invalid(`event ${draft.id} (${draft.type}), body`, body.error);
	// The body was parsed by the very type that the envelope names.
	return { ...outer.data, body: body.data } as EventDraft;
}

/** @throws StoreError `invalid` naming the row and the field, never its texts. */
export function checkRowChange(change: RowChange): RowChange {
	const checked = rowChange.safeParse(change);
	if (!checked.success) throw invalid(`row ${change.id} of ${change.table}`, checked.error);
	return checked.data;
}

function invalid(what: string, error: z.ZodError): StoreError {
	const reasons = error.issues.map(({ path, message }) => `${path.join('.') || 'whole'}: ${message}`);
	return new StoreError('invalid', `${what} is not valid and was not written: ${reasons.join('; ')}`);
}
