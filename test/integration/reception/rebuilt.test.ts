import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogReader } from '../../../edge-agent/log/log-reader.store.js';
import { LogWriter } from '../../../edge-agent/log/log-writer.store.js';
import { rebuildCheck } from '../../../edge-agent/log/rebuild.store.js';
import { openForWriting } from '../../../edge-agent/store/database.store.js';
import { happen, happening } from '../../unit/visits/any-day.js';
import { Day } from '../../unit/visits/day.js';
import { removeFolder, temporaryFolder } from '../sockets/house.js';

/** A day as it happens, event by event into a real database, in commits of whatever size. */
async function written(happenings: readonly (readonly [number, Parameters<typeof happen>[2]])[], together: number) {
	const day = new Day();
	for (const [index, [gap, what]] of happenings.entries()) {
		day.pass(gap);
		happen(day, index, what);
	}
	const dataDir = await temporaryFolder();
	const connection = openForWriting(dataDir);
	try {
		const writer = new LogWriter(connection.database, connection.master.keys);
		for (let from = 0; from < day.log.length; from += together) {
			const drafts = day.log.slice(from, from + together);
			for (const outcome of writer.commit([{ kind: 'append', drafts, changes: [] }])) expect(outcome).not.toHaveProperty('error');
		}
		const reader = new LogReader(connection.database, () => connection.master.keys);
		return {
			day,
			check: await rebuildCheck(connection.database),
			rows: { turns: reader.reception('rotaTurns', []), due: reader.reception('outcomesDue', [1000]) },
		};
	} finally {
		connection.close();
		await removeFolder(dataDir);
	}
}

describe('any day in a real database', () => {
	it('leaves rows that the log makes anew, and that agree with the state by which everything is decided', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(happening, { maxLength: 50 }), fc.integer({ min: 1, max: 20 }), async (happenings, together) => {
				const { day, check, rows } = await written(happenings, together);
				expect(check.differences).toEqual([]);
				expect(check.events).toBe(day.log.length);
				const { alerts, reception } = day.state;
				for (const { rota, staff, turns, owed } of rows.turns) {
					expect(alerts.turns.get(rota)?.get(staff)?.turns).toBe(turns);
					expect(alerts.turns.get(rota)?.get(staff)?.owed).toBeCloseTo(owed, 9);
				}
				expect(rows.due.map(({ visit }) => visit).toSorted()).toEqual([...reception.outcomes.keys()].toSorted());
			}),
			{ numRuns: 25 },
		);
	});
});
