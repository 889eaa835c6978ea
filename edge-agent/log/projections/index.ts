import type { LoggedEvent } from '../../contract/events.js';
import { alerts } from './alerts.js';
import { cameras } from './cameras.js';
import { consent } from './consent.js';
import type { Projection, RowUpdate } from './projection.js';
import { visits } from './visits.js';

const projections: readonly Projection[] = [visits, alerts, cameras, consent];

/** Every row that the event changes, in the order in which to change them. */
export function rowUpdates(event: LoggedEvent): RowUpdate[] {
	return projections.flatMap((projection) => {
		// TypeScript cannot see that the entry under an event's own type takes that event.
		const project = projection[event.type] as ((event: LoggedEvent) => readonly RowUpdate[]) | undefined;
		return project?.(event) ?? [];
	});
}
