import type { AlertView } from '../../../edge-agent/contract/api.js';
import { agent } from '../shared/http.client.js';
import type { AlertAct } from './state.js';

/** The agent's HTTP API, as the console uses it. All throw {@link import('../shared/http.client.js').RequestError}. */
export const fetchShowroom = (language: string) => agent.call('GET /api/showroom', { language });

export const fetchOpenAlerts = (language: string) => agent.call('GET /api/alerts', { query: { open: 'true' }, language });

/** Visits opened in [from, to), Unix ms, newest first. */
export const fetchVisits = (from: number, to: number, language: string) => agent.call('GET /api/visits', { query: { from, to }, language });

/** Accepts, greets or closes an alert in the name of whoever is signed in. Repeating is harmless. */
export function postAct(alert: string, act: AlertAct, language: string): Promise<AlertView> {
	const how = { params: { id: alert }, key: crypto.randomUUID(), language };
	if (act.kind === 'close') return agent.call('POST /api/alerts/:id/close', { ...how, body: { reason: act.reason } });
	return agent.call(`POST /api/alerts/:id/${act.kind}`, how);
}
