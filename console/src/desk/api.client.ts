import type { AlertsAnswer, AlertView, ShowroomView, VisitsAnswer } from '../../../edge-agent/contract/api.js';
import { requestJson } from '../shared/http.client.js';
import type { AlertAct } from './state.js';

/** The agent's HTTP API, as the console uses it. All throw {@link import('../shared/http.client.js').RequestError}. */
export const fetchShowroom = (language: string) => requestJson<ShowroomView>('/api/showroom', { language });

export const fetchOpenAlerts = (language: string) => requestJson<AlertsAnswer>('/api/alerts?open=true', { language });

/** Visits opened in [from, to), Unix ms, newest first. */
export const fetchVisits = (from: number, to: number, language: string) =>
	requestJson<VisitsAnswer>(`/api/visits?from=${from}&to=${to}`, { language });

/** Accepts, greets or closes an alert in the name of whoever is signed in. Repeating is harmless. */
export function postAct(alert: string, act: AlertAct, language: string): Promise<AlertView> {
	const body = act.kind === 'close' ? { body: { reason: act.reason } } : {};
	return requestJson<AlertView>(`/api/alerts/${encodeURIComponent(alert)}/${act.kind}`, { method: 'POST', ...body, language });
}
