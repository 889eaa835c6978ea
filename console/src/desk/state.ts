import type { AlertClose, AlertView, CameraView, ShowroomView, VisitView } from '../../../edge-agent/contract/api.js';
import type { AlertDelivery, DeskChange } from '../../../edge-agent/contract/sockets.js';

export type Connection = 'connecting' | 'online' | 'offline';

/** What the person at this screen may do with an alert. */
export type AlertAct =
	| { readonly kind: 'accept' }
	| { readonly kind: 'greet' }
	| { readonly kind: 'close'; readonly reason: AlertClose['reason'] };

/** An act that was tapped and is not yet confirmed by the agent, or was refused. `error` is for people; `network`: no answer came. */
export type ActState =
	| { readonly act: AlertAct; readonly state: 'pending' }
	| { readonly act: AlertAct; readonly state: 'failed'; readonly error: string; readonly network: boolean }
	/** The agent said no, and would again: somebody else has the visitor, or it is over. */
	| { readonly act: AlertAct; readonly state: 'refused'; readonly error: string };

/** All that the console shows, except the log page's day and the live picture. */
export interface DeskState {
	readonly connection: Connection;
	readonly showroom: ShowroomView | null;
	/** The agent's wall clock is this much ahead of this screen's monotonic clock (performance.now()), in ms. */
	readonly clockOffset: number;
	/** The last log seq seen: the rest is asked for on reconnection. */
	readonly lastSeq: number;
	readonly alerts: ReadonlyMap<string, AlertView>;
	/** Visits changed since this page was opened. */
	readonly visits: ReadonlyMap<string, VisitView>;
	readonly cameras: ReadonlyMap<string, CameraView>;
	/** Deliveries that came and are to be acknowledged as soon as their card is on the screen: alert ids by delivery id. */
	readonly unacknowledged: ReadonlyMap<string, string>;
	/** Alerts that this person was told of although somebody else has them: nobody has walked up to the visitor yet. */
	readonly calledIn: ReadonlySet<string>;
	/** By alert id. */
	readonly acts: ReadonlyMap<string, ActState>;
	/** Alerts that this person tried to accept and that somebody else already had. */
	readonly lost: ReadonlySet<string>;
}

export type DeskInput =
	| { readonly type: 'connection'; readonly connection: Connection }
	| { readonly type: 'showroom'; readonly showroom: ShowroomView; readonly clockOffset: number }
	/** Everything open, as of a seq: on start, and when the agent's log turned out to be another one. */
	| { readonly type: 'snapshot'; readonly alerts: readonly AlertView[]; readonly lastSeq: number }
	| { readonly type: 'change'; readonly change: DeskChange }
	| { readonly type: 'delivery'; readonly delivery: AlertDelivery }
	| { readonly type: 'acknowledged'; readonly deliveries: readonly string[] }
	| { readonly type: 'camera'; readonly camera: CameraView }
	| { readonly type: 'act'; readonly alert: string; readonly act: AlertAct }
	| { readonly type: 'act-answered'; readonly alert: AlertView; readonly staff: string }
	| { readonly type: 'act-failed'; readonly alert: string; readonly error: string; readonly network: boolean }
	| { readonly type: 'act-refused'; readonly alert: string; readonly error: string; readonly taken: boolean };

export const initialDeskState: DeskState = {
	connection: 'connecting',
	showroom: null,
	clockOffset: 0,
	lastSeq: 0,
	alerts: new Map(),
	visits: new Map(),
	cameras: new Map(),
	unacknowledged: new Map(),
	calledIn: new Set(),
	acts: new Map(),
	lost: new Set(),
};

/** The state after an input. Pure. */
export function reduceDesk(state: DeskState, input: DeskInput): DeskState {
	switch (input.type) {
		case 'connection':
			return state.connection === input.connection ? state : { ...state, connection: input.connection };
		case 'showroom':
			return {
				...state,
				showroom: input.showroom,
				clockOffset: input.clockOffset,
				cameras: byId(input.showroom.cameras),
			};
		case 'snapshot':
			return { ...state, alerts: byId(input.alerts), visits: new Map(), lastSeq: input.lastSeq, acts: new Map(), lost: new Set() };
		case 'change':
			return {
				...state,
				alerts: withRows(state.alerts, input.change.alerts),
				visits: withRows(state.visits, input.change.visits),
				lastSeq: Math.max(state.lastSeq, input.change.seq),
				acts: withoutRefused(state.acts, input.change.alerts),
			};
		case 'delivery':
			return {
				...state,
				alerts: withLater(state.alerts, input.delivery.alert),
				unacknowledged: withEntry(state.unacknowledged, input.delivery.delivery, input.delivery.alert.id),
				calledIn: input.delivery.alert.state === 'acknowledged' ? new Set([...state.calledIn, input.delivery.alert.id]) : state.calledIn,
			};
		case 'acknowledged':
			return { ...state, unacknowledged: without(state.unacknowledged, input.deliveries) };
		case 'camera':
			return { ...state, cameras: withEntry(state.cameras, input.camera.id, input.camera) };
		case 'act':
			return { ...state, acts: withEntry(state.acts, input.alert, { act: input.act, state: 'pending' }) };
		case 'act-answered':
			return answered(state, input.alert, input.staff);
		case 'act-failed': {
			const running = state.acts.get(input.alert);
			if (!running) return state;
			const failed: ActState = { act: running.act, state: 'failed', error: input.error, network: input.network };
			return { ...state, acts: withEntry(state.acts, input.alert, failed) };
		}
		case 'act-refused': {
			const running = state.acts.get(input.alert);
			if (!running) return state;
			// The change that says who took it may be here already: then its card says so.
			const told = state.alerts.get(input.alert)?.state !== 'open';
			return {
				...state,
				acts: told
					? without(state.acts, [input.alert])
					: withEntry(state.acts, input.alert, { act: running.act, state: 'refused', error: input.error }),
				lost: input.taken ? new Set([...state.lost, input.alert]) : state.lost,
			};
		}
	}
}

function answered(state: DeskState, alert: AlertView, staff: string): DeskState {
	const running = state.acts.get(alert.id);
	const lost = running?.act.kind === 'accept' && alert.acknowledgedBy !== null && alert.acknowledgedBy !== staff;
	return {
		...state,
		alerts: withLater(state.alerts, alert),
		acts: without(state.acts, [alert.id]),
		lost: lost ? new Set([...state.lost, alert.id]) : state.lost,
	};
}

/** An alert that changed says by itself how it stands now. */
function withoutRefused(acts: DeskState['acts'], changed: readonly AlertView[]): DeskState['acts'] {
	const over = changed.filter(({ id }) => acts.get(id)?.state === 'refused').map(({ id }) => id);
	return over.length === 0 ? acts : without(acts, over);
}

const rank = { open: 0, acknowledged: 1, greeted: 2, closed: 2 } as const;

/**
 * An alert that came with an answer or a delivery, which carry no seq: it may have been on its way longer than a change that is already
 * here. Alerts never go back, so the further one is the newer.
 */
function withLater(alerts: ReadonlyMap<string, AlertView>, alert: AlertView): ReadonlyMap<string, AlertView> {
	const known = alerts.get(alert.id);
	if (known && (rank[known.state] > rank[alert.state] || (known.state === alert.state && known.step > alert.step))) return alerts;
	return withEntry(alerts, alert.id, alert);
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> {
	return new Map(rows.map((row) => [row.id, row]));
}

function withRows<T extends { readonly id: string }>(known: ReadonlyMap<string, T>, rows: readonly T[]): ReadonlyMap<string, T> {
	return rows.length === 0 ? known : new Map([...known, ...byId(rows)]);
}

function withEntry<T>(known: ReadonlyMap<string, T>, key: string, value: T): ReadonlyMap<string, T> {
	return new Map(known).set(key, value);
}

function without<T>(known: ReadonlyMap<string, T>, keys: readonly string[]): ReadonlyMap<string, T> {
	const rest = new Map(known);
	for (const key of keys) rest.delete(key);
	return rest;
}
