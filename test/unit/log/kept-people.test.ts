import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KeptPeople } from '../../../edge-agent/log/kept-people.js';

it('whoever comes, changes and goes, everybody stands once and in order', () => {
	const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
	const change = fc.record({ id, name: fc.option(fc.constantFrom('王', '李', '张', '安', '波')), look: fc.boolean() });
	fc.assert(
		fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
			const kept = new KeptPeople<{ id: string; name: string }>();
			const model = new Map<string, string>();
			for (const { id, name, look } of changes) {
				kept.set(id, name === null ? null : { id, name });
				if (name === null) model.delete(id);
				else model.set(id, name);
				// As a search does, in between.
				if (look) kept.inOrder();
			}
			const wanted = [...model].sort(([a, one], [b, other]) => (one < other ? -1 : one > other ? 1 : a < b ? -1 : 1));
			expect(kept.inOrder().map(({ view }) => [view.id, view.name])).toEqual(wanted);
			for (const [id, name] of model) expect(kept.get(id)?.name).toBe(name);
		}),
	);
});

it('finds by the name as it now is', () => {
	const kept = new KeptPeople<{ id: string; name: string }>();
	kept.set('a', { id: 'a', name: '王芳' });
	expect(kept.inOrder()[0]?.keys.pinyin).toBe('wangfang');
	kept.set('a', { id: 'a', name: '李雷' });
	expect(kept.inOrder()[0]?.keys.pinyin).toBe('lilei');
});
