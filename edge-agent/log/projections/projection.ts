import type { EventType, LoggedEvent } from '../../contract/events.js';

/** One statement with its named values. */
export interface RowUpdate {
	readonly sql: string;
	readonly values: Readonly<Record<string, string | number | null>>;
}

/** By event type, what the event changes in a projection's rows. Knows no database: the writer runs the statements. */
export type Projection = { readonly [T in EventType]?: (event: Extract<LoggedEvent, { type: T }>) => readonly RowUpdate[] };
