import type { ConsentView, EnrolmentAnswer, PhotographRefusal } from '../contract/consent.api.js';
import type { Actor, EventDraft } from '../contract/events.js';
import type { Instant } from '../contract/vocabulary.js';
import { compare, MOST_TEMPLATES } from '../gallery/likeness.js';
import type { RowChange, ShowroomLog, ShowroomQueries } from '../log/log.types.js';
import type { Likeness } from '../vision/vision-messages.js';
import type { Consent } from './consent.js';
import { ConsentRefused } from './consent-refused.js';
import type { DescriberOnDemand } from './describer.js';
import { keepable } from './photograph.source.js';

export interface EnrolmentOptions {
	readonly consent: Pick<Consent, 'view'>;
	readonly log: Pick<ShowroomLog, 'append'>;
	readonly queries: Pick<ShowroomQueries, 'templatesOf'>;
	readonly describer: Pick<DescriberOnDemand, 'describe'>;
	/** Who in the gallery is most like a descriptor, which is the callee's from then on. */
	readonly nearest: (descriptor: Float32Array<ArrayBuffer>) => Promise<Likeness>;
	readonly now: () => Instant;
	readonly newId: () => string;
}

/** Enrols people from photographs that come in one at a time. */
export class Enrolment {
	readonly #options: EnrolmentOptions;
	#turn: Promise<unknown> = Promise.resolve();

	constructor(options: EnrolmentOptions) {
		this.#options = options;
	}

	/**
	 * Adds a template from a photograph, and keeps the photograph if the grant allows it. Where the person has as many templates as
	 * there may be, it takes the place of the one most like it, so that they stay as different as they are.
	 *
	 * @param anyway somebody has confirmed who it is
	 * @throws ConsentRefused `no-such-person`, `no-consent`
	 * @throws EnrolmentError when the photograph cannot be used
	 */
	enrol(actor: Actor, person: string, photo: Uint8Array, anyway: boolean): Promise<EnrolmentAnswer> {
		const result = this.#turn.then(() => this.#enrol(actor, person, photo, anyway));
		this.#turn = result.catch(() => {});
		return result;
	}

	/** Waits for who is being enrolled. */
	async stop(): Promise<void> {
		await this.#turn;
	}

	async #enrol(actor: Actor, person: string, photo: Uint8Array, anyway: boolean): Promise<EnrolmentAnswer> {
		const { consent, log, queries, describer, nearest, now, newId } = this.#options;
		const { kind, grant } = await consent.view(person);
		if (!grant) throw new ConsentRefused('no-consent', 'record the consent first');
		const { descriptor, modelId, metric } = await describer.describe(photo);
		const own = await queries.templatesOf(person, modelId);
		try {
			const likeness = await nearest(descriptor.slice());
			const { mostAlike, doubt } = compare({ modelId, metric, descriptor, person, own: own.map((one) => one.descriptor), ...likeness });
			if (doubt && !anyway) throw doubt;
			const replaced = own.length >= MOST_TEMPLATES ? own[mostAlike] : undefined;
			const id = replaced?.id ?? newId();
			const changes: RowChange[] = [{ table: 'templates', id, person, kind, modelId, descriptor: bytesOf(descriptor) }];
			const kept = grant.purposes.includes('photograph');
			// Under its template's id: the next one to take the template's place takes the photograph's too.
			if (kept) changes.push({ table: 'photographs', id, person, jpeg: await keepable(photo) });
			const done = { person, kind, templates: 1, model: modelId, doubt };
			await log.append([enrolled({ id: newId(), at: now(), actor }, done)], changes);
			return { person, templates: replaced ? own.length : own.length + 1, replaced: replaced !== undefined, kept };
		} finally {
			descriptor.fill(0);
			for (const one of own) one.descriptor.fill(0);
		}
	}
}

export interface Enrolled {
	readonly person: string;
	readonly kind: ConsentView['kind'];
	readonly templates: number;
	readonly model: string;
	/** What somebody waved through. */
	readonly doubt: { readonly reason: PhotographRefusal; readonly other: string | null } | null;
}

/** The event that somebody is enrolled. */
export function enrolled(
	envelope: Pick<EventDraft, 'id' | 'at' | 'actor'>,
	{ person, kind, templates, model, doubt }: Enrolled,
): EventDraft {
	const rest = { ...envelope, subject: person, cause: null };
	const body = { templates, model, despite: doubt?.reason ?? null, other: doubt?.other ?? null };
	return kind === 'customer'
		? { ...rest, type: 'customer.enrolled', body: { customer: person, ...body } }
		: { ...rest, type: 'staff.enrolled', body: { staff: person, ...body } };
}

/** A descriptor as its template's row holds it, in memory of its own. */
export function bytesOf(descriptor: Float32Array): Uint8Array {
	return new Uint8Array(descriptor.buffer.slice(descriptor.byteOffset, descriptor.byteOffset + descriptor.byteLength));
}
