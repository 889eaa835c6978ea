import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOTP } from 'otpauth';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hire, password } from '../access.js';
import { hasChromium, launchBrowser, open, openConsole, phone } from './browser.js';
import { type Showroom, startShowroom } from './showroom.js';

describe.skipIf(!hasChromium)('a forgotten password in a browser', () => {
	let dataDir: string;
	let agent: Showroom;
	let browser: Browser;

	beforeAll(async () => {
		dataDir = await mkdtemp(join(tmpdir(), 'showroom-password-'));
		await hire(dataDir, [
			{ id: 'admin', name: '店主', role: 'administrator' },
			{ id: 'li', name: '李静', role: 'consultant' },
		]);
		browser = await launchBrowser();
		agent = await startShowroom('start', '--port', '0', '--data', dataDir);
	}, 60_000);
	afterAll(async () => {
		await browser?.close();
		await agent?.end('SIGTERM');
		await rm(dataDir, { recursive: true, force: true });
	});

	it('is replaced by its owner with a one-time code; the authenticator is still asked for, until it is switched off', async () => {
		const admin = await openConsole(browser, agent.url, { name: 'admin', password });
		const before = await openConsole(browser, agent.url, { name: 'li', password });

		// 李静 uses an authenticator.
		await before.page.goto(`${agent.url}account`);
		const mine = (id: string) => before.page.getByTestId(id);
		await mine('totp-begin').click();
		await mine('totp-password').fill(password);
		await mine('totp-password-submit').click();
		const secret = (await before.page.locator('.totp .secret').textContent())?.replaceAll(' ', '') ?? '';
		await mine('one-time-code').fill(new TOTP({ secret }).generate());
		await mine('code-submit').click();
		const recovery = await mine('recovery-codes').locator('code').first().textContent();
		await mine('recovery-kept').click();
		await mine('recovery-done').click();

		await admin.page.goto(`${agent.url}staff`);
		const more = admin.page.locator('[data-staff=li]').getByTestId('staff-more');
		const choose = (text: string) => admin.page.locator('.ant-dropdown-menu-item', { hasText: text }).click();
		await more.click();
		await choose('重设密码');
		await admin.page.getByTestId('reset-submit').click();
		const code = (await admin.page.getByTestId('password-code').textContent()) ?? '';
		await admin.page.getByRole('button', { name: '完成' }).click();
		// Nothing has changed yet.
		expect(await mine('signed-out').count()).toBe(0);

		const anew = await open(browser, agent.url, phone);
		const see = (id: string) => anew.page.getByTestId(id);
		await see('way-code').click();
		await see('one-time-code').fill(code.toLowerCase().replaceAll('-', ' '));
		await see('code-submit').click();
		for (const [typed, refused] of [
			['password123', true],
			['vier stille Laternen', false],
		] as const) {
			await see('new-password').fill(typed);
			await see('new-password-again').fill(typed);
			await see('new-password-submit').click();
			if (refused) await anew.page.getByText('不能是常见的密码').waitFor();
		}
		await see('sign-in-code').fill(recovery ?? '');
		await see('sign-in-submit').click();
		await anew.page.waitForSelector('.frame');
		await mine('signed-out').waitFor();

		await admin.page.reload();
		await more.click();
		await choose('关闭其两步验证');
		await admin.page.locator('.ant-modal-confirm .ant-btn-dangerous').click();
		await admin.page.locator('[data-staff=li]').getByText('两步验证').waitFor({ state: 'detached' });
		const later = await openConsole(browser, agent.url, { name: '李静', password: 'vier stille Laternen' });

		expect([admin, anew, later].flatMap(({ problems }) => problems.filter((problem) => !/Failed to load resource/.test(problem)))).toEqual(
			[],
		);
	}, 120_000);

	it('keeps whoever is signed in, when a colleague’s link is opened and they say so', async () => {
		const { page } = await openConsole(browser, agent.url, { name: 'admin', password });
		await page.evaluate(() => {
			location.hash = 'sign-in=ABCD-EFGH-JKLM';
		});
		await page.getByTestId('sign-in-page').waitFor();
		expect(await page.getByTestId('one-time-code').inputValue()).toBe('ABCD-EFGH-JKLM');
		await page.getByTestId('stay').click();
		await page.waitForSelector('.frame');
		expect(new URL(page.url()).hash).toBe('');
	});
});
