import type { StaffView } from '../contract/api.js';
import type { Purpose, Role } from '../contract/vocabulary.js';

/** Who is told, how many ms after the plan begins. */
export interface PlanStep {
	readonly afterMs: number;
	readonly staff: string[];
}

/** Defaults 20 s, 45 s, 60 s. */
export interface AlertRules {
	/** The next person is told after this many ms without an answer. */
	readonly stepMs: number;
	/** The manager is told as well. */
	readonly managerMs: number;
	/** The wait shows red. */
	readonly redMs: number;
}

/** Whom the visitor is for, as far as known. */
export interface Wishes {
	readonly purpose: Purpose | null;
	/** Whom they came to see. */
	readonly host: string | null;
	/** The customer's own consultant. */
	readonly consultant: string | null;
}

/** The staff as they are now. */
export interface Crew {
	readonly staff: readonly StaffView[];
	/** Staff with a screen connected. */
	readonly reachable: ReadonlySet<string>;
	/** Alerts that each has on their hands; absent: none. */
	readonly load: ReadonlyMap<string, number>;
	/** When each was last first in turn, in any increasing number; absent: never. */
	readonly lastTurn: ReadonlyMap<string, number>;
}

/** The role whose rota a purpose belongs to; a complaint has no rota. */
export function rotaOf(purpose: Purpose | null): Role | null {
	if (purpose === 'complaint') return null;
	return purpose === 'service' || purpose === 'pick-up' ? 'adviser' : 'consultant';
}

/**
 * The whole plan of an alert. One person after the other, `stepMs` apart: whom the visitor came to see, their own consultant, the
 * purpose's rota in fair turns (fewest alerts on their hands, then longest since their last turn), reception; those without a
 * screen come after those with one. The managers join at `managerMs`, at once for a complaint or when nobody else is there. With
 * nobody on duty at all, managers and reception are told wherever they are. Without staff: no steps, and the alert is only seen.
 *
 * A customer's own consultant is told even while busy: they know best whether to hand over, and the next is told 20 s later.
 */
export function planSteps(wishes: Wishes, crew: Crew, rules: AlertRules): PlanStep[] {
	const onDuty = crew.staff.filter((person) => person.onDuty);
	const ids = (people: readonly StaffView[], role: Role) => people.filter((person) => person.role === role).map((person) => person.id);

	const managers = ids(onDuty, 'manager');
	if (onDuty.length === 0) return together([...ids(crew.staff, 'manager'), ...ids(crew.staff, 'reception')]);
	if (wishes.purpose === 'complaint' && managers.length > 0) return together(managers);

	const called = [wishes.host, wishes.consultant].filter((id) => onDuty.some((person) => person.id === id && person.role !== 'manager'));
	const role = rotaOf(wishes.purpose);
	const rota = role === null ? [] : inTurn(ids(onDuty, role), crew);
	const anybody = [...new Set([...called, ...rota, ...ids(onDuty, 'reception')])].filter((id) => id !== null);
	const queue = [...anybody.filter((id) => crew.reachable.has(id)), ...anybody.filter((id) => !crew.reachable.has(id))];

	const managersToTell = managers.length > 0 ? managers : ids(crew.staff, 'manager');
	if (queue.length === 0) return together(managersToTell.length > 0 ? managersToTell : onDuty.map((person) => person.id));
	const steps = queue.map((id, turn) => ({ afterMs: turn * rules.stepMs, staff: [id] })).filter((step) => step.afterMs < rules.managerMs);
	return managersToTell.length > 0 ? [...steps, { afterMs: rules.managerMs, staff: managersToTell }] : steps;
}

function together(staff: string[]): PlanStep[] {
	return staff.length > 0 ? [{ afterMs: 0, staff }] : [];
}

function inTurn(rota: readonly string[], { load, lastTurn }: Crew): string[] {
	const by = (of: ReadonlyMap<string, number>) => (a: string, b: string) => (of.get(a) ?? 0) - (of.get(b) ?? 0);
	return rota.toSorted((a, b) => by(load)(a, b) || by(lastTurn)(a, b));
}
