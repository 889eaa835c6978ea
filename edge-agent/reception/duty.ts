import type { ColleagueView, RotaRow } from '../contract/reception.api.js';
import type { DutyState, Role, Rota } from '../contract/vocabulary.js';
import { changesAt, isOpen } from './store-hours.js';

/** What somebody last said about their duty, and when (Unix ms). */
export interface SaidDuty {
	readonly state: DutyState;
	/** When a break ends. */
	readonly until: number | null;
	readonly at: number;
}

/** The rotas that a role takes turns in, unless a row says otherwise. */
export function rotasOf(role: Role, row: RotaRow | undefined): readonly Rota[] {
	if (row) return row.rotas;
	return role === 'consultant' ? ['sales'] : role === 'adviser' ? ['service'] : role === 'reception' ? ['reception'] : [];
}

/**
 * Whether somebody takes visitors now. What they said holds until their next shift begins or ends, for ever where they have no shifts, and
 * a break only until its end. Who said nothing works in their shifts, or always where they have none.
 *
 * @param onDuty the administrator's switch: false keeps somebody out of it altogether
 * @param now Unix ms; shifts are by the machine's time zone
 */
export function dutyOf(
	onDuty: boolean,
	row: RotaRow | undefined,
	said: SaidDuty | undefined,
	now: number,
): Pick<ColleagueView, 'duty' | 'until'> {
	if (!onDuty) return { duty: 'off', until: null };
	const shifts = row?.shifts ?? [];
	const changed = said && shifts.length > 0 ? changesAt(shifts, said.at) : null;
	if (said && (changed === null || now < changed)) {
		if (said.state !== 'break') return { duty: said.state, until: null };
		if (said.until === null || now < said.until) return { duty: 'break', until: said.until };
		// Back from a break.
		return { duty: 'on', until: null };
	}
	return { duty: shifts.length === 0 || isOpen(shifts, now) ? 'on' : 'off', until: null };
}
