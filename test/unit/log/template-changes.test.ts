import { expect, it } from 'vitest';
import { templatesIn } from '../../../edge-agent/gallery/packed-templates.js';
import type { RowChange } from '../../../edge-agent/log/log.types.js';
import { LogReader } from '../../../edge-agent/log/log-reader.store.js';
import { LogWriter } from '../../../edge-agent/log/log-writer.store.js';
import { memoryDatabase, testKeys } from '../store/test-keys.js';

function store() {
	const database = memoryDatabase();
	const writer = new LogWriter(database, testKeys);
	const reader = new LogReader(database, () => testKeys);
	const grant = database.prepare(`
		INSERT OR IGNORE INTO consent_grants (id, person, kind, notice, purposes, granted_at, granted_by, via, guardian)
		VALUES (@person, @person, @kind, 'n1', '["recognition"]', 0, 's1', 'paper', 0)`);
	const write = (changes: readonly RowChange[]): void => {
		for (const change of changes) if (change.table === 'templates') grant.run({ person: change.person, kind: change.kind });
		expect(writer.commit([{ kind: 'append', drafts: [], changes }])).toEqual([{ events: [] }]);
	};
	return { database, reader, write };
}
const template = (person: string, n: number, modelId = 'sface', kind: 'customer' | 'staff' = 'customer'): RowChange => ({
	...{ table: 'templates', id: `${person}-${n}`, person, kind, modelId },
	descriptor: new Uint8Array(Float32Array.of(n, n / 3, -1).buffer),
});
const customer = (id: string): RowChange => ({ table: 'customers', id, name: `名 ${id}`, telephone: null, consultant: null });

it('answers everybody with what they have, a page at a time, one person’s templates together', () => {
	const { reader, write } = store();
	const people = Array.from({ length: 1100 }, (_, i) => `c${i}`);
	write(people.map(customer));
	// In an order that mixes people up.
	for (const n of [1, 2, 3]) write(people.slice(0, 900).map((person) => template(person, n)));
	write([template('s1', 1, 'sface', 'staff'), template('c950', 1, 'other')]);

	let place = 0;
	const [counts, gone, names] = [new Map<string, number>(), [] as string[], new Map<string, string>()];
	for (let more = true; more; ) {
		const page = reader.templateChanges('sface', place);
		expect(page.templates.people.length + page.gone.length).toBeLessThanOrEqual(500);
		expect(page.inStore).toBe(2702);
		for (const [i, person] of page.templates.people.entries()) counts.set(person, page.templates.counts[i] ?? 0);
		for (const { person, kind, descriptor } of templatesIn(page.templates)) {
			const [n = 0] = descriptor;
			expect([kind, ...descriptor]).toEqual([person === 's1' ? 'staff' : 'customer', n, Math.fround(n / 3), -1]);
		}
		for (const [person, name] of page.names) names.set(person, name);
		gone.push(...page.gone);
		({ place, more } = page);
	}
	expect(counts).toEqual(new Map([...people.slice(0, 900).map((person) => [person, 3] as const), ['s1', 1]]));
	expect(new Set(gone)).toEqual(new Set(people.slice(900)));
	expect([names.size, names.get('c7'), names.has('c950')]).toEqual([900, '名 c7', false]);
	expect(reader.templateChanges('sface', place)).toMatchObject({ place, more: false, gone: [], templates: { people: [] } });
});

it('answers later only those who have changed since, and whoever is gone as gone', () => {
	const { reader, write } = store();
	write([template('an', 1), template('bo', 1), template('cai', 1)]);
	const { place } = reader.templateChanges('sface', 0);
	write([template('bo', 2)]);
	write([{ table: 'persons', id: 'an', erase: 'face' }]);
	const later = reader.templateChanges('sface', place);
	expect([later.templates.people, later.templates.counts, later.gone]).toEqual([['bo'], [2], ['an']]);
	expect(reader.templateChanges('sface', later.place)).toMatchObject({ gone: [], templates: { people: [] } });
});

it('refuses templates of one model whose lengths differ, and those that do not open', () => {
	const { database, reader, write } = store();
	write([template('an', 1), { ...template('bo', 1), descriptor: new Uint8Array(8) } as RowChange]);
	expect(() => reader.templateChanges('sface', 0)).toThrow(/a template of bo is not as long as others by sface/);
	database.exec("UPDATE templates SET descriptor = (SELECT descriptor FROM templates WHERE person = 'bo') WHERE person = 'an'");
	expect(() => reader.templateChanges('sface', 0)).toThrow(/descriptor of an-1 in templates does not open/);
});
