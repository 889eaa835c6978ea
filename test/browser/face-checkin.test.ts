import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { persons } from '../../edge-agent/demo/persons.js';
import { enrolmentPhotos } from '../../edge-agent/demo/photos.js';
import { presentationKinds } from '../../edge-agent/demo/presentation-clips.js';
import { writeClip } from '../../edge-agent/demo/presentation-clips.source.js';
import { seededRandom } from '../../edge-agent/demo/random.js';
import { drawPortrait, kioskPicture, turnHead } from '../../edge-agent/demo/turned-head.js';
import { hire, type Keys, password } from '../access.js';
import { cards, hasChromium, launchBrowser, open, openConsole } from './browser.js';
import { ofType, type Showroom, showroom, startShowroom, storedLog } from './showroom.js';

/** The networks are converted before a new showroom answers. */
const preparationMs = 120_000;

const portrait: BrowserContextOptions = { viewport: { width: 1080, height: 1920 } };
const landscape: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };

/** The drawn customers, each with a face that the fallback's networks find well. */
const [customer, stranger] = ['p03', 'p06'].map((id) => persons.find((look) => look.id === id));
if (!customer || !stranger) throw new Error('the cast has changed');

describe.skipIf(!hasChromium)('checking in by face', () => {
	let folder: string;
	let dataDir: string;
	let agent: Showroom;
	let keys: Keys;
	/** Its camera sees a photograph of the customer, held before it and turned as is asked. */
	let browser: Browser;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'showroom-face-'));
		dataDir = join(folder, 'data');
		keys = await hire(dataDir, [
			{ id: 'admin', name: '店主', role: 'administrator' },
			{ id: 'li', name: '李静', role: 'consultant' },
			{ id: 'wang', name: '王磊', role: 'consultant' },
		]);
		const photos = await Promise.all(
			(await enrolmentPhotos(customer)).map(async (photo, i) => {
				const file = join(folder, `${i}.jpg`);
				await writeFile(file, photo);
				return file;
			}),
		);
		const about = ['--name', '王小美女士', '--consultant', 'li', '--consent', 'paper', '--notice', '1'];
		await showroom('enroll', ...about, '--photo', ...photos, '--data', dataDir);
		const print = await presentationKinds.print?.(customer, ['left', 'right'], seededRandom(1));
		const film = join(folder, 'print.y4m');
		await writeClip('ffmpeg', film, print ?? []);
		browser = await launchBrowser(
			'--use-fake-ui-for-media-stream',
			'--use-fake-device-for-media-stream',
			`--use-file-for-fake-video-capture=${film}`,
		);
		agent = await startShowroom('start', '--port', '0', '--data', dataDir);
	}, preparationMs);
	afterAll(async () => {
		await browser?.close();
		await agent?.end('SIGTERM');
		await rm(folder, { recursive: true, force: true });
	});

	/** The paired kiosk; `views` (by degrees): whoever stands before it and does what its words ask. Null: the photograph. */
	async function openKiosk(views: Readonly<Record<number, string>> | null, options: BrowserContextOptions) {
		const [name = '', value = ''] = keys.kiosk.split('=');
		const { hostname: domain } = new URL(agent.url);
		const cookie = { name, value, domain, path: '/', expires: -1, httpOnly: true, secure: false, sameSite: 'Strict' } as const;
		const visitor = await open(browser, `${agent.url}kiosk/`, { ...options, storageState: { cookies: [cookie], origins: [] } });
		if (views) {
			await visitor.page.addInitScript(standIn, { views, ...kioskPicture });
			await visitor.page.reload();
		}
		return visitor;
	}

	const state = (page: Page) => page.getByTestId('kiosk-face').getAttribute('data-state');
	const outcomes = async () => ofType(await storedLog(dataDir), 'checkin.face-tried').map(({ body }) => body.outcome);

	it('a customer who turns as asked is known, says that it is them, and their consultant is told', async () => {
		const consultant = await openConsole(browser, agent.url, { name: '李静', password });
		const { page, problems } = await openKiosk(await viewsOf(customer), portrait);
		await page.getByTestId('kiosk-by-face').click();
		await page.getByTestId('kiosk-face-touch').waitFor();
		await page.getByTestId('kiosk-face-who').waitFor({ timeout: 40_000 });
		expect(await page.getByTestId('kiosk-face-who').textContent()).toBe('王女士，是您吗？');
		await page.getByTestId('kiosk-face-yes').click();
		await page.getByTestId('kiosk-purpose-test-drive').click();
		await page.getByTestId('kiosk-thanks').waitFor();
		expect(await page.locator('.coming').textContent()).toBe('李静 马上来接您');
		const card = cards(consultant.page, { state: 'open' });
		expect(await card.locator('h3').textContent()).toBe('王小美女士');

		const logged = await storedLog(dataDir);
		const [checkIn] = ofType(logged, 'checkin.recorded');
		expect(checkIn?.body).toMatchObject({ via: 'face', purpose: 'test-drive' });
		const opened = ofType(logged, 'visit.opened').find(({ body }) => body.visit === checkIn?.body.visit);
		expect(opened?.body.customer).toBe(ofType(logged, 'customer.enrolled')[0]?.body.customer);
		expect(ofType(logged, 'person.read').map(({ body }) => body.purpose)).toContain('reception');
		expect(await outcomes()).toEqual(['recognised']);
		expect([...problems, ...consultant.problems]).toEqual([]);
		await Promise.all([page.context().close(), consultant.page.context().close()]);
	}, 90_000);

	it('a photograph of the customer is not; after two tries only touch is offered, in English too', async () => {
		const { page, problems } = await openKiosk(null, landscape);
		await page.click('text=English');
		await page.getByTestId('kiosk-by-face').click();
		for (const again of [true, false]) {
			await page.getByTestId('kiosk-face-over').waitFor({ timeout: 40_000 });
			expect(await state(page)).toBe('failed');
			expect(await page.getByText('Never mind: a few touches on the screen do the same.').count()).toBe(1);
			if (again) await page.getByTestId('kiosk-face-again').click();
			else expect(await page.getByTestId('kiosk-face-again').count()).toBe(0);
			if (again) await page.getByTestId('kiosk-face-instruction').waitFor();
		}
		await page.getByTestId('kiosk-face-touch').click();
		await page.getByRole('heading', { name: 'What brings you here today?' }).waitFor();
		expect((await outcomes()).slice(1)).toHaveLength(2);
		expect(ofType(await storedLog(dataDir), 'checkin.recorded')).toHaveLength(1);
		expect(problems).toEqual([]);
		await page.context().close();
	}, 120_000);

	it('somebody who is not enrolled is nobody, and touch is beside it at every moment', async () => {
		const { page, problems } = await openKiosk(await viewsOf(stranger), landscape);
		await page.getByTestId('kiosk-by-face').click();
		await page.getByTestId('kiosk-face-over').waitFor({ timeout: 40_000 });
		expect(await page.getByTestId('kiosk-face-over').textContent()).toBe('没有认出您，也许您还没有登记人脸');
		await page.getByTestId('kiosk-face-again').click();
		await page.getByTestId('kiosk-face-instruction').waitFor();
		await page.getByTestId('kiosk-face-touch').click();
		await page.getByRole('heading', { name: '您今天来是为了？' }).waitFor();
		await expect.poll(async () => (await outcomes()).slice(-2)).toEqual(['nobody', 'given-up']);
		expect(problems).toEqual([]);
		await page.context().close();
	}, 90_000);
});

/** A drawn person as JPEGs, by the degrees that their head is turned. */
async function viewsOf(look: (typeof persons)[number]): Promise<Record<number, string>> {
	const straight = await drawPortrait(look);
	const degrees = [-35, -28, -21, -14, -7, 0, 7, 14, 21, 28, 35];
	const pictures = degrees.map(async (yaw): Promise<[number, string]> => {
		const { pixels, width, height } = turnHead(straight, look, yaw);
		const jpeg = await sharp(pixels, { raw: { width, height, channels: 3 } })
			.jpeg({ quality: 90 })
			.toBuffer();
		return [yaw, `data:image/jpeg;base64,${jpeg.toString('base64')}`];
	});
	return Object.fromEntries(await Promise.all(pictures));
}

/** Runs in the page: its camera sees somebody who turns their head, 7 degrees every 120 ms, to where the page's words ask. */
function standIn({ views, width, height }: { views: Readonly<Record<number, string>>; width: number; height: number }): void {
	const asks = { 左: 35, 右: -35 } as const;
	navigator.mediaDevices.getUserMedia = async () => {
		const pictures = new Map<number, ImageBitmap>();
		for (const [yaw, url] of Object.entries(views)) {
			const image = new Image();
			image.src = url;
			await image.decode();
			pictures.set(Number(yaw), await createImageBitmap(image));
		}
		const canvas = document.createElement('canvas');
		[canvas.width, canvas.height] = [width, height];
		const context = canvas.getContext('2d');
		let yaw = 0;
		const draw = () => {
			const words = document.querySelector('[data-testid=kiosk-face-instruction]')?.textContent ?? '';
			const [, to] = Object.entries(asks).find(([word]) => words.includes(word)) ?? ['', 0];
			yaw += Math.sign(to - yaw) * 7;
			const picture = pictures.get(yaw);
			if (picture) context?.drawImage(picture, 0, 0);
		};
		draw();
		setInterval(draw, 120);
		return canvas.captureStream(15);
	};
}
