import type { AlertView, VisitView } from '../../../edge-agent/contract/api.js';
import type { LoggedEvent } from '../../../edge-agent/contract/events.js';
import type { RowChange } from '../../../edge-agent/log/log.types.js';

/** The projections once more, as a fold in plain TypeScript over whole objects: what the rows must say after any history. */
export interface Model {
	visits: VisitView[];
	alerts: AlertView[];
	cameras: { id: string; state: string; reason: string | null; changed_at: number }[];
	firstUnsettledSeq: number;
	pending(staff: string): { alert: string; step: number }[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface Visit extends Mutable<Omit<VisitView, 'customer' | 'checkin'>> {
	seq: number;
	customerId: string | null;
	checkinId: string | null;
	model: string | null;
}
interface Alert extends Mutable<Omit<AlertView, 'customer' | 'checkinName' | 'told'>> {
	seq: number;
	customerId: string | null;
}
interface Told {
	alert: string;
	step: number;
	staff: string;
}

export function fold(events: readonly LoggedEvent[], rows: readonly RowChange[]): Model {
	const visits = new Map<string, Visit>();
	const alerts = new Map<string, Alert>();
	const cameras = new Map<string, Model['cameras'][number]>();
	const told: Told[] = [];
	const received = new Set<string>();
	const key = ({ alert, step, staff }: Told) => JSON.stringify([alert, step, staff]);
	const tell = (alert: string, step: number, people: readonly string[] = []) => {
		for (const staff of people) if (!told.some((one) => key(one) === key({ alert, step, staff }))) told.push({ alert, step, staff });
	};

	for (const { type, seq, at, body } of events) {
		const visit = 'visit' in body ? visits.get(body.visit) : undefined;
		const alert = 'alert' in body ? alerts.get(body.alert) : undefined;
		const unsettled = alert?.state === 'open' || alert?.state === 'acknowledged';
		switch (type) {
			case 'visit.opened':
				if (!visit)
					visits.set(body.visit, {
						id: body.visit,
						seq,
						openedAt: at.wall,
						entrance: body.entrance,
						source: body.source,
						customerId: body.customer,
						checkinId: null,
						model: null,
						purpose: body.purpose,
						host: body.host,
						steppedOutAt: null,
						greetedAt: null,
						greetedBy: null,
						closedAt: null,
						closeReason: null,
					});
				break;
			case 'visit.identified':
				if (visit) visit.customerId = body.customer;
				break;
			case 'visit.stepped-out':
				if (visit) visit.steppedOutAt = at.wall;
				break;
			case 'visit.returned':
				if (visit) visit.steppedOutAt = null;
				break;
			case 'visit.greeted':
				if (visit && visit.greetedAt === null) Object.assign(visit, { greetedAt: at.wall, greetedBy: body.staff });
				break;
			case 'visit.closed':
				if (visit && visit.closedAt === null) Object.assign(visit, { closedAt: at.wall, closeReason: body.reason });
				break;
			case 'checkin.recorded':
				if (visit)
					Object.assign(visit, {
						checkinId: body.checkin,
						model: body.model,
						purpose: body.purpose,
						host: body.host ?? visit.host,
					});
				break;
			case 'alert.opened':
				if (!alert)
					alerts.set(body.alert, {
						id: body.alert,
						seq,
						visit: body.visit,
						state: 'open',
						openedAt: at.wall,
						customerId: body.customer,
						purpose: body.purpose,
						step: 0,
						acknowledgedBy: null,
						acknowledgedAt: null,
						greetedAt: null,
						greetedBy: null,
						overdue: false,
						redAt: at.wall + body.redAfterMs,
						closedAt: null,
						closeReason: null,
					});
				tell(body.alert, 0, body.steps[0]?.staff);
				break;
			case 'alert.rerouted':
				if (alert) Object.assign(alert, { customerId: body.customer, step: 0 });
				tell(body.alert, 0, body.steps[0]?.staff);
				break;
			case 'alert.escalated':
				if (alert) alert.step = body.step;
				tell(body.alert, body.step, body.staff);
				break;
			case 'alert.overdue':
				if (alert) alert.overdue = true;
				break;
			case 'alert.received':
				received.add(key(body));
				break;
			case 'alert.acknowledged':
				if (alert?.state === 'open') Object.assign(alert, { state: 'acknowledged', acknowledgedBy: body.staff, acknowledgedAt: at.wall });
				break;
			case 'alert.greeted':
				if (alert && unsettled) Object.assign(alert, { state: 'greeted', greetedAt: at.wall, greetedBy: body.staff });
				break;
			case 'alert.closed':
				if (alert && unsettled) Object.assign(alert, { state: 'closed', closedAt: at.wall, closeReason: body.reason });
				break;
			case 'camera.changed':
				cameras.set(body.camera, { id: body.camera, state: body.state, reason: body.reason, changed_at: at.wall });
		}
	}

	const row = <T extends RowChange['table']>(table: T, id: string | null) =>
		rows.findLast((change): change is Extract<RowChange, { table: T }> => change.table === table && change.id === id);
	const customer = (id: string | null) => {
		const found = row('customers', id);
		return found ? { id: found.id, name: found.name } : null;
	};
	const unsettled = [...alerts.values()].filter(({ state }) => state === 'open' || state === 'acknowledged');
	const needed = [...unsettled, ...[...visits.values()].filter(({ closedAt }) => closedAt === null)].map(({ seq }) => seq);
	return {
		visits: [...visits.values()]
			.sort((a, b) => b.openedAt - a.openedAt || b.seq - a.seq)
			.map(({ seq: _, customerId, checkinId, model, ...visit }) => {
				const text = row('checkin_texts', checkinId);
				const checkin = text ? { name: text.name, telephone: text.telephone, model } : null;
				return { ...visit, customer: customer(customerId), checkin };
			}),
		alerts: [...alerts.values()].map(({ seq: _, customerId, ...alert }) => {
			const visit = visits.get(alert.visit);
			return {
				...alert,
				customer: customer(visit?.customerId ?? customerId),
				purpose: visit?.purpose ?? alert.purpose,
				checkinName: row('checkin_texts', visit?.checkinId ?? null)?.name ?? null,
				told: [...new Set(told.filter((one) => one.alert === alert.id).map(({ staff }) => staff))],
			};
		}),
		cameras: [...cameras.values()],
		firstUnsettledSeq: needed.length > 0 ? Math.min(...needed) : events.length + 1,
		pending: (staff) =>
			told
				.filter((one) => one.staff === staff && alerts.get(one.alert)?.state === 'open' && !received.has(key(one)))
				.map(({ alert, step }) => ({ alert, step })),
	};
}
