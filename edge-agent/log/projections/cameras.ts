import type { Projection } from './projection.js';

const CHANGE = `
	INSERT INTO cameras (id, state, reason, changed_at) VALUES (@camera, @state, @reason, @at)
	ON CONFLICT DO UPDATE SET state = excluded.state, reason = excluded.reason, changed_at = excluded.changed_at`;

/** Each camera's last known state. */
export const cameras: Projection = {
	'camera.changed': ({ at, body }) => [{ sql: CHANGE, values: { ...body, at: at.wall } }],
};
