import type { LoggedEvent } from '../contract/events.js';
import type { ShowroomQueries } from '../log/log.types.js';
import type { Vision } from '../vision/vision.js';

export interface KnownPeopleOptions {
	readonly queries: Pick<ShowroomQueries, 'templateChanges'>;
	readonly vision: Pick<Vision, 'model' | 'setPeople' | 'removePeople'>;
}

/** Keeps the vision workers' gallery, and the names on the live picture, as the store says; whoever is erased is gone from them at once. */
export class KnownPeople {
	readonly #options: KnownPeopleOptions;
	readonly #names = new Map<string, string>();
	/** How far the store's changes have been followed. */
	#place = 0;
	/** Counts erasures: what was read before one may hold the erased. */
	#erasures = 0;
	#turn: Promise<void> = Promise.resolve();

	constructor(options: KnownPeopleOptions) {
		this.#options = options;
	}

	/** Of those in the gallery, by customers' and staff's ids. */
	get names(): ReadonlyMap<string, string> {
		return this.#names;
	}

	/** Hears what has just become durable. Resolves when the gallery follows. */
	async hear(events: readonly LoggedEvent[]): Promise<void> {
		const erased: string[] = [];
		let news = false;
		for (const { type, body } of events) {
			if (type === 'consent.withdrawn' || type === 'consent.expired') erased.push(body.person);
			news ||= /^(customer\.|customers\.|staff\.|import\.undone|consent\.(withdrawn|expired))/.test(type);
		}
		if (erased.length > 0) {
			this.#erasures++;
			this.#forget(erased);
		}
		if (news) await this.read();
	}

	/** Brings gallery and names up to date: reads whoever has changed since the last time, the first time everybody. */
	read(): Promise<void> {
		const turn = this.#turn.then(() => this.#read());
		this.#turn = turn.catch(() => {});
		return turn;
	}

	async #read(): Promise<void> {
		const { queries, vision } = this.#options;
		for (;;) {
			const erasures = this.#erasures;
			const { place, more, templates, gone, names, inStore } = await queries.templateChanges(vision.model.modelId, this.#place);
			if (erasures !== this.#erasures) {
				templates.values.fill(0);
				continue;
			}
			this.#forget(gone);
			for (const person of templates.people) {
				const name = names.get(person);
				if (name === undefined) this.#names.delete(person);
				else this.#names.set(person, name);
			}
			await vision.setPeople(templates, more ? inStore : 0);
			this.#place = place;
			if (!more) return;
		}
	}

	#forget(people: readonly string[]): void {
		for (const person of people) this.#names.delete(person);
		this.#options.vision.removePeople(people);
	}
}
