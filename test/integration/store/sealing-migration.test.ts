import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { LogReader } from '../../../edge-agent/log/log-reader.store.js';
import { openForReading, openForWriting } from '../../../edge-agent/store/database.store.js';
import { findKeys } from '../../../edge-agent/store/keys.store.js';
import { migrate } from '../../../edge-agent/store/migrate.js';
import { migrations } from '../../../edge-agent/store/migrations/index.js';
import { dataFolder, fileOnly, filesOf } from './data-folder.js';

it('a database of plain texts becomes a sealed one, and no plain byte is left in any file', () => {
	const dir = dataFolder();
	const old = new Database(join(dir, 'showroom.db'));
	migrate(old, migrations.slice(0, 5));
	old.pragma('journal_mode = WAL');
	const add = old.prepare('INSERT INTO customers VALUES (?, ?, ?, NULL)');
	for (let n = 0; n < 500; n++) add.run(`c${n}`, `Zhuge-${n}`, `1381234${String(n).padStart(4, '0')}`);
	// Deleted long ago by a connection that overwrote nothing.
	old.pragma('secure_delete = OFF');
	old.exec("DELETE FROM customers WHERE id IN ('c3', 'c77')");
	old.exec("INSERT INTO staff VALUES ('s1', 'Chenjing-Unmistakable', 'manager', 1)");
	old.exec("INSERT INTO checkin_texts VALUES ('k1', 'Wangxiaojie', '13987654321')");
	old.prepare("INSERT INTO templates VALUES ('t1', 's1', 'staff', 'sface', ?)").run(Buffer.from('unsealed descriptor.'));
	// Killed, not closed: its last pages are in the write-ahead log.
	const plain = ['Zhuge-', '1381234', 'Chenjing', 'Wangxiaojie', '87654321', 'unsealed'];
	const files = [...filesOf(dir).values()];
	for (const text of plain)
		expect(
			files.some((bytes) => bytes.includes(text)),
			text,
		).toBe(true);

	const { database, close } = openForWriting(dir, fileOnly);
	expect(database.prepare('SELECT scrub FROM master_key').pluck().get()).toBe(0);
	for (const [name, bytes] of filesOf(dir)) for (const text of plain) expect(bytes.includes(text), `${text} in ${name}`).toBe(false);
	close();
	old.close();
	for (const [name, bytes] of filesOf(dir)) for (const text of plain) expect(bytes.includes(text), `${text} in ${name}`).toBe(false);

	const reading = openForReading(dir);
	const reader = new LogReader(reading, () => findKeys(reading, fileOnly).keys);
	expect(reader.customers()).toHaveLength(498);
	expect(reader.customersByTelephone('+86 138 1234 0007')).toMatchObject([{ id: 'c7', name: 'Zhuge-7', telephone: '13812340007' }]);
	expect(reader.staff()).toEqual([{ id: 's1', name: 'Chenjing-Unmistakable', role: 'manager', onDuty: true }]);
	reading.close();
	rmSync(dir, { recursive: true });
});
