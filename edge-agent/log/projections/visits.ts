import type { Projection } from './projection.js';

const OPEN = `
	INSERT INTO visits (id, opened_seq, opened_at, entrance, source, customer, purpose, host)
	VALUES (@visit, @seq, @at, @entrance, @source, @customer, @purpose, @host) ON CONFLICT DO NOTHING`;
const IDENTIFY = 'UPDATE visits SET customer = @customer WHERE id = @visit';
const STEP_OUT = 'UPDATE visits SET stepped_out_at = @at WHERE id = @visit';
const GREET = 'UPDATE visits SET greeted_at = @at, greeted_by = @staff WHERE id = @visit AND greeted_at IS NULL';
const CLOSE = 'UPDATE visits SET closed_at = @at, close_reason = @reason WHERE id = @visit AND closed_at IS NULL';
// Whoever comes to see nobody in particular still has the host they had.
const CHECK_IN = `
	UPDATE visits SET checkin = @checkin, model = @model, purpose = @purpose, host = coalesce(@host, host) WHERE id = @visit`;

/** Visits: the first opening, greeting and closing count; of identifications and check-ins the last. */
export const visits: Projection = {
	'visit.opened': ({ seq, at, body: { face: _, ...body } }) => [{ sql: OPEN, values: { seq, at: at.wall, ...body } }],
	'visit.identified': ({ body }) => [{ sql: IDENTIFY, values: { visit: body.visit, customer: body.customer } }],
	'visit.stepped-out': ({ at, body }) => [{ sql: STEP_OUT, values: { visit: body.visit, at: at.wall } }],
	'visit.returned': ({ body }) => [{ sql: STEP_OUT, values: { visit: body.visit, at: null } }],
	'visit.greeted': ({ at, body }) => [{ sql: GREET, values: { ...body, at: at.wall } }],
	'visit.closed': ({ at, body }) => [{ sql: CLOSE, values: { ...body, at: at.wall } }],
	'checkin.recorded': ({ body: { visit, checkin, model, purpose, host } }) => [
		{ sql: CHECK_IN, values: { visit, checkin, model, purpose, host } },
	],
};
