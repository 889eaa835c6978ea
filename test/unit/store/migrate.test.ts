import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { checkSchema, migrate } from '../../../edge-agent/store/migrate.js';
import { type Migration, migrations } from '../../../edge-agent/store/migrations/index.js';

const version = (database: Database.Database) => database.pragma('user_version', { simple: true });
const tables = (database: Database.Database) =>
	database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();

it.each([
	[1, ['cursors', 'events']],
	[2, ['checkin_texts', 'customers', 'staff', 'templates']],
	[3, ['visits']],
	[4, ['alert_deliveries', 'alert_told', 'alerts']],
	[5, ['cameras']],
])('step %i makes its tables on top of the steps before', (step, made) => {
	const database = new Database(':memory:');
	migrate(database, migrations.slice(0, step - 1));
	const before = tables(database);
	migrate(database, migrations.slice(0, step));
	expect(tables(database).filter((name) => !before.includes(name))).toEqual(made);
	expect(version(database)).toBe(step);
});

it('takes a database from any step to the current one and changes nothing when called again', () => {
	for (let had = 0; had <= migrations.length; had++) {
		const database = new Database(':memory:');
		migrate(database, migrations.slice(0, had));
		expect(checkSchema(database, 'f')).toBe(had === 0 ? 'new' : had < migrations.length ? 'older' : 'current');
		migrate(database);
		migrate(database);
		expect(version(database)).toBe(migrations.length);
		expect(checkSchema(database, 'f')).toBe('current');
	}
});

it('leaves nothing of a step that fails, and keeps the steps before it', () => {
	const database = new Database(':memory:');
	const failing: Migration = (connection) => {
		connection.exec('CREATE TABLE half (id TEXT)');
		throw new Error('power');
	};
	expect(() => migrate(database, [...migrations, failing])).toThrow('power');
	expect(version(database)).toBe(migrations.length);
	expect(tables(database)).not.toContain('half');
});

it('refuses a newer schema and another program’s file', () => {
	const newer = new Database(':memory:');
	migrate(newer);
	newer.pragma(`user_version = ${migrations.length + 1}`);
	expect(() => checkSchema(newer, 'showroom.db')).toThrow(/showroom\.db was written by a newer version/);
	const foreign = new Database(':memory:');
	foreign.exec('CREATE TABLE bookmarks (url TEXT)');
	expect(() => checkSchema(foreign, 'showroom.db')).toThrow(/belongs to another program/);
});
