import type { EventBody } from '../../contract/events.js';
import type { Projection, RowUpdate } from './projection.js';

const DUTY = `
	INSERT INTO duty (staff, state, until_at, changed_at) VALUES (@staff, @state, @until, @at)
	ON CONFLICT DO UPDATE SET state = excluded.state, until_at = excluded.until_at, changed_at = excluded.changed_at`;
const ROTA = `
	INSERT INTO rota (staff, rotas, shifts, backup) VALUES (@staff, @rotas, @shifts, @backup)
	ON CONFLICT DO UPDATE SET rotas = excluded.rotas, shifts = excluded.shifts, backup = excluded.backup`;
const TURN = `
	INSERT INTO rota_turns (rota, staff, turns, owed) VALUES (@rota, @staff, @turns, @owed)
	ON CONFLICT DO UPDATE SET turns = turns + excluded.turns, owed = owed + excluded.owed`;

type Turn = EventBody<'alert.opened'>['turn'];

/** Everybody among whom it was is owed their share of the turn, and whoever had it has had it. */
function take(turn: Turn): RowUpdate[] {
	if (!turn) return [];
	const { rota, staff, among } = turn;
	const shares = among.map((person) => ({ sql: TURN, values: { rota, staff: person, turns: 0, owed: 1 / among.length } }));
	return [...shares, { sql: TURN, values: { rota, staff, turns: 1, owed: -1 } }];
}

/** Who is on duty, who takes turns in which rota, and how many they have had. */
export const rota: Projection = {
	'duty.changed': ({ at, body }) => [{ sql: DUTY, values: { ...body, at: at.wall } }],
	'rota.set': ({ body: { staff, rotas, shifts, backup } }) => [
		{ sql: ROTA, values: { staff, backup, rotas: JSON.stringify(rotas), shifts: JSON.stringify(shifts) } },
	],
	'alert.opened': ({ body }) => take(body.turn),
	'alert.rerouted': ({ body }) => take(body.turn),
};
