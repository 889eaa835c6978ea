import type { AlertView, CameraView, VisitView } from '../contract/api.js';
import type { LoggedEvent } from '../contract/events.js';
import type { ShowroomQueries } from '../log/log.types.js';

/** What messages say besides what stands in the events: as it is when they are sent. */
export interface Facts {
	/** What the store is called. */
	readonly showroom: string;
	readonly alerts: ReadonlyMap<string, AlertView>;
	readonly visits: ReadonlyMap<string, VisitView>;
	/** Of customers and members of staff. */
	readonly names: ReadonlyMap<string, string>;
	/** What guests gave as their names, by the guest's id. */
	readonly guests: ReadonlyMap<string, string>;
	/** What cameras are called. */
	readonly cameras: ReadonlyMap<string, string>;
}

export interface FactSources {
	readonly queries: Pick<ShowroomQueries, 'alerts' | 'visits' | 'guest' | 'namesOf'>;
	readonly showroom: () => string;
	readonly cameras: () => readonly Pick<CameraView, 'id' | 'name'>[];
}

/** What is known about these events. Somebody who was erased is in none of it. */
export async function factsOf(events: readonly LoggedEvent[], { queries, showroom, cameras }: FactSources): Promise<Facts> {
	const bodies = events.map(({ body }) => body);
	const alertIds = bodies.flatMap((body) => ('alert' in body ? [body.alert] : []));
	const alerts = alertIds.length > 0 ? await queries.alerts({ ids: [...new Set(alertIds)] }) : [];
	const visitIds = [...bodies.flatMap((body) => ('visit' in body ? [body.visit] : [])), ...alerts.map(({ visit }) => visit)];
	const visits = visitIds.length > 0 ? await queries.visits({ ids: [...new Set(visitIds)] }) : [];
	const people = [...bodies.flatMap(peopleIn), ...alerts.flatMap(peopleIn), ...visits.flatMap(peopleIn)];
	const guestIds = bodies.flatMap((body) => ('guest' in body && 'at' in body ? [body.guest] : []));
	const guests = (await Promise.all(guestIds.map((id) => queries.guest(id)))).filter((guest) => guest !== null);
	return {
		showroom: showroom(),
		alerts: byId(alerts),
		visits: byId(visits),
		names: people.length > 0 ? await queries.namesOf([...new Set(people)]) : new Map(),
		guests: new Map(guests.flatMap(({ id, name }) => (name === null ? [] : [[id, name]]))),
		cameras: new Map(cameras().map(({ id, name }) => [id, name])),
	};
}

/** The ids of people that a body or a view names. */
function peopleIn(body: object): string[] {
	const single = ['staff', 'from', 'host', 'customer', 'receivedBy', 'greetedBy', 'acknowledgedBy'] as const;
	const fields: Readonly<Record<string, unknown>> = { ...body };
	const steps = Array.isArray(fields.steps) ? fields.steps.flatMap((step: { readonly staff: readonly string[] }) => step.staff) : [];
	const several = [fields.told, fields.staff].flatMap((value) => (Array.isArray(value) ? value : []));
	return [...single.map((field) => fields[field]), ...several, ...steps].filter((value) => typeof value === 'string');
}

function byId<T extends { readonly id: string }>(views: readonly T[]): ReadonlyMap<string, T> {
	return new Map(views.map((view) => [view.id, view]));
}
