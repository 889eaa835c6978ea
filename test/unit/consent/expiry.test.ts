import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, decideUpkeep, expiresAt, type RetentionRules, type ValidGrant } from '../../../edge-agent/consent/expiry.js';

const rules: RetentionRules = { templateMonths: 12, checkinDays: 180, recordYears: 3, reminderDays: 30 };
const at = (text: string) => Date.parse(`${text}Z`);
const DAY_MS = 86_400_000;

const grant = fc.record<ValidGrant>({
	person: fc.uuid(),
	kind: fc.constantFrom('customer', 'staff'),
	grantedAt: fc.integer({ min: at('2025-01-01T00:00'), max: at('2027-01-01T00:00') }),
	lastVisitAt: fc.option(fc.integer({ min: at('2024-01-01T00:00'), max: at('2027-01-01T00:00') })),
});

describe('months', () => {
	it('keep the day and the time, and take the last day of shorter months', () => {
		expect(addMonths(at('2026-01-31T10:15'), 1)).toBe(at('2026-02-28T10:15'));
		expect(addMonths(at('2024-02-29T00:00'), 12)).toBe(at('2025-02-28T00:00'));
		expect(addMonths(at('2026-11-22T08:00'), 12)).toBe(at('2027-11-22T08:00'));
		expect(addMonths(at('2026-02-10T08:00'), -36)).toBe(at('2023-02-10T08:00'));
	});
});

describe('a grant', () => {
	it('ends twelve months after the last visit, or after it was given when they never came', () => {
		const granted = { person: 'li', kind: 'customer', grantedAt: at('2026-01-10T09:00') } as const;
		expect(expiresAt({ ...granted, lastVisitAt: null }, rules)).toBe(at('2027-01-10T09:00'));
		expect(expiresAt({ ...granted, lastVisitAt: at('2026-06-01T09:00') }, rules)).toBe(at('2027-06-01T09:00'));
		expect(expiresAt({ ...granted, lastVisitAt: at('2025-06-01T09:00') }, rules)).toBe(at('2027-01-10T09:00'));
	});

	it('of a member of staff never ends by itself', () => {
		expect(expiresAt({ kind: 'staff', grantedAt: 0, lastVisitAt: null }, rules)).toBeNull();
	});
});

describe('upkeep', () => {
	it('ends exactly the grants whose time has come, and reminds of those whose time comes soon, soonest first', () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(grant, { selector: ({ person }) => person }),
				fc.integer({ min: at('2025-01-01T00:00'), max: at('2029-01-01T00:00') }),
				(grants, now) => {
					const { expired, expiring } = decideUpkeep(grants, rules, now);
					for (const one of grants) {
						const end = expiresAt(one, rules);
						expect(expired.includes(one.person)).toBe(end !== null && end <= now);
						expect(expiring.some(({ person }) => person === one.person)).toBe(end !== null && end > now && end <= now + 30 * DAY_MS);
					}
					expect(expiring.map(({ expiresAt }) => expiresAt)).toEqual(expiring.map(({ expiresAt }) => expiresAt).toSorted((a, b) => a - b));
				},
			),
		);
	});

	it('forgets nobody whose end fell into a time when nothing ran', () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(grant, { selector: ({ person }) => person }),
				fc.array(fc.integer({ min: at('2025-01-01T00:00'), max: at('2029-01-01T00:00') })),
				(grants, times) => {
					let left = [...grants];
					const last = Math.max(...times, 0);
					for (const now of times.toSorted((a, b) => a - b)) {
						const { expired } = decideUpkeep(left, rules, now);
						left = left.filter(({ person }) => !expired.includes(person));
					}
					expect(left.map(({ person }) => person)).toEqual(
						grants.filter((one) => (expiresAt(one, rules) ?? Number.POSITIVE_INFINITY) > last).map(({ person }) => person),
					);
				},
			),
		);
	});

	it('lets check-in texts go after their days, and records after three years', () => {
		const { checkinsBefore, recordsBefore } = decideUpkeep([], rules, at('2026-11-22T08:00'));
		expect(checkinsBefore).toBe(at('2026-11-22T08:00') - 180 * DAY_MS);
		expect(recordsBefore).toBe(at('2023-11-22T08:00'));
	});
});
