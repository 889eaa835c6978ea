import { describe, expect, it } from 'vitest';
import type { EventBody, EventType, LoggedEvent } from '../../../edge-agent/contract/events.js';
import { Gallery } from '../../../edge-agent/gallery/gallery.js';
import { KnownPeople } from '../../../edge-agent/gallery/known-people.js';
import type { PackedTemplates } from '../../../edge-agent/gallery/packed-templates.js';
import type { RowChange, TemplateChanges } from '../../../edge-agent/log/log.types.js';
import { LogReader } from '../../../edge-agent/log/log-reader.store.js';
import { LogWriter } from '../../../edge-agent/log/log-writer.store.js';
import { draft } from '../log/drafts.js';
import { memoryDatabase, testKeys } from '../store/test-keys.js';

const model = { modelId: 'm', descriptorLength: 2, metric: 'euclidean' } as const;

/** A store, and a gallery as a vision worker holds it. Answers of the reader wait where a test says so. */
function house() {
	const database = memoryDatabase();
	const writer = new LogWriter(database, testKeys);
	const reader = new LogReader(database, () => testKeys);
	const gallery = new Gallery(model);
	/** What was handed on, to look at it afterwards. */
	const packs: PackedTemplates[] = [];
	const asked: number[] = [];
	const house = { answered: async () => {} };
	const vision = {
		model,
		async setPeople(pack: PackedTemplates) {
			gallery.set(pack);
			pack.values.fill(0);
		},
		removePeople: (people: readonly string[]) => void gallery.removePeople(people),
	};
	const queries = {
		async templateChanges(modelId: string, place: number): Promise<TemplateChanges> {
			asked.push(place);
			const changes = reader.templateChanges(modelId, place);
			packs.push(changes.templates);
			await house.answered();
			return changes;
		},
	};
	const people = new KnownPeople({ queries, vision });
	const write = <T extends EventType>(type: T, body: EventBody<T>, changes: readonly RowChange[] = []): readonly LoggedEvent[] => {
		const [outcome] = writer.commit([{ kind: 'append', drafts: [draft(type, body)], changes }]);
		if (!outcome || 'error' in outcome) throw outcome?.error;
		return outcome.events;
	};
	const grant = database.prepare(`
		INSERT OR IGNORE INTO consent_grants (id, person, kind, notice, purposes, granted_at, granted_by, via, guardian)
		VALUES (?, ?, 'customer', 'n1', '["recognition"]', 0, 's1', 'paper', 0)`);
	return Object.assign(house, {
		...{ people, gallery, packs, asked, write },
		enrol(person: string, x: number, name = `Name of ${person}`) {
			grant.run(`${person}-${x}`, person);
			return write('customer.enrolled', { customer: person, templates: 1, model: 'm', despite: null, other: null }, [
				{ table: 'customers', id: person, name, telephone: null, consultant: null },
				{
					...{ table: 'templates', id: `${person}-${x}`, person, kind: 'customer', modelId: 'm' },
					descriptor: new Uint8Array(Float32Array.of(x, 1).buffer),
				},
			]);
		},
		withdraw: (person: string) => write('consent.withdrawn', { person, level: 'face' }, [{ table: 'persons', id: person, erase: 'face' }]),
		/** Whose template (x, 1) is. */
		at(x: number): string | null {
			const best = gallery.search(Float32Array.of(x, 1))?.best;
			return best && best.distance < 0.1 ? best.person : null;
		},
	});
}

describe('known people', () => {
	it('are everybody at first, page by page, and then only who has changed', async () => {
		const { people, gallery, enrol, asked, packs, at } = house();
		for (let i = 0; i < 1200; i++) enrol(`c${i}`, i);
		await people.read();
		expect([gallery.size, gallery.people, people.names.size, packs.length]).toEqual([1200, 1200, 1200, 3]);
		expect([at(0), at(777), at(1199)]).toEqual(['c0', 'c777', 'c1199']);
		expect(people.names.get('c777')).toBe('Name of c777');

		await people.hear(enrol('c777', 5000, 'Another name'));
		expect(packs.at(-1)?.people).toEqual(['c777']);
		expect([at(777), at(5000), gallery.size]).toEqual(['c777', 'c777', 1201]);
		expect(people.names.get('c777')).toBe('Another name');
		expect(asked).toHaveLength(4);
		for (const { values } of packs) expect(values.every((value) => value === 0)).toBe(true);
	});

	it('are gone at once when they withdraw, and stay gone', async () => {
		const { people, gallery, enrol, withdraw, at } = house();
		enrol('an', 1);
		enrol('bo', 2);
		await people.read();
		const following = people.hear(withdraw('an'));
		expect([gallery.size, people.names.has('an')]).toEqual([1, false]);
		await following;
		expect([gallery.size, at(2)]).toEqual([1, 'bo']);
		await people.hear(enrol('an', 3));
		expect([gallery.size, at(3), at(1)]).toEqual([2, 'an', null]);
	});

	it('are never what was read before somebody withdrew', async () => {
		const store = house();
		store.enrol('an', 1);
		store.enrol('bo', 2);
		let following = Promise.resolve();
		store.answered = async () => {
			store.answered = async () => {};
			following = store.people.hear(store.withdraw('an'));
		};
		await store.people.read();
		expect([store.gallery.size, store.at(1), store.at(2)]).toEqual([1, null, 'bo']);
		await following;
		expect([store.gallery.size, store.people.names.has('an')]).toEqual([1, false]);
		// The page that held them was dropped, and overwritten.
		expect(store.packs[0]?.people).toEqual(['an', 'bo']);
		for (const { values } of store.packs) expect(values.every((value) => value === 0)).toBe(true);
	});

	it('are known who withdraw and enrol again while they are read', async () => {
		const store = house();
		store.enrol('an', 1);
		let following = Promise.resolve();
		const withdrawn = store.withdraw('an');
		const again = store.enrol('an', 2);
		// Both are in the page already; main hears of them only now.
		store.answered = async () => {
			store.answered = async () => {};
			following = Promise.all([store.people.hear(withdrawn), store.people.hear(again)]).then(() => {});
		};
		await store.people.read();
		await following;
		expect([store.gallery.size, store.at(2), store.at(1)]).toEqual([1, 'an', null]);
	});

	it('are those of before when the reader fails, and read the next time', async () => {
		const store = house();
		await store.people.read();
		store.answered = () => Promise.reject(new Error('no disk'));
		await expect(store.people.hear(store.enrol('an', 1))).rejects.toThrow('no disk');
		expect(store.gallery.size).toBe(0);
		store.answered = async () => {};
		await store.people.hear(store.enrol('bo', 2));
		expect([store.at(1), store.at(2)]).toEqual(['an', 'bo']);
	});

	it('lose who goes with an import that is taken back', async () => {
		const { people, gallery, enrol, write, at } = house();
		enrol('an', 1);
		enrol('bo', 2);
		await people.read();
		const undone = write('import.undone', { import: 'i1', removed: 1, restored: 0, kept: 0 }, [
			{ table: 'persons', id: 'an', erase: 'everything' },
		]);
		await people.hear(undone);
		expect([gallery.size, at(2), people.names.has('an')]).toEqual([1, 'bo', false]);
	});
});
