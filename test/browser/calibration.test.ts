import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderClip } from '../../edge-agent/demo/clip.source.js';
import { persons } from '../../edge-agent/demo/persons.js';
import { settingsSchema } from '../../edge-agent/setup/settings.js';
import { writeSettings } from '../../edge-agent/setup/settings.store.js';
import { hire, password } from '../access.js';
import { RtspServer } from '../rtsp/rtsp-server.js';
import { hasChromium, launchBrowser, openConsole, phone } from './browser.js';
import { type Showroom, startShowroom } from './showroom.js';

/** SHOWROOM_SCREENSHOTS=DIR keeps what was on the screen. */
const screenshots = process.env.SHOWROOM_SCREENSHOTS;

/** A camera that is calibrated in the console: people walk in on a real RTSP stream, over and over. */
describe.skipIf(!hasChromium)('placing a camera', () => {
	let folder: string;
	let server: RtspServer;
	let agent: Showroom;
	let browser: Browser;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'showroom-placing-'));
		const [look] = persons;
		if (!look) throw new Error('no drawn persons');
		const walk = { path: 'in', view: 'front', startMs: 0, pace: 1.5, lane: 0, sway: 0.05, phase: 0 } as const;
		const options = { ffmpeg: 'ffmpeg', onProgress: () => {}, signal: new AbortController().signal, directory: folder };
		const clip = await renderClip({ durationMs: 7000, actors: [{ look, walks: [walk] }] }, 'visitor', options);
		const stream = join(folder, 'visitor.h264');
		const encoder = ['-c:v', 'libx264', '-bf', '0', '-g', '25', '-preset', 'veryfast'];
		await promisify(execFile)('ffmpeg', ['-v', 'error', '-i', clip, ...encoder, stream]);
		server = await RtspServer.start({ mounts: { door: [stream] } });
		const data = join(folder, 'data');
		await hire(data, [
			{ id: 'admin', name: '店主', role: 'administrator' },
			{ id: 'fitter', name: '安装', role: 'installer' },
		]);
		const camera = { id: 'door', name: '大门', source: server.url('door'), entrance: 'main' };
		await writeSettings(data, settingsSchema.parse({ step: 'done', cameras: [camera] }));
		browser = await launchBrowser();
		agent = await startShowroom('start', '--port', '0', '--data', data);
	}, 120_000);
	afterAll(async () => {
		await browser?.close();
		await agent?.end('SIGTERM');
		await server?.stop();
		await rm(folder, { recursive: true, force: true });
	});

	async function keep(page: Page, name: string): Promise<void> {
		expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${name} is too wide`).toBeLessThanOrEqual(0);
		if (screenshots) await page.screenshot({ path: join(screenshots, `calibration-${name}.png`), fullPage: true });
	}

	it('shows an installer live figures and says in words how the camera hangs', async () => {
		const { page, problems } = await openConsole(browser, agent.url, { name: '安装', password });
		await page.goto(`${agent.url}cameras/door`);
		await page.getByTestId('calibrate').click();
		await page.locator('[data-testid=live-picture][data-pictures=some]').waitFor();
		// Nothing is measured before somebody asks for it.
		expect(await page.getByTestId('face-figures').count()).toBe(0);
		await page.getByTestId('calibrate-run').click();
		const eyes = page.getByTestId('now-eyes');
		const readEyes = async () => Number.parseFloat((await eyes.textContent({ timeout: 1000 }).catch(() => '0')) ?? '0');
		await expect.poll(readEyes, { timeout: 40_000 }).toBeGreaterThan(30);
		await keep(page, 'zh-measuring');
		const verdict = page.getByTestId('verdict');
		expect(await verdict.textContent()).toContain('看到的人太少');
		// Three people have walked in.
		await expect.poll(() => page.getByTestId('calibration').getAttribute('data-verdict'), { timeout: 60_000 }).toMatch(/ok|weak/);
		expect(await verdict.textContent()).toMatch(/\d 次经过中有 \d 次拍到可用的脸/);
		expect(await page.getByTestId('figure-eyes').getAttribute('data-state')).not.toBe('bad');
		await keep(page, 'zh-verdict');
		await page.getByTestId('calibrate-run').click();
		expect(await eyes.count()).toBe(0);
		await page.getByTestId('calibrate-again').click();
		await page.getByTestId('face-figures').waitFor({ state: 'detached' });
		expect(problems).toEqual([]);
		await page.context().close();
	}, 150_000);

	it('works on a telephone, in English', async () => {
		const { page, problems } = await openConsole(browser, agent.url, { name: '店主', password }, phone);
		await page.evaluate(() => localStorage.setItem('showroom.language', 'en'));
		await page.goto(`${agent.url}cameras/door/calibrate`);
		await page.getByTestId('calibrate-run').click();
		await page.getByTestId('now-eyes').waitFor({ timeout: 40_000 });
		expect(await page.getByTestId('verdict').textContent()).toContain('Too few people were seen to judge');
		await keep(page, 'en-phone');
		expect(problems).toEqual([]);
		await page.context().close();
	}, 90_000);

	it('takes a privacy mask by button, finger and keys, undoes a step, and shows nothing under it', async () => {
		const { page, problems } = await openConsole(browser, agent.url, { name: '店主', password });
		await page.goto(`${agent.url}cameras/door`);
		await page.locator('[data-testid=live-picture][data-pictures=some]').waitFor();
		expect(await spreadUnder(page)).toBeGreaterThan(20);
		await page.getByTestId('mask-add').click();
		await page.getByTestId('mask-add').click();
		await page.getByTestId('mask-remove-1').click();
		await page.getByTestId('marks-undo').click();
		expect(await page.getByTestId('mask-1').count()).toBe(1);
		await page.getByTestId('mask-remove-1').click();
		// Its right lower corner to the middle of the picture; a further corner, moved by keys, deleted again.
		await dragTo(page, page.getByTestId('mask-0-2'), 0.5, 0.6);
		await page.getByTestId('mask-0-side-0').focus();
		await page.keyboard.press('Enter');
		await page.getByTestId('mask-0-4').focus();
		for (let i = 0; i < 7; i++) await page.keyboard.press('Shift+ArrowDown');
		await keep(page, 'mask-drawn');
		await page.getByTestId('mask-0-1').focus();
		await page.keyboard.press('Delete');
		expect(await page.getByTestId('mask-0-4').count()).toBe(0);
		await page.getByTestId('marks-save').click();
		await expect.poll(() => page.getByTestId('marks-save').isDisabled()).toBe(true);
		const { cameras } = await page.evaluate(() => fetch('/api/settings').then((answer) => answer.json()));
		expect(cameras).toMatchObject([{ masks: [{ length: 4 }], line: null, zone: null }]);
		// In the picture itself, not only drawn over it.
		await expect.poll(() => spreadUnder(page), { timeout: 10_000 }).toBeLessThan(6);
		await keep(page, 'mask-saved');
		expect(problems).toEqual([]);
	}, 90_000);
});

/** How much the greys of the picture differ in the part that the mask covers: nothing under a mask, a lot in a showroom. */
function spreadUnder(page: Page): Promise<number> {
	return page.evaluate(() => {
		const canvas = document.querySelector<HTMLCanvasElement>('[data-testid=live-picture]');
		const pixels =
			canvas?.getContext('2d')?.getImageData(canvas.width * 0.08, canvas.height * 0.2, canvas.width * 0.14, canvas.height * 0.3).data ?? [];
		const greys = Array.from({ length: pixels.length / 4 }, (_, i) => pixels[i * 4 + 1] ?? 0);
		return greys.length > 0 ? Math.max(...greys.map((grey) => Math.abs(grey - (greys[0] ?? 0)))) : -1;
	});
}

async function dragTo(page: Page, handle: Locator, x: number, y: number): Promise<void> {
	const area = await page.getByTestId('marks').boundingBox();
	const from = await handle.locator('circle').last().boundingBox();
	if (!area || !from) throw new Error('it is not on the page');
	await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
	await page.mouse.down();
	await page.mouse.move(area.x + area.width * x, area.y + area.height * y, { steps: 6 });
	await page.mouse.up();
}
