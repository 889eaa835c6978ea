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
interface Visit extends Mutable<Omit<VisitView, 'customer' | 'checkin' | 'repeat' | 'record'>>, Mutable<VisitView['record']> {
	seq: number;
	customerId: string | null;
	checkinId: string | null;
	model: string | null;
}
type Past = 'lastVisitAt' | 'interests' | 'tasks' | 'photograph';
interface Alert extends Mutable<Omit<AlertView, 'customer' | 'checkinName' | 'told' | 'joined' | Past>> {
	seq: number;
	customerId: string | null;
}
interface Told {
	alert: string;
	step: number;
	staff: string;
}
interface Task {
	customer: string | null;
	dueAt: number;
	done: boolean;
}

const NONE: readonly unknown[] = ['staff', 'courier', 'not-a-visitor', 'merged'];
const counts = ({ closeReason }: Visit) => !NONE.includes(closeReason);
const isDue = (visit: Visit) => visit.receivedBy !== null && visit.closedAt !== null && visit.outcomeAt === null && counts(visit);
const newestFirst = (a: Visit, b: Visit) => b.openedAt - a.openedAt || b.seq - a.seq;

export function fold(events: readonly LoggedEvent[], rows: readonly RowChange[]): Model {
	const visits = new Map<string, Visit>();
	const alerts = new Map<string, Alert>();
	const cameras = new Map<string, Model['cameras'][number]>();
	const tasks = new Map<string, Task>();
	const told: Told[] = [];
	const joined = new Set<string>();
	/** Told before somebody took the alert. */
	const answered = new Set<Told>();
	const received = new Set<string>();
	const key = ({ alert, step, staff }: Told) => JSON.stringify([alert, step, staff]);
	const tell = (alert: string, step: number, people: readonly string[] = []) => {
		for (const staff of people) {
			const before = told.find((one) => key(one) === key({ alert, step, staff }));
			if (before) answered.delete(before);
			else told.push({ alert, step, staff });
		}
	};

	for (const { type, seq, at, body } of events) {
		const visit = 'visit' in body ? visits.get(body.visit) : undefined;
		const alert = 'alert' in body ? alerts.get(body.alert) : undefined;
		const unsettled = alert?.state === 'open' || alert?.state === 'acknowledged';
		switch (type) {
			case 'visit.opened':
				if (!visit)
					visits.set(body.visit, {
						...{ id: body.visit, seq, openedAt: at.wall, lastSeenAt: at.wall, entrance: body.entrance, source: body.source },
						...{ customerId: body.customer, checkinId: null, model: null, purpose: body.purpose, host: body.host },
						...{ steppedOutAt: null, greetedAt: null, greetedBy: null, closedAt: null, closeReason: null, receivedBy: null },
						party: body.party === null ? null : (visits.get(body.party)?.party ?? body.party),
						...{ mergedInto: null, channel: body.source === 'guest' ? 'invited' : null, partySize: 1, models: [], rivals: [] },
						...{ grade: null, result: null, testDrive: false, quote: false, contactLeft: false, outcomeAt: null, outcomeBy: null },
					});
				break;
			case 'visit.identified':
				if (visit) Object.assign(visit, { customerId: body.customer, lastSeenAt: at.wall });
				break;
			case 'visit.seen':
				if (visit) visit.lastSeenAt = at.wall;
				break;
			case 'visit.stepped-out':
				if (visit) Object.assign(visit, { steppedOutAt: at.wall, lastSeenAt: at.wall });
				break;
			case 'visit.returned':
				if (visit) Object.assign(visit, { steppedOutAt: null, lastSeenAt: at.wall });
				break;
			case 'visit.greeted':
				if (visit) {
					if (visit.greetedAt === null) Object.assign(visit, { greetedAt: at.wall, greetedBy: body.staff });
					Object.assign(visit, { receivedBy: visit.receivedBy ?? body.staff, lastSeenAt: at.wall });
				}
				break;
			case 'visit.closed':
				if (visit && visit.closedAt === null) Object.assign(visit, { closedAt: at.wall, closeReason: body.reason });
				break;
			case 'visit.merged':
				if (visit) visit.mergedInto = body.into;
				break;
			case 'visit.reassigned':
				if (visit) visit.receivedBy = body.staff;
				break;
			case 'visit.corrected':
				if (visit) {
					const { customer = visit.customerId, ...changes } = body.changes;
					Object.assign(visit, changes, { customerId: customer });
				}
				break;
			case 'visit.outcome-recorded':
				if (visit) {
					const { visit: _, staff, note: __, ...form } = body;
					Object.assign(visit, form, { outcomeAt: at.wall, outcomeBy: staff });
				}
				break;
			case 'checkin.recorded':
				if (visit) {
					Object.assign(visit, { checkinId: body.checkin, model: body.model, purpose: body.purpose });
					Object.assign(visit, { host: body.host ?? visit.host, lastSeenAt: at.wall });
					if (body.model !== null) visit.models = [...new Set([...visit.models, body.model])];
				}
				break;
			case 'guest.arrived':
				if (visit) visit.channel ??= 'invited';
				break;
			case 'alert.opened':
				if (!alert)
					alerts.set(body.alert, {
						...{ id: body.alert, seq, visit: body.visit, kind: body.kind, from: body.from, quiet: body.quiet, state: 'open' },
						...{ openedAt: at.wall, customerId: body.customer, purpose: body.purpose, step: 0, acknowledgedBy: null, acknowledgedAt: null },
						...{ greetedAt: null, greetedBy: null, overdue: false, redAt: at.wall + body.redAfterMs, closedAt: null, closeReason: null },
					});
				tell(body.alert, 0, body.steps[0]?.staff);
				break;
			case 'alert.rerouted':
				if (alert) Object.assign(alert, { customerId: body.customer, quiet: body.quiet, step: body.base });
				tell(body.alert, body.base, body.steps[0]?.staff);
				break;
			case 'alert.joined':
				joined.add(JSON.stringify([body.alert, body.visit]));
				break;
			case 'alert.assigned':
				if (alert) alert.step = body.step;
				tell(body.alert, body.step, [body.staff]);
				break;
			case 'alert.released':
				if (alert?.state === 'acknowledged') Object.assign(alert, { state: 'open', acknowledgedBy: null, acknowledgedAt: null });
				for (const one of told) if (one.alert === body.alert) answered.delete(one);
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
				if (alert && unsettled) Object.assign(alert, { state: 'acknowledged', acknowledgedBy: body.staff, acknowledgedAt: at.wall });
				for (const one of told) if (one.alert === body.alert) answered.add(one);
				break;
			case 'alert.greeted':
				if (alert && unsettled) Object.assign(alert, { state: 'greeted', greetedAt: at.wall, greetedBy: body.staff });
				break;
			case 'alert.closed':
				if (alert && unsettled) Object.assign(alert, { state: 'closed', closedAt: at.wall, closeReason: body.reason });
				break;
			case 'task.opened':
				if (!tasks.has(body.task)) tasks.set(body.task, { customer: body.customer, dueAt: body.dueAt, done: false });
				break;
			case 'task.done': {
				const task = tasks.get(body.task);
				if (task) task.done = true;
				break;
			}
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
	const inOrder = [...visits.values()].sort(newestFirst);
	/** The customer's visits up to this one, newest first. */
	const upTo = (id: string, last: Visit) =>
		inOrder.filter((visit) => visit.customerId === id && counts(visit) && newestFirst(last, visit) <= 0);
	const past = (id: string | undefined, visit: Visit | undefined): Pick<AlertView, Past> => {
		if (id === undefined) return { lastVisitAt: null, interests: [], tasks: [], photograph: false };
		const all = visit ? upTo(id, visit) : [];
		const earlier = all.filter((one) => one !== visit);
		const open = [...tasks.entries()].filter(([, task]) => task.customer === id && !task.done);
		open.sort(([a, { dueAt: first }], [b, { dueAt: second }]) => first - second || (a < b ? -1 : 1));
		return {
			lastVisitAt: earlier[0]?.openedAt ?? null,
			interests: [...new Set(all.flatMap(({ models }) => models))],
			tasks: [
				...open.map(([, { dueAt }]) => ({ kind: 'follow-up' as const, dueAt })),
				...earlier.filter(isDue).map(({ closedAt }) => ({ kind: 'outcome' as const, dueAt: closedAt ?? 0 })),
			],
			photograph: false,
		};
	};
	const alertsJoined = [...joined].map((pair): [string, string] => JSON.parse(pair));
	const unsettled = [...alerts.values()].filter(({ state }) => state === 'open' || state === 'acknowledged');
	const needed = [...unsettled, ...[...visits.values()].filter(({ closedAt }) => closedAt === null)].map(({ seq }) => seq);
	return {
		visits: inOrder.map((all) => {
			const { seq: _, customerId, checkinId, model, ...visit } = all;
			const { channel, partySize, models, rivals, grade, result, testDrive, quote, contactLeft, outcomeAt, outcomeBy, ...rest } = visit;
			const text = row('checkin_texts', checkinId);
			return {
				...rest,
				customer: customer(customerId),
				checkin: text ? { name: text.name, telephone: text.telephone, model } : null,
				repeat: customerId !== null && customer(customerId) ? upTo(customerId, all).some((one) => one !== all) : null,
				record: { channel, partySize, models, rivals, grade, result, testDrive, quote, contactLeft, outcomeAt, outcomeBy },
			};
		}),
		alerts: [...alerts.values()].map(({ seq: _, customerId, ...alert }) => {
			const visit = visits.get(alert.visit);
			const known = customer(visit?.customerId ?? customerId);
			return {
				...alert,
				customer: known,
				purpose: visit?.purpose ?? alert.purpose,
				checkinName: row('checkin_texts', visit?.checkinId ?? null)?.name ?? null,
				told: [...new Set(told.filter((one) => one.alert === alert.id).map(({ staff }) => staff))],
				joined: alertsJoined.flatMap(([to, one]) => (to === alert.id ? [one] : [])).sort(),
				...past(known?.id, visit),
			};
		}),
		cameras: [...cameras.values()],
		firstUnsettledSeq: needed.length > 0 ? Math.min(...needed) : events.length + 1,
		pending: (staff) =>
			told
				.filter(
					(one) => one.staff === staff && unsettled.some(({ id }) => id === one.alert) && !answered.has(one) && !received.has(key(one)),
				)
				.map(({ alert, step }) => ({ alert, step })),
	};
}
