import { describe, expect, it } from 'vitest';
import { drawBackground } from '../../../edge-agent/demo/drawing/background.js';
import { drawPerson } from '../../../edge-agent/demo/drawing/person.js';
import { persons } from '../../../edge-agent/demo/persons.js';

describe('drawn persons', () => {
	it('are a pool of at least 20 with ids of their own', () => {
		expect(persons.length).toBeGreaterThanOrEqual(20);
		expect(new Set(persons.map((person) => person.id)).size).toBe(persons.length);
	});

	it.each(persons.map((person) => [person.id, person] as const))('%s: whole numbers, features only from the front', (_, person) => {
		const iris = `rgb(${person.eyes.iris.join(',')})`;
		const front = drawPerson(person, 'front', 0, 0.5);
		expect(front).toContain(iris);
		for (const view of ['front', 'turned', 'back'] as const) {
			for (const stride of [-1, 0, 1] as const) {
				const drawing = drawPerson(person, view, stride, 0.5);
				expect(drawing).not.toMatch(/NaN|undefined|Infinity|<text/);
				if (view !== 'front') expect(drawing).not.toMatch(/eye-left|eye-right/);
			}
		}
	});

	it('show their stride in the legs', () => {
		const [person] = persons;
		if (!person) throw new Error('no persons');
		expect(drawPerson(person, 'front', 1, 1)).not.toBe(drawPerson(person, 'front', -1, 1));
	});
});

describe('the background', () => {
	it('has no text elements: fonts differ between systems', () => {
		expect(drawBackground()).not.toMatch(/<text|font-family|NaN|undefined/);
	});
});
