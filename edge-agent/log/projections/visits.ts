import type { Correction } from '../../contract/visit-events.js';
import type { Projection, RowUpdate } from './projection.js';

// Whoever comes after somebody of a party is of the same party as they are.
const OPEN = `
	INSERT INTO visits (id, opened_seq, opened_at, last_seen_at, entrance, source, customer, purpose, host, channel, party)
	VALUES (@visit, @seq, @at, @at, @entrance, @source, @customer, @purpose, @host, @channel,
		coalesce((SELECT party FROM visits WHERE id = @party), @party))
	ON CONFLICT DO NOTHING`;
const IDENTIFY = 'UPDATE visits SET customer = @customer, last_seen_at = @at WHERE id = @visit';
const SEEN = 'UPDATE visits SET last_seen_at = @at WHERE id = @visit';
const STEP_OUT = 'UPDATE visits SET stepped_out_at = @at, last_seen_at = @at WHERE id = @visit';
const RETURN = 'UPDATE visits SET stepped_out_at = NULL, last_seen_at = @at WHERE id = @visit';
const GREET = `
	UPDATE visits SET greeted_by = CASE WHEN greeted_at IS NULL THEN @staff ELSE greeted_by END, greeted_at = coalesce(greeted_at, @at),
		received_by = coalesce(received_by, @staff), last_seen_at = @at
	WHERE id = @visit`;
const CLOSE = 'UPDATE visits SET closed_at = @at, close_reason = @reason WHERE id = @visit AND closed_at IS NULL';
const MERGE = 'UPDATE visits SET merged_into = @into WHERE id = @visit';
const REASSIGN = 'UPDATE visits SET received_by = @staff WHERE id = @visit';
// Whoever comes to see nobody in particular still has the host they had.
const CHECK_IN = `
	UPDATE visits SET checkin = @checkin, model = @model, purpose = @purpose, host = coalesce(@host, host), last_seen_at = @at,
		models = CASE WHEN @model IS NULL OR EXISTS (SELECT 1 FROM json_each(models) WHERE value = @model) THEN models
			ELSE json_insert(models, '$[#]', @model) END
	WHERE id = @visit`;
const ARRIVE = "UPDATE visits SET channel = coalesce(channel, 'invited') WHERE id = @visit";
const OUTCOME = `
	UPDATE visits SET result = @result, grade = @grade, channel = @channel, party_size = @partySize, models = @models, rivals = @rivals,
		test_drive = @testDrive, quote = @quote, contact_left = @contactLeft, outcome_at = @at, outcome_by = @staff, outcome_note = @note
	WHERE id = @visit`;
const ASK = 'UPDATE visits SET outcome_asked = @turn, outcome_asked_at = @at WHERE id = @visit';

/** By what a correction may name: the column. */
const corrected: { readonly [F in keyof Required<Correction>]: string } = {
	customer: 'customer',
	purpose: 'purpose',
	host: 'host',
	channel: 'channel',
	partySize: 'party_size',
	receivedBy: 'received_by',
	openedAt: 'opened_at',
	greetedAt: 'greeted_at',
	closedAt: 'closed_at',
};

function correct(visit: string, changes: Correction): RowUpdate[] {
	return Object.entries(changes).flatMap(([field, value]) =>
		value === undefined
			? []
			: [{ sql: `UPDATE visits SET ${corrected[field as keyof Correction]} = @value WHERE id = @visit`, values: { visit, value } }],
	);
}

const flag = (value: boolean) => (value ? 1 : 0);

/**
 * Visits: the first opening, greeting and closing count; of identifications, check-ins, outcomes and whoever receives the visitor the last.
 * A split visit is what its own opening says.
 */
export const visits: Projection = {
	'visit.opened': ({ seq, at, body: { face: _, ...body } }) => [
		{ sql: OPEN, values: { seq, at: at.wall, ...body, channel: body.source === 'guest' ? 'invited' : null } },
	],
	'visit.identified': ({ at, body: { visit, customer } }) => [{ sql: IDENTIFY, values: { visit, customer, at: at.wall } }],
	'visit.seen': ({ at, body: { visit } }) => [{ sql: SEEN, values: { visit, at: at.wall } }],
	'visit.stepped-out': ({ at, body: { visit } }) => [{ sql: STEP_OUT, values: { visit, at: at.wall } }],
	'visit.returned': ({ at, body: { visit } }) => [{ sql: RETURN, values: { visit, at: at.wall } }],
	'visit.greeted': ({ at, body }) => [{ sql: GREET, values: { ...body, at: at.wall } }],
	'visit.closed': ({ at, body }) => [{ sql: CLOSE, values: { ...body, at: at.wall } }],
	'visit.merged': ({ body: { visit, into } }) => [{ sql: MERGE, values: { visit, into } }],
	'visit.reassigned': ({ body: { visit, staff } }) => [{ sql: REASSIGN, values: { visit, staff } }],
	'visit.corrected': ({ body: { visit, changes } }) => correct(visit, changes),
	'visit.outcome-recorded': ({ at, body: { models, rivals, testDrive, quote, contactLeft, ...body } }) => [
		{
			sql: OUTCOME,
			values: {
				...body,
				at: at.wall,
				models: JSON.stringify(models),
				rivals: JSON.stringify(rivals),
				testDrive: flag(testDrive),
				quote: flag(quote),
				contactLeft: flag(contactLeft),
			},
		},
	],
	'visit.outcome-asked': ({ at, body: { visit, turn } }) => [{ sql: ASK, values: { visit, turn, at: at.wall } }],
	'checkin.recorded': ({ at, body: { visit, checkin, model, purpose, host } }) => [
		{ sql: CHECK_IN, values: { visit, checkin, model, purpose, host, at: at.wall } },
	],
	'guest.arrived': ({ body: { visit } }) => [{ sql: ARRIVE, values: { visit } }],
};
