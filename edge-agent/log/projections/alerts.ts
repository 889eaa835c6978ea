import type { Instant } from '../../contract/vocabulary.js';
import type { Projection, RowUpdate } from './projection.js';

const OPEN = `
	INSERT INTO alerts (id, visit, kind, from_staff, quiet, opened_seq, opened_at, red_at, state, customer, purpose, step, overdue)
	VALUES (@alert, @visit, @kind, @from, @quiet, @seq, @at, @redAt, 'open', @customer, @purpose, 0, 0) ON CONFLICT DO NOTHING`;
const REROUTE = 'UPDATE alerts SET customer = @customer, quiet = @quiet, step = @base WHERE id = @alert';
const JOIN = 'INSERT INTO alert_joined (alert, visit) VALUES (@alert, @visit) ON CONFLICT DO NOTHING';
const STEP = 'UPDATE alerts SET step = @step WHERE id = @alert';
const OVERDUE = 'UPDATE alerts SET overdue = 1 WHERE id = @alert';
// Whoever takes it over from somebody else is the one who has it.
const ACKNOWLEDGE = `
	UPDATE alerts SET state = 'acknowledged', acknowledged_by = @staff, acknowledged_at = @at
	WHERE id = @alert AND state IN ('open', 'acknowledged')`;
const RELEASE = `
	UPDATE alerts SET state = 'open', acknowledged_by = NULL, acknowledged_at = NULL WHERE id = @alert AND state = 'acknowledged'`;
const GREET = `
	UPDATE alerts SET state = 'greeted', greeted_at = @at, greeted_by = @staff WHERE id = @alert AND state IN ('open', 'acknowledged')`;
const CLOSE = `
	UPDATE alerts SET state = 'closed', closed_at = @at, close_reason = @reason WHERE id = @alert AND state IN ('open', 'acknowledged')`;
const TELL = `
	INSERT INTO alert_told (alert, step, staff, told_at) VALUES (@alert, @step, @staff, @at)
	ON CONFLICT DO UPDATE SET answered = 0`;
const ANSWERED = 'UPDATE alert_told SET answered = @answered WHERE alert = @alert';
const SENT = `
	INSERT INTO alert_deliveries (alert, step, staff, device, sent_at) VALUES (@alert, @step, @staff, @device, @at)
	ON CONFLICT DO UPDATE SET sent_at = coalesce(sent_at, excluded.sent_at)`;
const RECEIVED = `
	INSERT INTO alert_deliveries (alert, step, staff, device, received_at) VALUES (@alert, @step, @staff, @device, @at)
	ON CONFLICT DO UPDATE SET received_at = coalesce(received_at, excluded.received_at)`;

function tell({ wall: at }: Instant, alert: string, step: number, staff: readonly string[]): RowUpdate[] {
	return staff.map((person) => ({ sql: TELL, values: { alert, step, staff: person, at } }));
}

/** Somebody has taken it, or cannot come after all: whether whoever has not received it need not any more. */
function answered(alert: string, answered: 0 | 1): RowUpdate {
	return { sql: ANSWERED, values: { alert, answered } };
}

/**
 * Alerts and who was told. Opening tells the plan's first step. A new plan adds to who was told:
 * nobody who has been told is forgotten, and who was told the same step before is not told twice. Whoever was sent is told as a step.
 */
export const alerts: Projection = {
	'alert.opened': ({ seq, at, body: { alert, visit, kind, from, quiet, customer, purpose, steps, redAfterMs } }) => [
		{
			sql: OPEN,
			values: {
				...{ seq, alert, visit, kind, from, customer, purpose, quiet: quiet ? 1 : 0 },
				...{ at: at.wall, redAt: at.wall + redAfterMs },
			},
		},
		...tell(at, alert, 0, steps[0]?.staff ?? []),
	],
	'alert.rerouted': ({ at, body: { alert, customer, quiet, steps, base } }) => [
		{ sql: REROUTE, values: { alert, customer, base, quiet: quiet ? 1 : 0 } },
		...tell(at, alert, base, steps[0]?.staff ?? []),
	],
	'alert.joined': ({ body }) => [{ sql: JOIN, values: body }],
	'alert.assigned': ({ at, body: { alert, staff, step } }) => [{ sql: STEP, values: { alert, step } }, ...tell(at, alert, step, [staff])],
	'alert.released': ({ body: { alert } }) => [{ sql: RELEASE, values: { alert } }, answered(alert, 0)],
	'alert.escalated': ({ at, body: { alert, step, staff } }) => [{ sql: STEP, values: { alert, step } }, ...tell(at, alert, step, staff)],
	'alert.overdue': ({ body }) => [{ sql: OVERDUE, values: body }],
	'alert.sent': ({ at, body }) => [{ sql: SENT, values: { ...body, at: at.wall } }],
	'alert.received': ({ at, body }) => [{ sql: RECEIVED, values: { ...body, at: at.wall } }],
	'alert.acknowledged': ({ at, body }) => [{ sql: ACKNOWLEDGE, values: { ...body, at: at.wall } }, answered(body.alert, 1)],
	'alert.greeted': ({ at, body }) => [{ sql: GREET, values: { ...body, at: at.wall } }],
	'alert.closed': ({ at, body: { alert, reason } }) => [{ sql: CLOSE, values: { alert, reason, at: at.wall } }],
};
