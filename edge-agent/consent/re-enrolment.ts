import { setTimeout as wait } from 'node:timers/promises';
import type { PhotographRefusal } from '../contract/consent.api.js';
import type { EventDraft } from '../contract/events.js';
import type { Instant } from '../contract/vocabulary.js';
import { EnrolmentError } from '../gallery/enrolment.js';
import { MOST_TEMPLATES } from '../gallery/likeness.js';
import type { Missing, RowChange, ShowroomLog, ShowroomQueries } from '../log/log.types.js';
import { StoreError } from '../store/store-error.js';
import type { DescriberOnDemand } from './describer.js';
import { bytesOf, enrolled } from './enrolment.js';

export interface ReEnrolmentOptions {
	readonly log: Pick<ShowroomLog, 'append'>;
	readonly queries: Pick<ShowroomQueries, 'missing' | 'photographsOf'>;
	readonly describer: Pick<DescriberOnDemand, 'describe'>;
	/** Of the recogniser in use. */
	readonly modelId: string;
	readonly now: () => Instant;
	readonly newId: () => string;
	/** How far it has come, for people. */
	readonly say: (message: string) => void;
	readonly onProblem: (message: string, error: unknown) => void;
}

/** After each photograph it rests for so many times as long as that took: the cameras come first. */
const REST = 3;
/** People between two words about how far it has come. */
const TELL_EVERY = 50;

/**
 * After the recogniser was changed: describes the kept photographs of everybody who has templates by another one only. Each person is
 * one transaction, so it goes on at the next start where it was stopped. Templates by other recognisers stay: that one may
 * be chosen again.
 */
export class ReEnrolment {
	readonly #options: ReEnrolmentOptions;
	readonly #end = new AbortController();
	#running: Promise<void> = Promise.resolve();

	constructor(options: ReEnrolmentOptions) {
		this.#options = options;
	}

	start(): void {
		this.#running = this.#run().catch((error) => {
			if (!this.#end.signal.aborted)
				this.#options.onProblem('kept photographs could not be described; it goes on at the next start', error);
		});
	}

	/** Waits for the photograph that is being described. */
	async stop(): Promise<void> {
		this.#end.abort();
		await this.#running;
	}

	async #run(): Promise<void> {
		const { queries, modelId, say } = this.#options;
		const missing = await queries.missing(modelId);
		const waiting = missing.filter(({ reason }) => reason === 'waiting');
		if (waiting.length > 0) say(`Enrolling people again for ${modelId}, from their kept photographs: ${waiting.length}`);
		let without = missing.length - waiting.length;
		for (const [index, person] of waiting.entries()) {
			if (index > 0 && index % TELL_EVERY === 0) say(`Enrolling again: ${index} of ${waiting.length}`);
			if (!(await this.#enrol(person))) without++;
			if (this.#end.signal.aborted) return;
		}
		if (without > 0) say(`People who must be photographed again for ${modelId} (\`showroom enroll --missing\` lists them): ${without}`);
	}

	/** Answers whether they have a template now. */
	async #enrol({ person, kind }: Missing): Promise<boolean> {
		const { log, queries, modelId, now, newId } = this.#options;
		const templates: RowChange[] = [];
		let refused: PhotographRefusal = 'unreadable';
		const photographs = await queries.photographsOf(person);
		for (const photo of photographs.slice(0, MOST_TEMPLATES)) {
			const described = await this.#describe(photo);
			if (this.#end.signal.aborted) return false;
			if (described instanceof EnrolmentError) refused = described.reason;
			else templates.push({ table: 'templates', id: newId(), person, kind, modelId, descriptor: described });
		}
		const envelope = { id: newId(), at: now(), actor: 'system' } as const;
		const done = templates.length > 0;
		const failed = { person, model: modelId, photographs: photographs.length, reason: refused };
		const event: EventDraft = done
			? enrolled(envelope, { person, kind, templates: templates.length, model: modelId, doubt: null })
			: { ...envelope, type: 'face.not-described', subject: person, cause: null, body: failed };
		try {
			await log.append([event], templates);
			return done;
		} catch (error) {
			// They withdrew meanwhile.
			if (error instanceof StoreError && error.code === 'no-consent') return false;
			throw error;
		}
	}

	/** The template's bytes, or why there is none. */
	async #describe(photo: Uint8Array): Promise<Uint8Array | EnrolmentError> {
		const { describer } = this.#options;
		const begun = performance.now();
		try {
			const { descriptor } = await describer.describe(photo);
			const bytes = bytesOf(descriptor);
			descriptor.fill(0);
			return bytes;
		} catch (error) {
			if (error instanceof EnrolmentError) return error;
			throw error;
		} finally {
			photo.fill(0);
			await wait(REST * (performance.now() - begun), undefined, { signal: this.#end.signal }).catch(() => {});
		}
	}
}
