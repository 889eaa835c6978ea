import type { z } from 'zod';
import type { passedSchema } from '../contract/alert-events.js';
import type { EventBody } from '../contract/events.js';
import type { DutyState, Purpose, Role, Rota } from '../contract/vocabulary.js';
import { inTurn, type TurnsState } from './turns.js';

/** Who is told, how many ms after the plan begins. */
export interface PlanStep {
	readonly afterMs: number;
	readonly staff: string[];
}

/** A plan, and how it came about. */
export type Plan = Pick<EventBody<'alert.rerouted'>, 'steps' | 'turn' | 'passed' | 'quiet'>;

/** Defaults 20 s, 45 s, 60 s. */
export interface PlanRules {
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
	/** false: they would rather not be approached. */
	readonly greeting: boolean;
	/** Nobody but their own consultant, or whoever stands in. */
	readonly always: boolean;
}

export const noWishes: Wishes = { purpose: null, host: null, consultant: null, greeting: true, always: false };

/** Somebody who works here, as they are now. */
export interface Colleague {
	readonly id: string;
	readonly role: Role;
	readonly duty: DutyState;
	/** With a visitor, or asked about one. */
	readonly busy: boolean;
	/** An alert would be shown to them now. */
	readonly reachable: boolean;
	readonly rotas: readonly Rota[];
	/** Who stands in for them. */
	readonly backup: string | null;
}

/** The staff as they are now. */
export interface Crew {
	readonly colleagues: readonly Colleague[];
	readonly turns: TurnsState;
}

/** The rota that a purpose belongs to; a complaint has none. */
export function rotaOf(purpose: Purpose | null): Rota | null {
	if (purpose === 'complaint') return null;
	return purpose === 'service' || purpose === 'pick-up' ? 'service' : 'sales';
}

/**
 * The whole plan of an alert. One person after the other, `stepMs` apart: whom the visitor came to see, their own consultant, the named
 * backup, each if on duty, free and reachable; then the purpose's rota in fair turns; then, of all these, who is busy or has no screen;
 * reception. The managers join at `managerMs`, at once for a complaint or when nobody on duty is free. With nobody on duty at all, managers and reception
 * are told wherever they are. Without staff: no steps, and the alert is only seen.
 *
 * @param except somebody who has said that they cannot come
 */
export function planAlert(wishes: Wishes, { colleagues, turns }: Crew, rules: PlanRules, except: string | null = null): Plan {
	const crew = colleagues.filter(({ id }) => id !== except);
	const onDuty = crew.filter(({ duty }) => duty === 'on');
	const managers = idsOf(onDuty, 'manager');
	const managersToTell = managers.length > 0 ? managers : idsOf(crew, 'manager');
	const noTurn = { turn: null, passed: [], quiet: false };

	if (onDuty.length === 0) return { steps: together([...idsOf(crew, 'manager'), ...idsOf(crew, 'reception')]), ...noTurn };
	if (wishes.purpose === 'complaint' && managers.length > 0) return { steps: together(managers), ...noTurn };

	const find = (id: string | null | undefined) => onDuty.find((person) => person.id === id);
	const own = find(wishes.consultant);
	const backup = find(crew.find(({ id }) => id === wishes.consultant)?.backup ?? null);
	const called = unique([wishes.host === null ? undefined : find(wishes.host), own, backup]);
	if (!wishes.greeting) {
		const quietly = called.length > 0 ? [called[0]?.id ?? ''] : idsOf(onDuty, 'reception').slice(0, 1);
		return { steps: together(quietly), ...noTurn, quiet: true };
	}

	const rota = wishes.always && called.length > 0 ? null : rotaOf(wishes.purpose);
	const members = rota === null ? [] : crew.filter((person) => person.rotas.includes(rota));
	const free = (person: Colleague) => person.duty === 'on' && !person.busy && person.reachable;
	const calledFirst = called.filter((person) => free(person) || (wishes.always && person === own));
	const among = members.filter(free).map(({ id }) => id);
	const turn = rota === null ? [] : inTurn(turns, rota, among);
	const freely = [...new Set([...calledFirst.map(({ id }) => id), ...turn])];
	const others = unique([...called, ...members.filter(({ duty }) => duty === 'on')]).filter(({ id }) => !freely.includes(id));
	// Whoever has a screen can at least answer.
	const later = [...others.filter(({ reachable }) => reachable), ...others.filter(({ reachable }) => !reachable)].map(({ id }) => id);
	const reception = idsOf(onDuty, 'reception');

	const queue = [...new Set([...freely, ...(freely.length > 0 ? [] : reception), ...later, ...reception])];
	const first = queue[0];
	const byTurn = calledFirst.length === 0 && rota !== null && turn[0] !== undefined ? { rota, staff: turn[0], among } : null;
	const passed = passedOver(unique([...called, ...members]), first ?? null);
	if (first === undefined) {
		return { steps: together(managersToTell.length > 0 ? managersToTell : onDuty.map(({ id }) => id)), turn: null, passed, quiet: false };
	}
	const steps = queue
		.map((id, place) => ({ afterMs: place * rules.stepMs, staff: [id] }))
		.filter(({ afterMs }) => afterMs < rules.managerMs);
	const told = steps.flatMap(({ staff }) => staff);
	const joining = managersToTell.filter((id) => !told.includes(id));
	if (joining.length === 0) return { steps, turn: byTurn, passed, quiet: false };
	// With nobody free the manager has to find somebody.
	if (freely.length === 0)
		return { steps: [{ afterMs: 0, staff: [first, ...joining] }, ...steps.slice(1)], turn: null, passed, quiet: false };
	return { steps: [...steps, { afterMs: rules.managerMs, staff: joining }], turn: byTurn, passed, quiet: false };
}

/** Why each of these is not told first. */
function passedOver(people: readonly Colleague[], first: string | null): { staff: string; why: z.infer<typeof passedSchema> }[] {
	return people
		.filter(({ id }) => id !== first)
		.map(({ id, duty, busy, reachable }) => ({
			staff: id,
			why: duty !== 'on' ? duty : busy ? 'busy' : reachable ? 'later' : 'unreachable',
		}));
}

function idsOf(people: readonly Colleague[], role: Role): string[] {
	return people.filter((person) => person.role === role).map(({ id }) => id);
}

function unique(people: readonly (Colleague | undefined)[]): Colleague[] {
	return [...new Set(people)].filter((person) => person !== undefined);
}

function together(staff: string[]): PlanStep[] {
	return staff.length > 0 ? [{ afterMs: 0, staff }] : [];
}
