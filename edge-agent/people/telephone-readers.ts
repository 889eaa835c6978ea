import type { VisitView } from '../contract/api.js';
import { refusal } from './permissions.js';
import type { Principal } from './principal.js';

/** Whether somebody is told telephones: whoever may look at customers is, so neither phones nor boards nor every program. */
export function readsTelephones(principal: Principal): boolean {
	return refusal(principal, 'GET /api/customers/:id') === null;
}

/** The visit without what its visitor left of a telephone. */
export function withoutTelephone(visit: VisitView): VisitView {
	return { ...visit, checkin: visit.checkin && { ...visit.checkin, telephone: null } };
}
