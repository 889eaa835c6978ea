import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hire, type Keys, password } from '../access.js';
import { cards, hasChromium, launchBrowser, open, openConsole } from './browser.js';
import { ofType, type Showroom, shown, showroom, startShowroom, storedLog } from './showroom.js';

/** The networks are converted before a new showroom answers. */
const preparationMs = 60_000;

describe.skipIf(!hasChromium)('the appliance in a browser', () => {
	let dataDir: string;
	let agent: Showroom;
	let keys: Keys;
	let browser: Browser;

	beforeAll(async () => {
		dataDir = await mkdtemp(join(tmpdir(), 'showroom-browser-'));
		keys = await hire(dataDir, [
			// Without one the console asks for the first administrator.
			{ id: 'admin', name: '店主', role: 'administrator' },
			{ id: 'li', name: '李静', role: 'consultant' },
			{ id: 'wang', name: '王磊', role: 'consultant' },
		]);
		browser = await launchBrowser();
		agent = await startShowroom('start', '--port', '0', '--data', dataDir);
	}, preparationMs);
	afterAll(async () => {
		await browser?.close();
		await agent?.end('SIGTERM');
		await rm(dataDir, { recursive: true, force: true });
	});

	/** The kiosk that is paired already. */
	function openKiosk() {
		const [name = '', value = ''] = keys.kiosk.split('=');
		const { hostname: domain } = new URL(agent.url);
		const cookie = { name, value, domain, path: '/', expires: -1, httpOnly: true, secure: false, sameSite: 'Strict' } as const;
		return open(browser, `${agent.url}kiosk/`, { storageState: { cookies: [cookie], origins: [] } });
	}

	/** Checks somebody in who comes to see 李静, as the kiosk does. Answers the visit's id. */
	async function checkIn(name: string): Promise<string> {
		const answer = await fetch(`${agent.url}api/checkins`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-showroom': '1', cookie: keys.kiosk },
			body: JSON.stringify({ id: crypto.randomUUID(), name, telephone: null, purpose: 'quote', host: 'li', model: null, language: 'zh' }),
		});
		return ((await answer.json()) as { visit: string }).visit;
	}

	it('a visitor checks in by touch, and the consultant asked for sees their name', async () => {
		const consultant = await openConsole(browser, agent.url, { name: '王磊', password });
		const kiosk = await open(browser, `${agent.url}kiosk/`);
		const touch = (what: string) => kiosk.page.getByTestId(`kiosk-${what}`).click();

		for (const digit of keys.kioskCode) await touch(`key-${digit}`);
		await touch('pair');
		await touch('brochures');
		await kiosk.page.getByTestId('brochure-open').click();
		await kiosk.page.getByRole('button', { name: '试驾这款' }).click();
		await kiosk.page.getByTestId('kiosk-name').fill('欧阳女士');
		await touch('next');
		for (const digit of '13900001234') await touch(`key-${digit}`);
		await touch('next');
		await touch('host-wang');
		expect(await kiosk.page.locator('.answers dd').allTextContents()).toEqual(['试驾', '欧阳女士', '139 0000 1234', '王磊', '曜行 Y7']);
		await touch('confirm');
		await kiosk.page.getByTestId('kiosk-thanks').waitFor();
		expect(await kiosk.page.locator('.coming').textContent()).toBe('王磊 马上来接您');

		const card = cards(consultant.page, { state: 'open' });
		expect(await card.locator('h3').textContent()).toBe('欧阳女士');
		expect(await card.locator('.tag').allTextContents()).toEqual(['试驾', '已签到', '找你']);
		await shown(dataDir, (await card.getAttribute('data-alert')) ?? '');
		await card.getByTestId('accept').click();
		await cards(consultant.page, { state: 'acknowledged' }).waitFor();
		await consultant.page.click('a[href="/visits"]');
		const row = consultant.page.getByTestId('visit-row');
		expect(await row.locator('.who').textContent()).toBe('欧阳女士13900001234 · 曜行 Y7');
		expect(await row.locator('.host').textContent()).toBe('王磊');

		const logged = (await storedLog(dataDir)).filter(({ type }) => /^(visit|alert|checkin)\./.test(type));
		const visit = ofType(logged, 'visit.opened')[0]?.body.visit;
		const alert = ofType(logged, 'alert.opened')[0]?.body.alert;
		const told = { alert, step: 0, staff: 'wang', device: await deviceOf(consultant.page) };
		expect(logged.map(({ type, body }) => [type, body])).toMatchObject([
			['visit.opened', { visit, source: 'kiosk', customer: null, purpose: 'test-drive', host: 'wang' }],
			['alert.opened', { alert, visit, purpose: 'test-drive' }],
			['checkin.recorded', { visit, via: 'touch', purpose: 'test-drive', host: 'wang', model: 'yaoxing-y7' }],
			['alert.sent', told],
			['alert.received', told],
			['alert.acknowledged', { alert, staff: 'wang' }],
		]);
		expect(JSON.stringify(logged)).not.toMatch(/欧阳|13900001234/);
		expect([...consultant.problems, ...kiosk.problems]).toEqual([]);
		await Promise.all([consultant.page.context().close(), kiosk.page.context().close()]);
	});

	it('the kiosk changes its language in the middle and begins in Chinese again', async () => {
		const { page, problems } = await openKiosk();
		await page.getByTestId('kiosk-start').click();
		await page.getByTestId('kiosk-purpose-quote').click();
		await page.getByTestId('kiosk-name').fill('Ms Li');
		await page.click('text=English');
		await page.getByRole('heading', { name: 'What may we call you?' }).waitFor();
		expect(await page.getByTestId('kiosk-name').inputValue()).toBe('Ms Li');
		expect(await page.locator('html').getAttribute('lang')).toBe('en');
		await page.getByTestId('kiosk-back').click();
		await page.click('text=中文');
		await page.getByRole('heading', { name: '您今天来是为了？' }).waitFor();
		await page.click('text=English');
		await page.getByTestId('kiosk-home').click();
		await page.getByRole('heading', { name: '欢迎光临' }).waitFor();
		expect(problems).toEqual([]);
		await page.context().close();
	});

	it('the agent is killed and started again: the open console says so, recovers, and nothing is lost or shown twice', async () => {
		const { page, problems } = await openConsole(browser, agent.url, { name: 'li', password });
		const [first, second] = [await checkIn('甲先生'), await checkIn('乙女士')];
		const cardOf = (name: string) => cards(page).filter({ hasText: name });
		const receipts = async () => ofType(await storedLog(dataDir), 'alert.received').filter(({ body }) => body.staff === 'li');
		await expect.poll(receipts, { timeout: 10_000 }).toHaveLength(2);
		await cardOf('甲先生').getByTestId('accept').click();
		await cardOf('甲先生').getByText('你已接单').waitFor();
		await page.evaluate(() => document.body.setAttribute('data-not-reloaded', ''));

		await agent.end('SIGKILL');
		const banner = page.locator('.notice[role=alert]');
		expect(await banner.textContent()).toBe('连接断开，正在重连。看到的可能不是最新情况。');
		await cardOf('乙女士').getByTestId('accept').click();
		await cardOf('乙女士').getByText('没有提交成功：主机没有应答').waitFor();
		expect(await cardOf('乙女士').getAttribute('data-state')).toBe('open');

		agent = await startShowroom('start', '--port', new URL(agent.url).port, '--data', dataDir);
		const third = await checkIn('丙先生');
		await banner.waitFor({ state: 'detached' });
		await cardOf('丙先生').getByTestId('accept').waitFor();
		await expect.poll(receipts, { timeout: 10_000 }).toHaveLength(3);
		expect(await cardOf('甲先生').getAttribute('data-state')).toBe('acknowledged');
		await cardOf('乙女士').getByRole('button', { name: '重试' }).click();
		await cardOf('乙女士').getByText('你已接单').waitFor();
		await cardOf('甲先生').getByTestId('greet').click();
		await cardOf('甲先生').getByText('李静 已接到').waitFor();
		expect(await page.locator('body[data-not-reloaded]').count()).toBe(1);

		const logged = await storedLog(dataDir);
		const alertOf = (visit: string) => ofType(logged, 'alert.opened').find(({ body }) => body.visit === visit)?.body.alert;
		expect((await receipts()).map(({ body }) => body.alert)).toEqual([first, second, third].map(alertOf));
		const taken = ofType(logged, 'alert.acknowledged').filter(({ body }) => body.staff === 'li');
		expect(taken.map(({ body }) => body.alert)).toEqual([first, second].map(alertOf));
		expect((await showroom('log', 'verify', '--data', dataDir, '--json')).stdout).toContain('"ok":true');
		// While nobody listens on the port the browser itself says so; nothing else may be wrong.
		expect(problems.filter((problem) => !problem.includes('ERR_CONNECTION_REFUSED'))).toEqual([]);
	}, 60_000);
});

const deviceOf = (page: Page) => page.evaluate(() => localStorage.getItem('showroom.device'));
