import { type EventType, eventBodies, type LoggedEvent } from '../../contract/events.js';
import { alerts } from './alerts.js';
import { cameras } from './cameras.js';
import { consent } from './consent.js';
import { guests } from './guests.js';
import type { Projection, RowUpdate } from './projection.js';
import { rota } from './rota.js';
import { summaries } from './summaries.js';
import { tasks } from './tasks.js';
import { visits } from './visits.js';

const projections: readonly Projection[] = [visits, alerts, cameras, consent, rota, guests, tasks, summaries];

type Project = (event: LoggedEvent) => readonly RowUpdate[];

/** By event type, what each projection makes of it. */
const byType = new Map<EventType, readonly Project[]>(
	// TypeScript cannot see that the entry under an event's own type takes that event.
	(Object.keys(eventBodies) as EventType[]).map((type) => [
		type,
		projections.flatMap((projection) => (projection[type] as Project | undefined) ?? []),
	]),
);

/** Every row that the event changes, in the order in which to change them. */
export function rowUpdates(event: LoggedEvent): RowUpdate[] {
	return (byType.get(event.type) ?? []).flatMap((project) => project(event));
}
