import type { EventType, LoggedEvent } from '../contract/events.js';

/** What became of one visit, as the stored log tells it. Times are ms of the film. */
export interface LoggedVisit {
	readonly id: string;
	readonly openedMs: number;
	/** Who it was in the end; null: a visitor nobody knows. */
	readonly customer: string | null;
	readonly returnedMs: readonly number[];
	readonly alerts: readonly LoggedAlert[];
}

export interface LoggedAlert {
	readonly id: string;
	readonly visit: string;
	/** Whom the plan tells first: the plan that held in the end. */
	readonly firstTold: readonly string[];
	/** Who really got it, in order. */
	readonly received: readonly { readonly step: number; readonly staff: string; readonly atMs: number }[];
	readonly sent: boolean;
	readonly acknowledged: boolean;
}

type Of<T extends EventType> = Extract<LoggedEvent, { type: T }>;

/** The visits and alerts of a log. `mediaZeroMs`: the film's time 0 on the events' monotonic clock. */
export function digest(events: readonly LoggedEvent[], mediaZeroMs: number): { visits: LoggedVisit[]; alerts: LoggedAlert[] } {
	const all = <T extends EventType>(type: T): Of<T>[] => events.filter((event): event is Of<T> => event.type === type);
	const filmMs = (event: LoggedEvent): number => event.at.mono - mediaZeroMs;

	const alerts = all('alert.opened').map(({ body }): LoggedAlert => {
		const mine = <E extends { readonly body: { readonly alert: string } }>(list: readonly E[]): E[] =>
			list.filter((event) => event.body.alert === body.alert);
		const plan = mine(all('alert.rerouted')).at(-1)?.body ?? body;
		return {
			id: body.alert,
			visit: body.visit,
			firstTold: plan.steps[0]?.staff ?? [],
			received: mine(all('alert.received')).map((event) => ({ step: event.body.step, staff: event.body.staff, atMs: filmMs(event) })),
			sent: mine(all('alert.sent')).length > 0,
			acknowledged: mine(all('alert.acknowledged')).length + mine(all('alert.greeted')).length > 0,
		};
	});

	const visits = all('visit.opened').map((opened): LoggedVisit => {
		const { visit: id, customer } = opened.body;
		return {
			id,
			openedMs: filmMs(opened),
			customer: all('visit.identified').findLast((event) => event.body.visit === id)?.body.customer ?? customer,
			returnedMs: all('visit.returned')
				.filter((event) => event.body.visit === id)
				.map(filmMs),
			alerts: alerts.filter((alert) => alert.visit === id),
		};
	});
	return { visits, alerts };
}
