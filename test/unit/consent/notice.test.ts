import { describe, expect, it } from 'vitest';
import { defaultNotices } from '../../../edge-agent/consent/default-notices.js';
import { noticeHash, noticeText } from '../../../edge-agent/consent/notice.js';
import { type Notice, noticeSchema } from '../../../edge-agent/contract/consent.api.js';

const [customer, staff] = defaultNotices('城北店') as [Notice, Notice];

describe('the default notices', () => {
	it('are valid, name the store, and say the same number of things in both languages', () => {
		for (const notice of [customer, staff]) {
			expect(noticeSchema.parse(notice)).toEqual(notice);
			for (const text of [notice.zh, notice.en]) expect(noticeText(text)).toContain('城北店');
			expect(notice.zh.sections.length).toBe(notice.en.sections.length);
		}
	});

	it('say that no face is needed, how long, and how to withdraw', () => {
		expect(noticeText(customer.zh)).toMatch(/完全自愿[\s\S]*12 个月[\s\S]*撤回/);
		expect(noticeText(customer.en)).toMatch(/voluntary[\s\S]*12 months[\s\S]*withdraw/);
	});
});

describe('a notice’s hash', () => {
	it('is one and the same for the same words, whatever the order of keys and the form of accents', () => {
		const turned = { en: customer.en, zh: customer.zh, audience: customer.audience };
		expect(noticeHash(turned)).toBe(noticeHash(customer));
		const accented = (title: string) => ({ ...customer, en: { ...customer.en, title } });
		expect(noticeHash(accented('re\u0301ception'))).toBe(noticeHash(accented('r\u00e9ception')));
		expect(noticeHash(customer)).toMatch(/^[0-9a-f]{64}$/);
	});

	it('changes with any word of either language, any box, and the audience', () => {
		const others: Notice[] = [
			{ ...customer, audience: 'staff' },
			{ ...customer, zh: { ...customer.zh, title: `${customer.zh.title}。` } },
			{ ...customer, en: { ...customer.en, purposes: { ...customer.en.purposes, photograph: 'We keep it.' } } },
			{ ...customer, en: { ...customer.en, sections: customer.en.sections.slice(1) } },
		];
		const hashes = [customer, ...others].map(noticeHash);
		expect(new Set(hashes).size).toBe(hashes.length);
	});
});
