import type { Colleague } from '../alerts/plan.js';
import { elapsedMs } from '../clock.js';
import type { StaffView } from '../contract/api.js';
import type { Instant } from '../contract/vocabulary.js';
import type { VisitsState } from '../visits/visits.types.js';
import { dutyOf, rotasOf } from './duty.js';
import type { ReceptionState } from './reception-state.js';

/** What the showroom knows of its people now. */
export interface Crewed {
	readonly staff: readonly StaffView[];
	readonly reception: ReceptionState;
	readonly visits: VisitsState;
	/** To whom an alert would be shown now. */
	readonly reachable: ReadonlySet<string>;
	/** Whoever received a visitor counts as busy for so many ms at most. */
	readonly busyMs: number;
	readonly now: Instant;
}

/** Everybody who works here, as alerts have to know them. */
export function colleagues(crewed: Crewed): Colleague[] {
	const { staff, reception, reachable, now } = crewed;
	return staff.map(({ id, role, onDuty }) => {
		const row = reception.rotas.get(id);
		return {
			...{ id, role, reachable: reachable.has(id), rotas: rotasOf(role, row), backup: row?.backup ?? null },
			duty: dutyOf(onDuty, row, reception.duty.get(id), now.wall).duty,
			busy: busyWith(id, crewed).length > 0,
		};
	});
}

/** The visits whose visitors somebody is with: until they end, they say that they are free, or it has been too long to be true. */
export function busyWith(staff: string, { visits, reception, busyMs, now }: Omit<Crewed, 'staff' | 'reachable'>): string[] {
	const freed = reception.freed.get(staff);
	return [...visits.open.values()]
		.filter(({ id, receivedBy, greetedAt }) => receivedBy === staff && !freed?.has(id) && greetedAt && elapsedMs(greetedAt, now) < busyMs)
		.map(({ id }) => id);
}
