import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkInSchema } from '../../../edge-agent/contract/api.js';
import { purposeSchema } from '../../../edge-agent/contract/vocabulary.js';
import {
	beginCheckIn,
	type CheckInDraft,
	type CheckInInput,
	checkInOf,
	cleanTelephone,
	formatTelephone,
	reduceCheckIn,
	steps,
} from '../../../kiosk/src/checkin/checkin.js';

const id = '6b0f1a52-3c1d-4f0e-9a51-0c6d1d2b7a11';
const run = (draft: CheckInDraft, ...inputs: CheckInInput[]) => inputs.reduce(reduceCheckIn, draft);
const filled = run(
	beginCheckIn(id, null),
	{ type: 'purpose', purpose: 'test-drive' },
	{ type: 'name', name: ' 王女士 ' },
	{ type: 'next' },
	{ type: 'telephone', telephone: '138 0013 8000' },
	{ type: 'next' },
	{ type: 'host', host: null },
);

describe('a check-in', () => {
	it('asks one thing after the other and sends what the agent takes', () => {
		expect(filled.step).toBe('confirm');
		const checkIn = checkInOf(filled, 'zh');
		expect(checkInSchema.parse(checkIn)).toEqual({
			...{ id, name: '王女士', telephone: '13800138000', purpose: 'test-drive', host: null, model: null, language: 'zh' },
		});
	});

	it('does not go on without a name, and goes on without a telephone', () => {
		const atName = run(beginCheckIn(id, null), { type: 'purpose', purpose: 'quote' }, { type: 'name', name: '   ' }, { type: 'next' });
		expect(atName.step).toBe('name');
		const atTelephone = run(
			atName,
			{ type: 'name', name: '李' },
			{ type: 'next' },
			{ type: 'telephone', telephone: '123' },
			{ type: 'next' },
		);
		expect(atTelephone.step).toBe('telephone');
		expect(run(atTelephone, { type: 'telephone', telephone: '' }, { type: 'next' }).step).toBe('host');
	});

	it('comes back to the confirmation after one answer was changed', () => {
		const changed = run(filled, { type: 'change', step: 'name' }, { type: 'name', name: '李' }, { type: 'next' });
		expect(changed).toMatchObject({ step: 'confirm', name: '李', telephone: '13800138000' });
		expect(run(filled, { type: 'change', step: 'host' }, { type: 'back' }).step).toBe('confirm');
	});

	it('keeps every answer and its id when sending fails, and can be sent again', () => {
		const failed = run(filled, { type: 'send' }, { type: 'failed', error: 'x', network: true });
		expect(checkInOf(failed, 'zh')).toEqual(checkInOf(filled, 'zh'));
		expect(run(failed, { type: 'send' }).sending.state).toBe('sending');
	});

	it('changes nothing while it is being sent', () => {
		const sending = run(filled, { type: 'send' });
		expect(run(sending, { type: 'name', name: 'x' }, { type: 'back' })).toBe(sending);
	});

	it('from a brochure begins with the name', () => {
		const draft = beginCheckIn(id, 'yaoxing-y7');
		expect(draft).toMatchObject({ step: 'name', purpose: 'test-drive', model: 'yaoxing-y7' });
	});

	it('whatever is touched, only sends what the agent takes', () => {
		const input: fc.Arbitrary<CheckInInput> = fc.oneof(
			fc.record({ type: fc.constant('purpose' as const), purpose: fc.constantFrom(...purposeSchema.options) }),
			fc.record({ type: fc.constant('name' as const), name: fc.string({ unit: 'grapheme', maxLength: 60 }) }),
			fc.record({ type: fc.constant('telephone' as const), telephone: fc.string({ unit: fc.constantFrom(...'0123456789+- ８九x') }) }),
			fc.record({ type: fc.constant('host' as const), host: fc.constantFrom(null, 'wang') }),
			fc.record({ type: fc.constant('change' as const), step: fc.constantFrom(...steps) }),
			fc.constantFrom<CheckInInput>({ type: 'next' }, { type: 'back' }, { type: 'send' }, { type: 'failed', error: '', network: true }),
		);
		fc.assert(
			fc.property(fc.array(input, { maxLength: 25 }), (inputs) => {
				const draft = run(beginCheckIn(id, null), ...inputs);
				const checkIn = checkInOf(draft, 'en');
				if (checkIn) expect(checkInSchema.safeParse(checkIn).success).toBe(true);
				if (draft.sending.state === 'sending') expect(checkIn).not.toBeNull();
			}),
		);
	});
});

it('reads telephones as people type them', () => {
	expect(cleanTelephone('138-0013 8000')).toBe('13800138000');
	expect(cleanTelephone('１３８００')).toBe('13800');
	expect(cleanTelephone('+86 138+1')).toBe('+861381');
	expect(cleanTelephone('1234567890123456789')).toHaveLength(15);
	expect(formatTelephone('13800138000')).toBe('138 0013 8000');
	expect(formatTelephone('1380')).toBe('138 0');
	expect(formatTelephone('+8613800138000')).toBe('+8613800138000');
	expect(formatTelephone('02158880000')).toBe('02158880000');
});
