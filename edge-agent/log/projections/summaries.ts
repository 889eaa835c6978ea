import type { Projection } from './projection.js';

const MAKE = `
	INSERT INTO summaries (day, made_at, figures) VALUES (@day, @at, @figures)
	ON CONFLICT DO UPDATE SET made_at = excluded.made_at, figures = excluded.figures`;

/** What each day came to; made again, the last one counts. */
export const summaries: Projection = {
	'summary.made': ({ at, body: { day, ...figures } }) => [{ sql: MAKE, values: { day, at: at.wall, figures: JSON.stringify(figures) } }],
};
