import type { LoggedEvent } from '../../contract/events.js';
import type { Projection, RowUpdate } from './projection.js';

const END = `
	UPDATE consent_grants SET ended_at = @at, end_reason = @reason WHERE person = @person AND ended_at IS NULL`;
const GRANT = `
	INSERT INTO consent_grants (id, person, kind, notice, purposes, granted_at, granted_by, via, guardian)
	VALUES (@grant, @person, @kind, @notice, @purposes, @at, @actor, @via, @guardian)`;
const RECORD = `
	INSERT INTO processing_records (seq, at, actor, person, action, purpose) VALUES (@seq, @at, @actor, @person, @action, @purpose)`;
const TRIGGER = `
	INSERT INTO recognition_trigger (id, trigger_word, changed_at, changed_by) VALUES (1, @trigger, @at, @actor)
	ON CONFLICT DO UPDATE SET trigger_word = excluded.trigger_word, changed_at = excluded.changed_at, changed_by = excluded.changed_by`;
const CHECKED_IN = 'INSERT INTO checkin_times (id, visit, at) VALUES (@checkin, @visit, @at) ON CONFLICT DO NOTHING';

function record({ seq, at, actor }: LoggedEvent, person: string | null, action: string, purpose: string | null): RowUpdate {
	return { sql: RECORD, values: { seq, at: at.wall, actor, person, action, purpose } };
}

/** Grants, of which one a person is valid at most; processing records; the recognition trigger; when check-in texts were written. */
export const consent: Projection = {
	'consent.granted': (event) => {
		const { at, actor, body } = event;
		const { grant, person, kind, notice, purposes, via, guardian } = body;
		return [
			{ sql: END, values: { person, at: at.wall, reason: 'replaced' } },
			{
				sql: GRANT,
				values: { grant, person, kind, notice, via, actor, at: at.wall, purposes: JSON.stringify(purposes), guardian: guardian ? 1 : 0 },
			},
			record(event, person, 'granted', 'consent'),
		];
	},
	'consent.withdrawn': (event) => [
		{ sql: END, values: { person: event.body.person, at: event.at.wall, reason: 'withdrawn' } },
		record(event, event.body.person, 'withdrawn', 'consent'),
	],
	'consent.expired': (event) => [
		{ sql: END, values: { person: event.body.person, at: event.at.wall, reason: 'expired' } },
		record(event, event.body.person, 'expired', 'consent'),
	],
	'customer.enrolled': (event) => [record(event, event.body.customer, 'enrolled', 'consent')],
	'staff.enrolled': (event) => [record(event, event.body.staff, 'enrolled', 'consent')],
	'person.read': (event) => [record(event, event.body.person, event.body.person === null ? 'listed' : 'read', event.body.purpose)],
	'person.changed': (event) => [record(event, event.body.person, 'changed', event.body.purpose)],
	'person.exported': (event) => [record(event, event.body.person, 'exported', event.body.purpose)],
	'recognition.trigger-changed': ({ at, actor, body }) => [{ sql: TRIGGER, values: { trigger: body.trigger, at: at.wall, actor } }],
	'checkin.recorded': ({ at, body: { checkin, visit } }) => [{ sql: CHECKED_IN, values: { checkin, visit, at: at.wall } }],
};
