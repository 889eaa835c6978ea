import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainName, visitorName } from '../../../edge-agent/webhooks/visitor-name.js';

describe('what a visitor is called', () => {
	it.each([
		['王芳', '王先生/女士', 'Mr/Ms 王'],
		['欧阳娜娜', '欧阳先生/女士', 'Mr/Ms 欧阳'],
		['欧阳', '欧阳先生/女士', 'Mr/Ms 欧阳'],
		['欧明', '欧先生/女士', 'Mr/Ms 欧'],
		['司马光', '司马先生/女士', 'Mr/Ms 司马'],
		['上官婉儿', '上官先生/女士', 'Mr/Ms 上官'],
		['王女士', '王女士', '王女士'],
		['诸葛先生', '诸葛先生', '诸葛先生'],
		['陈总', '陈总', '陈总'],
		['小王', '王先生/女士', 'Mr/Ms 王'],
		['王', '王先生/女士', 'Mr/Ms 王'],
		['买买提·艾力', '买买提先生/女士', 'Mr/Ms 买买提'],
		['John Smith', 'Smith先生/女士', 'Mr/Ms Smith'],
		['Mary Ann van Dyke', 'Dyke先生/女士', 'Mr/Ms Dyke'],
		['mrs. Jane Doe', 'Doe先生/女士', 'Mrs Doe'],
		['John Smith, Jr.', 'Smith先生/女士', 'Mr/Ms Smith'],
		['Madonna', 'Madonna先生/女士', 'Mr/Ms Madonna'],
	])('%s', (name, zh, en) => {
		expect([visitorName(name, 'surname', 'zh'), visitorName(name, 'surname', 'en')]).toEqual([zh, en]);
	});

	it('in full, or not at all, as the webhook may', () => {
		expect(visitorName('欧阳娜娜', 'full', 'zh')).toBe('欧阳娜娜');
		expect(visitorName('John Smith', 'full', 'zh')).toBe('John Smith');
		expect(visitorName('王芳', 'none', 'zh')).toBeNull();
		expect(visitorName(null, 'full', 'zh')).toBeNull();
	});

	it('somebody who wrote a number only is nobody known', () => {
		for (const number of [
			'13912345678',
			'139 1234 5678',
			'+86-139-1234-5678',
			'１３９１２３４５６７８',
			'一三九一二三四五六七八',
			'(021) 6888 1234',
			'139*1234*5678',
			'1.3.9.1.2.3.4.5.6.7.8',
		])
			for (const names of ['full', 'surname'] as const) expect(visitorName(number, names, 'zh')).toBeNull();
		expect(visitorName('王芳13912345678', 'full', 'zh')).toBe('王芳');
		expect(visitorName('王芳 139/1234/5678', 'full', 'zh')).toBe('王芳');
	});

	it('whatever is typed: one short line without a number, a mention or a tag', () => {
		const piece = fc.oneof(
			fc.string({ unit: 'grapheme' }),
			fc.constantFrom('<at user_id="all">', '@all', '\n', '王芳', '**', '13912345678', '１３９１２３４'),
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
				const plain = plainName(pieces.join(''));
				expect(Array.from(plain).length).toBeLessThanOrEqual(20);
				expect(plain).not.toMatch(/[<>@`*_[\]"\\]|\p{C}|\d{5}/u);
				for (const names of ['full', 'surname'] as const)
					for (const language of ['zh', 'en'] as const) expect(visitorName(pieces.join(''), names, language)).not.toBe('');
			}),
		);
	});
});
