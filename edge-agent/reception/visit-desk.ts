import { Refused } from '../alerts/refused.js';
import type { VisitView } from '../contract/api.js';
import type { EventDraft } from '../contract/events.js';
import type { OutcomeInput, VisitCorrection } from '../contract/reception.api.js';
import type { Correction } from '../contract/visit-events.js';
import type { CloseReason, Purpose } from '../contract/vocabulary.js';
import type { RowChange } from '../log/log.types.js';
import type { Floor } from '../visits/floor.js';
import { member } from './member.js';
import { followUpAt } from './outcomes.js';

/** Somebody whom a member of staff checks in by hand. `id` is made by whoever asks. */
export interface ByHand {
	readonly id: string;
	readonly customer: string | null;
	readonly purpose: Purpose | null;
	readonly host: string | null;
	readonly partySize: number;
}

/**
 * What staff say about visits. Each is an event of its own with who and why; a reason and a remark are texts in a sealed row. All of it is @throws
 * Refused `no-such-visit`, `no-such-staff`, or `over` where the visit has to be going on.
 */
export class VisitDesk {
	readonly #floor: Floor;

	constructor(floor: Floor) {
		this.#floor = floor;
	}

	/** Somebody is checked in without a form. Sending the same again answers the same. */
	arrive({ id, customer, purpose, host, partySize }: ByHand, staff: string): Promise<VisitView> {
		return this.#floor.inTurn(async () => {
			await member(this.#floor, staff, ...(host === null ? [] : [host]));
			const form = { id, purpose: purpose ?? 'look-around', host, model: null, partySize } as const;
			await this.#floor.take({
				...{ kind: 'checkIn', form, via: 'reception', customer, by: 'manual', guest: null, actor: `staff:${staff}` },
			});
			return this.#view(this.#floor.state.visits.checkins.get(id) ?? '');
		});
	}

	/** Repeating is harmless. */
	close(visit: string, staff: string, reason: CloseReason): Promise<VisitView> {
		return this.#floor.inTurn(async () => {
			await member(this.#floor, staff);
			await this.#floor.take({ kind: 'close', visit, reason, staff });
			return this.#view(visit);
		});
	}

	/** Two visits were one; `into` goes on, unless it is the one that is over. Answers the one that goes on. */
	merge(visit: string, into: string, staff: string, why: string | null): Promise<VisitView> {
		return this.#floor.inTurn(async () => {
			await member(this.#floor, staff);
			const [one, other] = [await this.#view(visit), await this.#view(into)];
			if (one.mergedInto === into) return other;
			if (one.mergedInto !== null || other.mergedInto !== null || visit === into) throw new Refused('over');
			const [goes, stays] = one.closedAt === null && other.closedAt !== null ? [other, one] : [one, other];
			const [changes, text] = this.#text(stays.id, why);
			const { open } = this.#floor.state.visits;
			if (open.has(goes.id) && open.has(stays.id))
				await this.#floor.take({ kind: 'merge', visit: goes.id, into: stays.id, why: text, staff }, changes);
			else await this.#floor.write(this.#mergeOver(goes, stays, staff, text), changes);
			return this.#view(stays.id);
		});
	}

	/** Somebody of this visit's party gets a visit of their own, `id`. */
	split(visit: string, id: string, staff: string, why: string | null): Promise<VisitView> {
		return this.#floor.inTurn(async () => {
			await member(this.#floor, staff);
			const { open } = this.#floor.state.visits;
			if (!open.has(id)) {
				if ((await this.#view(visit)).closedAt !== null) throw new Refused('over');
				const [changes, text] = this.#text(visit, why);
				await this.#floor.take({ kind: 'split', visit, id, why: text, staff }, changes);
			}
			return this.#view(id);
		});
	}

	/** Puts right what the log says. Correcting with what an event's `before` says takes it back. */
	correct(visit: string, { why, ...changes }: VisitCorrection, staff: string): Promise<VisitView> {
		return this.#floor.inTurn(async () => {
			await member(this.#floor, staff, ...[changes.host, changes.receivedBy].filter((id) => typeof id === 'string'));
			const view = await this.#view(visit);
			const before = asItWas(view, changes);
			const [rows, text] = this.#text(visit, why);
			const events = [this.#floor.said('visit.corrected', staff, visit, { visit, changes, before, why: text })];
			const { customer } = changes;
			const theirs = [...this.#floor.state.visits.open.values()].find((other) => customer != null && other.customer === customer);
			// Nobody is here twice at a time: the visit that goes by their name already is this one.
			if (theirs && theirs.id !== visit && view.closedAt === null) {
				await this.#floor.take({ kind: 'merge', visit, into: theirs.id, why: text, staff }, rows);
				return this.#view(theirs.id);
			}
			await this.#floor.write(events, rows);
			return this.#view(visit);
		});
	}

	/** From now on `to` looks after the visitor. */
	reassign(visit: string, to: string, staff: string, why: string | null): Promise<VisitView> {
		return this.#floor.inTurn(async () => {
			await member(this.#floor, staff, to);
			const { receivedBy } = await this.#view(visit);
			if (receivedBy !== to) {
				const [rows, text] = this.#text(visit, why);
				const body = { visit, staff: to, from: receivedBy, by: 'manager', why: text } as const;
				await this.#floor.write([this.#floor.said('visit.reassigned', staff, visit, body)], rows);
			}
			return this.#view(visit);
		});
	}

	/** A remark. */
	annotate(visit: string, text: string, staff: string): Promise<VisitView> {
		return this.#floor.inTurn(async () => {
			await member(this.#floor, staff);
			await this.#view(visit);
			const [rows, note] = this.#text(visit, text);
			if (note !== null) await this.#floor.write([this.#floor.said('visit.annotated', staff, visit, { visit, note })], rows);
			return this.#view(visit);
		});
	}

	/** What came of the visit; the customer is called again when the grade says so. */
	recordOutcome(visit: string, { note, ...outcome }: OutcomeInput, staff: string): Promise<VisitView> {
		return this.#floor.inTurn(async () => {
			await member(this.#floor, staff);
			const { customer, receivedBy, record } = await this.#view(visit);
			const [rows, text] = this.#text(visit, note);
			const at = this.#floor.options.now();
			const dueAt = outcome.result === 'ordered' || outcome.result === 'lost' ? null : followUpAt(outcome.grade, at.wall);
			const task = this.#floor.options.newId();
			const known = customer?.id ?? null;
			const followUp = { task, kind: 'follow-up', visit, customer: known, staff: receivedBy ?? staff, dueAt: dueAt ?? 0 } as const;
			// A form that is corrected opens no second task.
			const opens = dueAt !== null && (record.outcomeAt === null || record.grade !== outcome.grade);
			await this.#floor.write(
				[
					this.#floor.said('visit.outcome-recorded', staff, visit, { visit, staff, ...outcome, note: text }),
					...(opens ? [this.#floor.said('task.opened', staff, task, followUp)] : []),
				],
				rows,
			);
			return this.#view(visit);
		});
	}

	/** Where one of them, or both, are over: nothing is left to be received. */
	#mergeOver(goes: VisitView, stays: VisitView, staff: string, why: string | null): EventDraft[] {
		const customer = stays.customer === null ? goes.customer : null;
		const identified = { visit: stays.id, customer: customer?.id ?? '', by: 'manual', face: null } as const;
		return [
			this.#floor.said('visit.merged', staff, goes.id, { visit: goes.id, into: stays.id, why }),
			...(customer === null ? [] : [this.#floor.said('visit.identified', staff, stays.id, identified)]),
		];
	}

	/** A text's row and its id; nothing for no text. */
	#text(visit: string, text: string | null): [readonly RowChange[], string | null] {
		if (text === null) return [[], null];
		const id = this.#floor.options.newId();
		return [[{ table: 'visit_texts', id, visit, text }], id];
	}

	async #view(visit: string): Promise<VisitView> {
		const [view] = await this.#floor.options.queries.visits({ ids: [visit] });
		if (!view) throw new Refused('no-such-visit');
		return view;
	}
}

/** The fields that change, as they are. */
function asItWas(view: VisitView, changes: Correction): Correction {
	const { customer, record, ...rest } = view;
	const now: Required<Correction> = {
		customer: customer?.id ?? null,
		...{ purpose: rest.purpose, host: rest.host, channel: record.channel, partySize: record.partySize },
		...{ receivedBy: rest.receivedBy, openedAt: rest.openedAt, greetedAt: rest.greetedAt, closedAt: rest.closedAt },
	};
	return Object.fromEntries(Object.entries(now).filter(([field]) => field in changes)) as Correction;
}
