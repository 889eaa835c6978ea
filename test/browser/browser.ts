import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

/** Whether the browser that these tests drive is installed. */
export const hasChromium = existsSync(executablePath);

export const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const desktop: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };

/** @param more switches of Chromium */
export function launchBrowser(...more: string[]): Promise<Browser> {
	const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic'];
	return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...quiet, ...more] });
}

/** A page of a browser of its own: nothing remembered from another one. */
export interface Visitor {
	readonly page: Page;
	/** What the browser's console complained of: errors, uncaught exceptions, violations of the content security policy. */
	readonly problems: readonly string[];
}

export async function open(browser: Browser, url: string, options: BrowserContextOptions = desktop): Promise<Visitor> {
	const context = await browser.newContext({ locale: 'zh-CN', ...options });
	const page = await context.newPage();
	page.setDefaultTimeout(20_000);
	const problems: string[] = [];
	page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
	page.on('pageerror', (error) => problems.push(String(error)));
	await page.goto(url);
	return { page, problems };
}

/** Opens the console, signs in with id (or name) and password, and waits until the agent's line is open. */
export async function openConsole(
	browser: Browser,
	url: string,
	{ name, password }: { readonly name: string; readonly password: string },
	options?: BrowserContextOptions,
): Promise<Visitor> {
	const visitor = await open(browser, url, options);
	const field = visitor.page.getByTestId('sign-in-form').locator('input');
	await field.nth(0).fill(name);
	await field.nth(1).fill(password);
	await field.nth(1).press('Enter');
	await arrived(visitor);
	return visitor;
}

/** Waits until somebody is in and the agent's line is open. */
export async function arrived(visitor: Visitor): Promise<Visitor> {
	await visitor.page.waitForSelector('.frame');
	await visitor.page.getByText('正在连接…').waitFor({ state: 'detached' });
	return visitor;
}

/** An alert's card; without an id, every card. */
export function cards(page: Page, { alert, state }: { readonly alert?: string; readonly state?: string } = {}) {
	const which = [alert && `[data-alert="${alert}"]`, state && `[data-state="${state}"]`].filter(Boolean).join('');
	return page.locator(`[data-testid=alert-card]${which}`);
}
