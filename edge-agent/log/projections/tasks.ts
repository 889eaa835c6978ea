import type { Projection } from './projection.js';

const OPEN = `
	INSERT INTO tasks (id, kind, visit, customer, staff, due_at) VALUES (@task, @kind, @visit, @customer, @staff, @dueAt)
	ON CONFLICT DO NOTHING`;
const DONE = 'UPDATE tasks SET done_at = @at, done_by = @staff, how = @how WHERE id = @task AND done_at IS NULL';

/** What is to be done for customers by a day. */
export const tasks: Projection = {
	'task.opened': ({ body }) => [{ sql: OPEN, values: body }],
	'task.done': ({ at, body }) => [{ sql: DONE, values: { ...body, at: at.wall } }],
};
