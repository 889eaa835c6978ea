import type { ConsentView, EnrolmentAnswer } from '../contract/consent.api.js';
import type { Actor, EventDraft } from '../contract/events.js';
import type { Instant } from '../contract/vocabulary.js';
import { EnrolmentError } from '../gallery/enrolment.js';
import type { RowChange, ShowroomLog } from '../log/log.types.js';
import type { Consent } from './consent.js';
import { ConsentRefused } from './consent-refused.js';
import { keepable } from './photograph.source.js';

/** What describes photographs: the gallery's enrolment desk. */
export interface Describer {
	readonly modelId: string;
	start(): Promise<void>;
	describe(photo: Uint8Array): Promise<Float32Array>;
	stop(): Promise<void>;
}

export interface EnrolmentOptions {
	readonly consent: Pick<Consent, 'view'>;
	readonly log: Pick<ShowroomLog, 'append'>;
	/** A describer that is not started. */
	readonly newDescriber: () => Promise<Describer>;
	readonly now: () => Instant;
	readonly newId: () => string;
}

/** The networks are let go of when nobody was enrolled for this long. */
const IDLE_MS = 60_000;

/** Enrols people from photographs that come in one at a time. Loads the networks when they are needed. */
export class Enrolment {
	readonly #options: EnrolmentOptions;
	#describer: Promise<Describer> | null = null;
	#turn: Promise<unknown> = Promise.resolve();
	#idle: NodeJS.Timeout | undefined;

	constructor(options: EnrolmentOptions) {
		this.#options = options;
	}

	/**
	 * Adds a template from a photograph, and keeps the photograph if the grant allows it.
	 * @throws ConsentRefused `no-such-person`, `no-consent`, `bad-photograph` (the message says what to do)
	 */
	enrol(actor: Actor, person: string, photo: Uint8Array): Promise<EnrolmentAnswer> {
		const result = this.#turn.then(() => this.#enrol(actor, person, photo));
		this.#turn = result.catch(() => {});
		return result;
	}

	/** Waits for who is being enrolled. */
	async stop(): Promise<void> {
		await this.#turn;
		await this.#letGo();
	}

	async #enrol(actor: Actor, person: string, photo: Uint8Array): Promise<EnrolmentAnswer> {
		const { consent, log, now, newId } = this.#options;
		const view = await consent.view(person);
		if (!view.grant) throw new ConsentRefused('no-consent', 'record the consent first');
		const describer = await this.#ready();
		try {
			const descriptor = await describer.describe(photo).catch((error) => {
				throw error instanceof EnrolmentError ? new ConsentRefused('bad-photograph', error.message) : error;
			});
			const { kind, grant } = view;
			const model = describer.modelId;
			const changes: RowChange[] = [{ table: 'templates', id: newId(), person, kind, modelId: model, descriptor: bytesOf(descriptor) }];
			const kept = grant.purposes.includes('photograph');
			if (kept) changes.push({ table: 'photographs', id: newId(), person, jpeg: await keepable(photo) });
			await log.append([enrolled({ id: newId(), at: now(), actor }, { person, kind, templates: 1, model })], changes);
			descriptor.fill(0);
			return { person, templates: view.templates + 1, kept };
		} finally {
			clearTimeout(this.#idle);
			this.#idle = setTimeout(() => void this.#letGo(), IDLE_MS);
			this.#idle.unref();
		}
	}

	async #ready(): Promise<Describer> {
		clearTimeout(this.#idle);
		this.#describer ??= this.#options.newDescriber().then(async (describer) => {
			await describer.start();
			return describer;
		});
		try {
			return await this.#describer;
		} catch (error) {
			this.#describer = null;
			throw error;
		}
	}

	async #letGo(): Promise<void> {
		clearTimeout(this.#idle);
		const describer = await this.#describer?.catch(() => null);
		this.#describer = null;
		await describer?.stop();
	}
}

/** The event that somebody is enrolled. */
export function enrolled(
	envelope: Pick<EventDraft, 'id' | 'at' | 'actor'>,
	{
		person,
		kind,
		templates,
		model,
	}: { readonly person: string; readonly kind: ConsentView['kind']; readonly templates: number; readonly model: string },
): EventDraft {
	const rest = { ...envelope, subject: person, cause: null };
	return kind === 'customer'
		? { ...rest, type: 'customer.enrolled', body: { customer: person, templates, model } }
		: { ...rest, type: 'staff.enrolled', body: { staff: person, templates, model } };
}

/** A descriptor as its template's row holds it, in memory of its own. */
export function bytesOf(descriptor: Float32Array): Uint8Array {
	return new Uint8Array(descriptor.buffer.slice(descriptor.byteOffset, descriptor.byteOffset + descriptor.byteLength));
}
