import type { ProcessingPurpose } from '../contract/consent.api.js';
import type { Actor, EventDraft } from '../contract/events.js';
import type { Instant } from '../contract/vocabulary.js';
import type { ShowroomLog } from '../log/log.types.js';
import { coalesce, nothingRecorded, type Recorded } from './coalesce.js';

export interface ProcessingOptions {
	readonly log: Pick<ShowroomLog, 'append'>;
	readonly now: () => Instant;
	readonly newId: () => string;
}

/** Records who looked at, changed or handed out whose data, and why (PIPL 55, 56). */
export class Processing {
	readonly #options: ProcessingOptions;
	#recorded: Recorded = nothingRecorded;

	constructor(options: ProcessingOptions) {
		this.#options = options;
	}

	/** The actor has been shown these people. Answers once it is durable. */
	read(actor: Actor, people: readonly string[], purpose: ProcessingPurpose): Promise<void> {
		return this.#record('person.read', actor, people, purpose);
	}

	/** The actor has changed these people's data. */
	changed(actor: Actor, people: readonly string[], purpose: ProcessingPurpose): Promise<void> {
		return this.#record('person.changed', actor, people, purpose);
	}

	/** These people's data has left the house in a file that the actor asked for. */
	exported(actor: Actor, people: readonly string[], purpose: ProcessingPurpose): Promise<void> {
		return this.#record('person.exported', actor, people, purpose);
	}

	async #record(
		type: 'person.read' | 'person.changed' | 'person.exported',
		actor: Actor,
		people: readonly string[],
		purpose: ProcessingPurpose,
	): Promise<void> {
		const { log, now, newId } = this.#options;
		const at = now();
		const look = coalesce(this.#recorded, { actor, action: type, purpose, people }, at.mono);
		const drafts = look.people.map(
			(person): EventDraft => ({
				...{ id: newId(), type, at, actor, subject: person ?? 'customers', cause: null, body: { person, purpose } },
			}),
		);
		if (drafts.length === 0) return;
		await log.append(drafts);
		this.#recorded = look.recorded;
	}
}
