import sharp from 'sharp';
import { expect, it } from 'vitest';
import { brochure, brochures, picture } from '../../../edge-agent/brochures/catalogue.js';

const pages = brochures.flatMap((brochure) => brochure.pages);

it('has four pages in both languages', () => {
	expect(brochures.map(({ pages }) => pages.length)).toEqual([4]);
	for (const { title, text, facts } of pages)
		for (const both of [title, text, ...facts.flatMap(({ label, value }) => [label, value])]) {
			expect(both.zh).not.toBe('');
			expect(both.en).not.toBe('');
			expect(both.en).not.toMatch(/[\u4e00-\u9fff]/);
		}
});

it.each(pages.map((page) => page.picture))('%s can be drawn', async (path) => {
	const [, , , id = '', , name = ''] = path.split('/');
	const svg = picture(id, name) ?? '';
	const { width, height } = await sharp(Buffer.from(svg)).metadata();
	const { channels } = await sharp(Buffer.from(svg)).stats();
	expect([width, height]).toEqual([960, 540]);
	expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(10);
});

it('knows nothing else', () => {
	expect(brochure('other')).toBeUndefined();
	expect(picture('yaoxing-y7', 'toString')).toBeUndefined();
});
