import { z } from 'zod';
import { count, id } from './event-parts.js';
import { closeReasonSchema, purposeSchema, rotaSchema } from './vocabulary.js';

/** Who is told at each step of a plan, and how many ms after it began. */
const steps = z.array(z.object({ afterMs: count, staff: z.array(id) }));
/** Whose turn of a rota it was, and among whom: what fair shares are counted by. */
const turnSchema = z.object({ rota: rotaSchema, staff: id, among: z.array(id) });
/** Why somebody of the rota was not told first. `later`: they were free, and it was not their turn. */
export const passedSchema = z.enum(['off', 'break', 'busy', 'unreachable', 'later']);
const passed = z.array(z.object({ staff: id, why: passedSchema }));
/** How a plan came about; null turn: nobody's turn was used (their own consultant, a manager, whoever was asked for). */
const planned = { steps, turn: turnSchema.nullable(), passed };

/** How somebody is received. Subject: the alert. */
export const alertEvents = {
	/** Somebody is to be received. Subject: the alert. `steps` is the whole plan, fixed when it opens. */
	'alert.opened': z.object({
		alert: id,
		visit: id,
		/** hand-over: `from` asks a colleague to take their visitor over. */
		kind: z.enum(['arrival', 'hand-over']),
		from: id.nullable(),
		customer: id.nullable(),
		purpose: purposeSchema.nullable(),
		...planned,
		/** The customer asked not to be greeted: their consultant is told, and nothing escalates or turns red. */
		quiet: z.boolean(),
		/** ms after opening at which the wait counts as too long (red). */
		redAfterMs: z.number().int().positive(),
	}),
	/**
	 * The alert's visitor became known after it opened, or asked for somebody at the kiosk (customer null: still nobody we know): the
	 * plan starts anew for the right consultant.
	 */
	'alert.rerouted': z.object({
		...{ alert: id, customer: id.nullable(), ...planned, quiet: z.boolean() },
		/** What its first step is called where somebody is told: whoever is told by that name already is not told again. */
		base: count,
	}),
	/** Another visit is received by way of this alert: its party's, or one of many at once. */
	'alert.joined': z.object({ alert: id, visit: id }),
	/** Somebody was sent: they are told now, as this step; `steps` is the plan from now on. */
	'alert.assigned': z.object({ alert: id, staff: id, by: id, step: count, steps }),
	/** Whoever took it cannot come after all; it is open again. */
	'alert.released': z.object({ alert: id, staff: id }),
	'alert.escalated': z.object({ alert: id, step: z.number().int(), staff: z.array(id) }),
	'alert.overdue': z.object({ alert: id }),
	/** Handed to a connected device; not yet known to have arrived. */
	'alert.sent': z.object({ alert: id, step: z.number().int(), staff: id, device: id }),
	/** The device says that it shows the alert. */
	'alert.received': z.object({ alert: id, step: z.number().int(), staff: id, device: id }),
	'alert.acknowledged': z.object({ alert: id, staff: id }),
	'alert.greeted': z.object({ alert: id, staff: id }),
	'alert.closed': z.object({ alert: id, reason: closeReasonSchema, staff: id.nullable() }),
} as const;
