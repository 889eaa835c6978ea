import type { AlertView } from '../contract/api.js';
import type { DeskChange, LivePicture } from '../contract/sockets.js';
import { refusal } from '../people/permissions.js';
import type { Principal } from '../people/principal.js';
import { withoutTelephone } from '../people/telephone-readers.js';

/** How much a screen is told: everything, alerts without visits (a wall that anybody reads), or cameras only. */
export const sights = ['floor', 'alerts', 'cameras'] as const;
export type Sees = (typeof sights)[number];

/** What the permission table lets somebody read over HTTP, they see on a screen. */
export function seesOf(principal: Principal): Sees {
	if (refusal(principal, 'GET /api/visits') === null) return 'floor';
	return refusal(principal, 'GET /api/alerts') === null ? 'alerts' : 'cameras';
}

/** A change as this kind of screen may see it. Telephones are asked for over HTTP, by who may read them. */
export function changeFor(sees: Sees, { seq, visits, alerts }: DeskChange): DeskChange {
	return sees === 'floor'
		? { seq, visits: visits.map(withoutTelephone), alerts }
		: { seq, visits: [], alerts: alerts.map((alert) => alertFor(sees, alert)) };
}

/** An alert as this kind of screen may see it. What a customer came for before and what is open for them is not for a wall that anybody reads. */
export function alertFor(sees: Sees, alert: AlertView): AlertView {
	return sees === 'floor' ? alert : { ...alert, lastVisitAt: null, interests: [], tasks: [], photograph: false };
}

/** A live picture as this kind of screen may see it: who it shows, only those read who may know. */
export function pictureFor(sees: Sees, picture: LivePicture): LivePicture {
	return sees === 'floor' ? picture : { ...picture, boxes: picture.boxes.map((box) => ({ ...box, label: null })) };
}
