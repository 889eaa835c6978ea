import type { Audience, MissingReason, PhotographRefusal } from '../contract/consent.api.js';
import type { Connection } from '../store/database.store.js';
import type { PersonKeys } from '../store/person-keys.store.js';
import type { Missing, OwnTemplate } from './log.types.js';

interface MissingRow {
	readonly person: string;
	readonly kind: Audience;
	readonly mayKeep: 0 | 1;
	readonly photographs: number;
	readonly refused: PhotographRefusal | null;
}

/** What enrolment asks: somebody's templates and kept photographs, opened; and whom a change of the recogniser left without a template. */
export class EnrolmentRows {
	readonly #keys: () => PersonKeys;
	readonly #templates;
	readonly #photographs;
	readonly #missing;

	constructor(database: Connection, keys: () => PersonKeys) {
		this.#keys = keys;
		this.#templates = database.prepare<[string, string], { id: string; sealed: Uint8Array }>(
			'SELECT id, descriptor AS sealed FROM templates WHERE person = ? AND model_id = ? ORDER BY rowid',
		);
		this.#photographs = database.prepare<[string], { id: string; sealed: Uint8Array }>(
			'SELECT id, jpeg AS sealed FROM photographs WHERE person = ? ORDER BY rowid DESC',
		);
		// A refusal counts as long as no photograph has come since.
		this.#missing = database.prepare<[{ model: string; person: string | null }], MissingRow>(`
			SELECT g.person, g.kind, EXISTS (SELECT 1 FROM json_each(g.purposes) WHERE value = 'photograph') AS mayKeep, p.photographs,
				(SELECT e.body ->> 'reason' FROM events e
					WHERE e.type = 'face.not-described' AND e.subject = g.person AND e.body ->> 'model' = @model
						AND e.body ->> 'photographs' = p.photographs
					ORDER BY e.seq DESC LIMIT 1) AS refused
			FROM consent_grants g
			JOIN (SELECT g.person, (SELECT count(*) FROM photographs WHERE person = g.person) AS photographs FROM consent_grants g
				WHERE g.ended_at IS NULL) p ON p.person = g.person
			WHERE g.ended_at IS NULL AND (@person IS NULL OR g.person = @person)
				AND (p.photographs > 0 OR EXISTS (SELECT 1 FROM templates WHERE person = g.person))
				AND NOT EXISTS (SELECT 1 FROM templates WHERE person = g.person AND model_id = @model)
			ORDER BY g.granted_at, g.person`);
	}

	/** By this recogniser, oldest first. */
	templatesOf(person: string, modelId: string): OwnTemplate[] {
		return this.#templates.all(person, modelId).flatMap(({ id, sealed }) => {
			const bytes = this.#keys().open(person, 'face', { table: 'templates', column: 'descriptor', row: id }, sealed);
			if (!bytes) return [];
			// Copied out, because a buffer's bytes may start anywhere and float32 must be aligned.
			const descriptor = new Float32Array(Uint8Array.from(bytes).buffer);
			bytes.fill(0);
			return [{ id, descriptor }];
		});
	}

	/** JPEGs, newest first. */
	photographsOf(person: string): Uint8Array[] {
		return this.#photographs.all(person).flatMap(({ id, sealed }) => {
			return this.#keys().open(person, 'face', { table: 'photographs', column: 'jpeg', row: id }, sealed) ?? [];
		});
	}

	/** People with a valid grant who were enrolled, and not with this recogniser. `person`: only this one. */
	missing(modelId: string, person: string | null = null): Missing[] {
		return this.#missing.all({ model: modelId, person }).map(({ person, kind, mayKeep, photographs, refused }) => {
			const reason: MissingReason = mayKeep && photographs > 0 ? (refused ?? 'waiting') : 'no-photograph';
			return { person, kind, reason };
		});
	}
}
