import type { Projection, RowUpdate } from './projection.js';

const OPEN = `
	INSERT INTO alerts (id, visit, opened_seq, opened_at, red_at, state, customer, purpose, step, overdue)
	VALUES (@alert, @visit, @seq, @at, @redAt, 'open', @customer, @purpose, 0, 0) ON CONFLICT DO NOTHING`;
const REROUTE = 'UPDATE alerts SET customer = @customer, step = 0 WHERE id = @alert';
const ESCALATE = 'UPDATE alerts SET step = @step WHERE id = @alert';
const OVERDUE = 'UPDATE alerts SET overdue = 1 WHERE id = @alert';
const ACKNOWLEDGE = `
	UPDATE alerts SET state = 'acknowledged', acknowledged_by = @staff, acknowledged_at = @at WHERE id = @alert AND state = 'open'`;
const GREET = `
	UPDATE alerts SET state = 'greeted', greeted_at = @at, greeted_by = @staff WHERE id = @alert AND state IN ('open', 'acknowledged')`;
const CLOSE = `
	UPDATE alerts SET state = 'closed', closed_at = @at, close_reason = @reason WHERE id = @alert AND state IN ('open', 'acknowledged')`;
const TELL = 'INSERT INTO alert_told (alert, step, staff) VALUES (@alert, @step, @staff) ON CONFLICT DO NOTHING';
const SENT = `
	INSERT INTO alert_deliveries (alert, step, staff, device, sent_at) VALUES (@alert, @step, @staff, @device, @at)
	ON CONFLICT DO UPDATE SET sent_at = coalesce(sent_at, excluded.sent_at)`;
const RECEIVED = `
	INSERT INTO alert_deliveries (alert, step, staff, device, received_at) VALUES (@alert, @step, @staff, @device, @at)
	ON CONFLICT DO UPDATE SET received_at = coalesce(received_at, excluded.received_at)`;

function tell(alert: string, step: number, staff: readonly string[]): RowUpdate[] {
	return staff.map((person) => ({ sql: TELL, values: { alert, step, staff: person } }));
}

/**
 * Alerts and who was told. Opening tells the plan's first step. A new plan starts at its first step again and adds to who was
 * told: nobody who has been told is forgotten, and who was told the same step before is not told twice.
 */
export const alerts: Projection = {
	'alert.opened': ({ seq, at, body: { alert, visit, customer, purpose, steps, redAfterMs } }) => [
		{ sql: OPEN, values: { seq, alert, visit, customer, purpose, at: at.wall, redAt: at.wall + redAfterMs } },
		...tell(alert, 0, steps[0]?.staff ?? []),
	],
	'alert.rerouted': ({ body: { alert, customer, steps } }) => [
		{ sql: REROUTE, values: { alert, customer } },
		...tell(alert, 0, steps[0]?.staff ?? []),
	],
	'alert.escalated': ({ body: { alert, step, staff } }) => [{ sql: ESCALATE, values: { alert, step } }, ...tell(alert, step, staff)],
	'alert.overdue': ({ body }) => [{ sql: OVERDUE, values: body }],
	'alert.sent': ({ at, body }) => [{ sql: SENT, values: { ...body, at: at.wall } }],
	'alert.received': ({ at, body }) => [{ sql: RECEIVED, values: { ...body, at: at.wall } }],
	'alert.acknowledged': ({ at, body }) => [{ sql: ACKNOWLEDGE, values: { ...body, at: at.wall } }],
	'alert.greeted': ({ at, body }) => [{ sql: GREET, values: { ...body, at: at.wall } }],
	'alert.closed': ({ at, body: { alert, reason } }) => [{ sql: CLOSE, values: { alert, reason, at: at.wall } }],
};
