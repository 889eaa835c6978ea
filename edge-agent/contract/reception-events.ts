import { z } from 'zod';
import { count, id, time } from './event-parts.js';
import { dutyStateSchema, purposeSchema, rotaSchema } from './vocabulary.js';

/** `09:30`; `24:00` is the end of the day. */
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);

/** Who receives, who is expected, and what is still to be done. */
export const receptionEvents = {
	/** `until`: a break ends by itself then (Unix ms). Subject: the member of staff. */
	'duty.changed': z.object({ staff: id, state: dutyStateSchema, until: time.nullable() }),
	/** Free for the next visitor, though one of theirs is still here. */
	'duty.freed': z.object({ staff: id }),
	/** Which rotas somebody takes turns in, when they work (1 Monday … 7 Sunday, local time, `24:00` the day's end), and who stands in. */
	'rota.set': z.object({
		staff: id,
		rotas: z.array(rotaSchema).max(3),
		shifts: z.array(z.object({ days: z.array(z.number().int().min(1).max(7)).min(1).max(7), from: clockTime, to: clockTime })).max(14),
		backup: id.nullable(),
	}),
	/** greeting false: they would rather not be approached; always: only their own consultant (or the named backup) receives them. */
	'customer.wishes-set': z.object({ customer: id, greeting: z.boolean(), always: z.boolean() }),

	/** Somebody is expected. Name and telephone are texts in the `guest_texts` row of this id, which is also what their QR code says. */
	'guest.expected': z.object({
		guest: id,
		customer: id.nullable(),
		host: id.nullable(),
		purpose: purposeSchema.nullable(),
		/** When (Unix ms). */
		at: time,
	}),
	'guest.cancelled': z.object({ guest: id }),
	'guest.arrived': z.object({ guest: id, visit: id }),

	/** Something is to be done for a customer by a day; `follow-up` comes of an outcome's grade. */
	'task.opened': z.object({
		task: id,
		kind: z.enum(['follow-up']),
		visit: id,
		customer: id.nullable(),
		staff: id,
		/** Unix ms. */
		dueAt: time,
	}),
	'task.done': z.object({ task: id, staff: id, how: z.enum(['reached', 'not-reached', 'dropped']) }),

	/** A day's figures, made once after closing. Persons are counted with their parties. Times in ms. */
	'summary.made': z.object({
		/** `2026-11-23`, local. */
		day: z.string().regex(/^\d{4}-\d\d-\d\d$/),
		...{ visits: count, persons: count, known: count, repeat: count },
		...{ received: count, withinTarget: count, leftUnreceived: count, escalated: count },
		...{ contacts: count, testDrives: count, quotes: count, orders: count, openOutcomes: count },
		...{ guestsExpected: count, guestsArrived: count },
		greetMs: z.object({ p50: count, p95: count }).nullable(),
		dwellMs: z.object({ p50: count, p95: count }).nullable(),
	}),
} as const;
