import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { LogReader } from '../../../edge-agent/log/log-reader.store.js';
import { rebuildCheck } from '../../../edge-agent/log/rebuild.store.js';
import { migrate } from '../../../edge-agent/store/migrate.js';
import { migrations } from '../../../edge-agent/store/migrations/index.js';
import { testKeys } from '../../unit/store/test-keys.js';

/** The steps that a database had before reception had columns of its own. */
const BEFORE = 10;

it('the columns of reception are filled in as if they had always been there', async () => {
	const database = new Database(':memory:');
	migrate(database, migrations.slice(0, BEFORE), testKeys);
	const insert = database.prepare(`
		INSERT INTO events (seq, id, type, version, wall, mono, boot, actor, subject, cause, body, hash)
		VALUES (?, ?, ?, ?, ?, 0, 'b', 'system', 'x', NULL, ?, x'00')`);
	let seq = 0;
	const happened = (type: string, version: number, body: object) => {
		seq += 1;
		insert.run(seq, `e${seq}`, type, version, seq * 1000, JSON.stringify(body));
	};
	const opened = { source: 'crossing', entrance: 'main', customer: null, purpose: null, host: null };
	const steps = (...staff: string[]) => [{ afterMs: 0, staff }];
	happened('visit.opened', 1, { visit: 'v1', ...opened });
	happened('alert.opened', 1, { alert: 'a1', visit: 'v1', customer: null, purpose: null, steps: steps('s1'), redAfterMs: 60_000 });
	happened('checkin.recorded', 1, { checkin: 'k1', visit: 'v1', via: 'touch', purpose: 'quote', host: null, model: 'et5' });
	happened('checkin.recorded', 1, { checkin: 'k2', visit: 'v1', via: 'touch', purpose: 'quote', host: null, model: 'es8' });
	happened('checkin.recorded', 1, { checkin: 'k3', visit: 'v1', via: 'touch', purpose: 'quote', host: null, model: 'et5' });
	happened('alert.rerouted', 1, { alert: 'a1', customer: null, steps: steps('s2', 's1') });
	happened('alert.escalated', 1, { alert: 'a1', step: 1, staff: ['s3'] });
	happened('alert.greeted', 1, { alert: 'a1', staff: 's2' });
	happened('visit.greeted', 1, { visit: 'v1', staff: 's2' });
	happened('visit.closed', 1, { visit: 'v1', reason: 'left' });
	happened('visit.opened', 2, { visit: 'v2', ...opened, face: null });
	database.exec(`
		INSERT INTO visits (id, opened_seq, opened_at, entrance, source, purpose, checkin, model, greeted_at, greeted_by, closed_at, close_reason)
		VALUES ('v1', 1, 1000, 'main', 'crossing', 'quote', 'k3', 'et5', 9000, 's2', 10000, 'left');
		INSERT INTO visits (id, opened_seq, opened_at, entrance, source) VALUES ('v2', 11, 11000, 'main', 'crossing');
		INSERT INTO alerts (id, visit, opened_seq, opened_at, red_at, state, step, greeted_at, greeted_by, overdue)
		VALUES ('a1', 'v1', 2, 2000, 62000, 'greeted', 1, 8000, 's2', 0);
		INSERT INTO alert_told VALUES (1, 'a1', 0, 's1'), (2, 'a1', 0, 's2'), (3, 'a1', 1, 's3');
		INSERT INTO checkin_times VALUES ('k1', 'v1', 3000), ('k2', 'v1', 4000), ('k3', 'v1', 5000)`);
	migrate(database, migrations, testKeys);

	const reader = new LogReader(database, () => testKeys);
	const [second, first] = reader.visits({ from: 0, to: 1e6 });
	expect(first).toMatchObject({ receivedBy: 's2', lastSeenAt: 9000, record: { models: ['et5', 'es8'], partySize: 1 } });
	expect(second).toMatchObject({ receivedBy: null, lastSeenAt: 11_000, record: { models: [] } });
	expect(reader.reception('why', ['a1'])?.told).toMatchObject([
		{ staff: 's1', at: 2000 },
		{ staff: 's2', at: 6000 },
		{ staff: 's3', at: 7000 },
	]);
	expect(await rebuildCheck(database)).toMatchObject({ ok: true, differences: [] });
	database.close();
});
