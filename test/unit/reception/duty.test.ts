import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dutyOf, type SaidDuty } from '../../../edge-agent/reception/duty.js';

/** Monday 23 November 2026, local time. */
const at = (hour: number, minute = 0, day = 23) => new Date(2026, 10, day, hour, minute).getTime();
const shifts = [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }];
const row = { rotas: ['sales' as const], shifts, backup: null };
const said = (state: SaidDuty['state'], when: number, until: number | null = null): SaidDuty => ({ state, until, at: when });

describe('whether somebody takes visitors', () => {
	it('who said nothing: in their shifts, or always where they have none; never against the administrator', () => {
		expect([8, 9, 16, 17].map((hour) => dutyOf(true, row, undefined, at(hour)).duty)).toEqual(['off', 'on', 'on', 'off']);
		expect(dutyOf(true, row, undefined, at(10, 0, 28)).duty).toBe('off');
		expect(dutyOf(true, undefined, undefined, at(3)).duty).toBe('on');
		expect(dutyOf(false, row, said('on', at(10)), at(10)).duty).toBe('off');
	});

	it('a break ends by itself', () => {
		const lunch = said('break', at(12), at(12, 30));
		expect(dutyOf(true, row, lunch, at(12, 29))).toEqual({ duty: 'break', until: at(12, 30) });
		expect(dutyOf(true, row, lunch, at(12, 30))).toEqual({ duty: 'on', until: null });
		expect(dutyOf(true, undefined, said('break', at(12)), at(23)).duty).toBe('break');
	});

	it('what was said holds until the next shift begins or ends', () => {
		expect(dutyOf(true, row, said('off', at(14)), at(16, 59)).duty).toBe('off');
		expect(dutyOf(true, row, said('off', at(14)), at(9, 0, 24)).duty).toBe('on');
		expect(dutyOf(true, row, said('on', at(7)), at(8)).duty).toBe('on');
		expect(dutyOf(true, row, said('on', at(16)), at(18)).duty).toBe('off');
	});
});

it('without shifts it is what was last said, whatever the clock says', () => {
	fc.assert(
		fc.property(fc.constantFrom('on' as const, 'off' as const), fc.nat(10 ** 9), (state, later) => {
			expect(dutyOf(true, undefined, said(state, at(9)), at(9) + later).duty).toBe(state);
		}),
	);
});
