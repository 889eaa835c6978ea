import { describe, expect, it } from 'vitest';
import { createWords, placeholdersOf, type Texts } from '../../../console/src/shared/typed-words.js';
import { en as consoleEn } from '../../../console/src/words/en.js';
import { zh as consoleZh } from '../../../console/src/words/zh.js';
import {
	cameraReasonSchema,
	cameraStateSchema,
	closeReasonSchema,
	purposeSchema,
	roleSchema,
} from '../../../edge-agent/contract/vocabulary.js';
import { en as kioskEn } from '../../../kiosk/src/words/en.js';
import { zh as kioskZh } from '../../../kiosk/src/words/zh.js';

const apps: readonly (readonly [string, Texts, Texts])[] = [
	['console', consoleZh, consoleEn],
	['kiosk', kioskZh, kioskEn],
];

describe.each(apps)('texts of the %s', (_app, zh, en) => {
	it('have the same keys in both languages', () => {
		expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
	});

	it('have the same placeholders in both languages', () => {
		for (const [key, text] of Object.entries(zh)) expect(placeholdersOf(en[key] ?? ''), key).toEqual(placeholdersOf(text));
	});

	it('are none empty, and Chinese ones are Chinese', () => {
		for (const [key, text] of Object.entries(zh)) {
			expect(text.trim(), key).not.toBe('');
			expect(en[key]?.trim(), key).not.toBe('');
			expect(/[\u4e00-\u9fff—]/.test(text) || key === 'language.other', key).toBe(true);
		}
		for (const [key, text] of Object.entries(en)) expect(/[\u4e00-\u9fff]/.test(text) && key !== 'language.other', key).toBe(false);
	});
});

it('has a text for every word of the vocabulary that the console shows', () => {
	const needed = [
		...purposeSchema.options.map((word) => `purpose.${word}`),
		...roleSchema.options.map((word) => `role.${word}`),
		...closeReasonSchema.options.map((word) => `close.${word}`),
		...cameraStateSchema.options.map((word) => `camera-state.${word}`),
		...cameraReasonSchema.options.flatMap((word) => [`camera-reason.${word}`, `camera-advice.${word}`]),
	];
	expect(needed.filter((key) => !(key in consoleZh))).toEqual([]);
	expect(purposeSchema.options.filter((word) => !(`purpose.${word}` in kioskZh))).toEqual([]);
});

it('fills in values, in the language that is set', async () => {
	const words = createWords({ zh: consoleZh, en: consoleEn }, 'zh');
	expect(words.t('live.accepted-by', { name: '<王芳>' })).toBe('<王芳> 正在接待');
	expect(words.t('board.waiting', { count: 1 })).toBe('1 位在等');
	await words.changeLanguage('en');
	expect(words.t('board.waiting', { count: 1 })).toBe('1 waiting');
});
