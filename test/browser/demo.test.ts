import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrived, cards, hasChromium, launchBrowser, open, openConsole, phone } from './browser.js';
import { ofType, type Showroom, shown, startShowroom, storedLog } from './showroom.js';

/** The film is drawn and the networks are converted before the demo answers. */
const preparationMs = 120_000;

describe.skipIf(!hasChromium)('the demo in a browser', () => {
	let dataDir: string;
	let demo: Showroom;
	let browser: Browser;
	/** Of everybody, as the demo printed it. */
	let password: string;

	beforeAll(async () => {
		dataDir = await mkdtemp(join(tmpdir(), 'showroom-demo-'));
		browser = await launchBrowser();
		demo = await startShowroom('demo', '--seed', '1', '--port', '0', '--data', dataDir);
		password = /for this run: (.+)/.exec(demo.said())?.[1] ?? '';
	}, preparationMs);
	afterAll(async () => {
		await browser?.close();
		await demo?.end('SIGTERM');
		await rm(dataDir, { recursive: true, force: true });
	});

	it('somebody walks in, is accepted, greeted and in the log', async () => {
		const [, link = ''] = /^ +li-jing +consultant +(\S+#sign-in=\S+)$/m.exec(demo.said()) ?? [];
		const visitor = await open(browser, link);
		await visitor.page.getByTestId('code-submit').click();
		const { page, problems } = await arrived(visitor);
		await page.waitForSelector('[data-testid=live-picture][data-pictures=some]');

		const newest = cards(page, { state: 'open' }).filter({ hasText: '找你' }).first();
		const alert = await newest.getAttribute('data-alert');
		if (!alert) throw new Error('the card has no alert');
		const card = cards(page, { alert });
		await shown(dataDir, alert);
		await card.getByTestId('accept').click();
		await cards(page, { alert, state: 'acknowledged' }).waitFor();
		expect(await card.locator('.status').textContent()).toBe('你已接单，请走过去');
		await card.getByTestId('greet').click();
		await cards(page, { alert, state: 'greeted' }).waitFor();
		expect(await card.locator('.status').textContent()).toBe('李静 已接到');

		const logged = await storedLog(dataDir);
		const visit = ofType(logged, 'alert.opened').find((event) => event.body.alert === alert)?.body.visit;
		const device = await page.evaluate(() => localStorage.getItem('showroom.device'));
		const staff = 'li-jing';
		const steps = logged.filter(({ subject, type }) => (subject === visit || subject === alert) && journey.includes(type));
		expect(steps.map(({ type }) => type)).toEqual(journey);
		expect(steps.map(({ body }) => body)).toMatchObject([
			{ visit, source: 'crossing', entrance: 'main' },
			{ alert, visit },
			{ alert, staff, device },
			{ alert, staff, device },
			{ alert, staff },
			{ alert, staff },
			{ visit, staff },
		]);

		await page.click('a[href="/visits"]');
		const row = page.locator(`[data-testid=visit-row][data-visit="${visit}"]`);
		expect(await row.locator('.greeted-by').textContent()).toBe('李静');
		expect(await row.locator('.state').textContent()).toBe('已接待');
		expect(await row.locator('.waited').textContent()).toMatch(/^0:\d\d$/);
		expect(problems).toEqual([]);
		await page.context().close();
	}, 60_000);

	it('the console changes its language and keeps it', async () => {
		const { page, problems } = await openConsole(browser, demo.url, { name: 'chen-fang', password });
		const navigation = async () => (await page.locator('nav.pages a').allTextContents()).map((text) => text.replace(/\d+$/, ''));
		expect(await navigation()).toEqual(['现场', '展厅日志', '客户', '摄像头', '大屏']);
		await page.click('.language-switch');
		expect(await navigation()).toEqual(['Live', 'Log', 'Customers', 'Cameras', 'Board']);
		await page.goto(`${demo.url}visits`);
		await page.getByRole('heading', { name: 'Showroom log' }).waitFor();
		expect(await page.locator('html').getAttribute('lang')).toBe('en');
		await page.click('.language-switch');
		await page.getByRole('heading', { name: '展厅日志' }).waitFor();
		expect(problems).toEqual([]);
		await page.context().close();
	});

	it.each(['zh', 'en'])('pages fit a telephone (%s)', async (language) => {
		const { page, problems } = await openConsole(browser, demo.url, { name: 'chen-fang', password }, phone);
		if (language === 'en') await page.click('.language-switch');
		await page.waitForSelector('[data-testid=live-picture][data-pictures=some]');
		await fits(page);
		for (const path of ['visits', 'cameras', 'board']) {
			await page.goto(demo.url + path);
			await page.waitForSelector({ visits: '.visit-table', cameras: '.camera-card', board: '.board-card' }[path] ?? 'main');
			await fits(page);
		}
		await page.goto(`${demo.url}kiosk/`);
		if (language === 'en') await page.click('text=English');
		for (const touch of ['start', 'purpose-quote', 'home', 'brochures']) {
			await fits(page);
			await page.getByTestId(`kiosk-${touch}`).click();
		}
		await page.getByTestId('brochure-open').click();
		await page.getByTestId('brochure-page').waitFor();
		await fits(page);
		expect(problems).toEqual([]);
		await page.context().close();
	});
});

/** Each once, in this order. */
const journey = ['visit.opened', 'alert.opened', 'alert.sent', 'alert.received', 'alert.acknowledged', 'alert.greeted', 'visit.greeted'];

/** Nothing is wider than the screen. */
async function fits(page: Page): Promise<void> {
	const width = await page.evaluate(() => document.documentElement.scrollWidth);
	expect(width, page.url()).toBe(page.viewportSize()?.width);
}
