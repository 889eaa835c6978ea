import { expect, it } from 'vitest';
import { currentVersion, type Upcasters, upcast } from '../../../edge-agent/log/upcast.js';

const table: Upcasters = {
	'visit.returned': [
		(body) => ({ ...(body as object), entrance: null }),
		(body) => {
			const { visit, entrance } = body as { visit: string; entrance: string | null };
			return { visit, door: { id: entrance } };
		},
	],
};

it('lifts a body step by step to the current version', () => {
	expect(currentVersion('visit.returned', table)).toBe(3);
	expect(upcast('visit.returned', 1, { visit: 'v1' }, table)).toEqual({ visit: 'v1', door: { id: null } });
	expect(upcast('visit.returned', 2, { visit: 'v1', entrance: 'main' }, table)).toEqual({ visit: 'v1', door: { id: 'main' } });
});

it('leaves the current version as it is', () => {
	const body = { visit: 'v1', door: { id: 'main' } };
	expect(upcast('visit.returned', 3, body, table)).toBe(body);
	expect(upcast('visit.closed', 1, body, table)).toBe(body);
});

it('refuses a version that only a newer program knows', () => {
	expect(() => upcast('visit.returned', 4, {}, table)).toThrow(/version 4.*newer program/);
	expect(() => upcast('visit.closed', 2, {})).toThrow(/newer program/);
});

it('lifts arrivals and enrolments that were stored before they said what they rest on', () => {
	expect(upcast('visit.identified', 1, { visit: 'v1', customer: 'c1', by: 'face' })).toEqual({
		...{ visit: 'v1', customer: 'c1', by: 'face', face: null },
	});
	expect(upcast('customer.enrolled', 1, { customer: 'c1', templates: 1, model: 'm' })).toEqual({
		...{ customer: 'c1', templates: 1, model: 'm', despite: null, other: null },
	});
});
