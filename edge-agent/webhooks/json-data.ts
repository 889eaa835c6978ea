import type { WebhookConfig } from '../config/config.schema.js';
import type { AlertView, VisitView } from '../contract/api.js';
import type { EventBody, LoggedEvent } from '../contract/events.js';
import type { Facts } from './facts.js';
import { Speech } from './speech.js';

interface Person {
	readonly id: string;
	readonly name: string | null;
}

/**
 * What a program is told of an event: ids, purposes and figures, each named here, so that nothing new in an event leaves by itself (no
 * distances of faces, no texts, no telephone). `visitor.name` as the webhook may name them.
 */
export function dataOf(
	event: LoggedEvent,
	facts: Facts,
	webhook: Pick<WebhookConfig, 'names' | 'language'>,
): Record<string, unknown> | null {
	const speech = new Speech(facts, webhook);
	const staff = (id: string | null): Person | null => (id === null ? null : { id, name: facts.names.get(id) ?? null });
	const several = (ids: readonly string[]) => ids.flatMap((id) => staff(id) ?? []);
	const visitOf = (id: string | undefined) => facts.visits.get(id ?? '');
	const visitor = (alert: AlertView | undefined, visit: VisitView | undefined) => ({
		customer: (visit?.customer ?? alert?.customer)?.id ?? null,
		name: speech.name(alert, visit),
	});
	const ofVisit = (body: { readonly visit: string }) => {
		const visit = visitOf(body.visit);
		return { visit: body.visit, visitor: visitor(undefined, visit), purpose: visit?.purpose ?? null, host: staff(visit?.host ?? null) };
	};
	const ofAlert = (body: { readonly alert: string }) => {
		const alert = facts.alerts.get(body.alert);
		const visit = visitOf(alert?.visit);
		return {
			...{ alert: body.alert, visit: alert?.visit ?? null, visitor: visitor(alert, visit) },
			...{ purpose: visit?.purpose ?? alert?.purpose ?? null, openedAt: alert?.openedAt ?? null },
		};
	};
	const first = (steps: EventBody<'alert.opened'>['steps']) => several(steps[0]?.staff ?? []);

	switch (event.type) {
		case 'visit.opened':
			return { ...ofVisit(event.body), source: event.body.source, entrance: event.body.entrance, party: event.body.party };
		case 'visit.identified':
			return { ...ofVisit(event.body), by: event.body.by };
		case 'visit.greeted':
			return { ...ofVisit(event.body), staff: staff(event.body.staff) };
		case 'visit.closed':
			return { ...ofVisit(event.body), reason: event.body.reason };
		case 'visit.outcome-recorded': {
			const { visit, staff: by, note: _, ...outcome } = event.body;
			return { ...ofVisit({ visit }), staff: staff(by), ...outcome };
		}
		case 'alert.opened': {
			const { kind, from, quiet, steps, redAfterMs } = event.body;
			return { ...ofAlert(event.body), kind, from: staff(from), quiet, staff: first(steps), redAfterMs };
		}
		case 'alert.rerouted':
			return { ...ofAlert(event.body), quiet: event.body.quiet, staff: first(event.body.steps) };
		case 'alert.escalated':
			return { ...ofAlert(event.body), step: event.body.step, staff: several(event.body.staff) };
		case 'alert.overdue':
			return ofAlert(event.body);
		case 'alert.acknowledged':
		case 'alert.greeted':
			return { ...ofAlert(event.body), staff: staff(event.body.staff) };
		case 'alert.closed':
			return { ...ofAlert(event.body), reason: event.body.reason, staff: staff(event.body.staff) };
		case 'checkin.recorded': {
			const { checkin, via, purpose, host, model } = event.body;
			return { ...ofVisit(event.body), checkin, via, purpose, host: staff(host), model };
		}
		case 'guest.expected': {
			const { guest, customer, host, purpose, at } = event.body;
			return { guest, visitor: { customer, name: speech.guest(event.body) }, host: staff(host), purpose, expectedAt: at };
		}
		case 'guest.arrived':
			return { ...ofVisit(event.body), guest: event.body.guest };
		case 'summary.made':
			return event.body;
		case 'camera.changed':
			return { ...event.body, name: facts.cameras.get(event.body.camera) ?? null };
		default:
			return null;
	}
}
