import type { LoggedEvent } from '../contract/events.js';
import type { ShowroomQueries } from '../log/log.types.js';
import type { Vision } from '../vision/vision.js';

export interface KnownPeopleOptions {
	readonly queries: Pick<ShowroomQueries, 'templates' | 'namesOf'>;
	readonly vision: Pick<Vision, 'model' | 'setGallery' | 'removePerson'>;
}

/** Keeps the vision workers' gallery, and the names on the live picture, as the store says; whoever is erased is gone from them at once. */
export class KnownPeople {
	readonly #options: KnownPeopleOptions;
	#names = new Map<string, string>();
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
		let news = false;
		for (const { type, body } of events) {
			if (type === 'consent.withdrawn' || type === 'consent.expired') {
				this.#erasures++;
				this.#options.vision.removePerson(body.person);
				this.#names.delete(body.person);
			}
			news ||= /^(customer\.|customers\.imported|import\.undone|staff\.enrolled|consent\.(withdrawn|expired))/.test(type);
		}
		if (news) await this.read();
	}

	/** Brings gallery and names up to date. */
	read(): Promise<void> {
		const turn = this.#turn.then(() => this.#read());
		this.#turn = turn.catch(() => {});
		return turn;
	}

	async #read(): Promise<void> {
		const { queries, vision } = this.#options;
		for (;;) {
			const erasures = this.#erasures;
			const templates = await queries.templates(vision.model.modelId);
			// Of these people only: a store knows many more, and this thread has no time for all of them.
			const names = await queries.namesOf([...new Set(templates.map(({ person }) => person))]);
			const current = erasures === this.#erasures;
			if (current) {
				vision.setGallery(templates);
				this.#names = new Map(names);
			}
			for (const { descriptor } of templates) descriptor.fill(0);
			if (current) return;
		}
	}
}
