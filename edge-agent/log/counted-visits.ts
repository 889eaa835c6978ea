/** Closed for these reasons it was no visit, or the same as another. */
const NONE = "('staff', 'courier', 'not-a-visitor', 'merged')";

/** Whether the row called `visit` is a visit of its own by a visitor; one that goes on counts. */
export function countsAsVisit(visit: string): string {
	return `coalesce(${visit}.close_reason, '') NOT IN ${NONE}`;
}

/** Of a visit `v`: it is over, somebody received the visitor, and nobody has said what came of it. As the index `visits_outcome` has it. */
export const OUTCOME_DUE = `
	v.received_by IS NOT NULL AND v.closed_at IS NOT NULL AND v.outcome_at IS NULL AND ${countsAsVisit('v')}`;
