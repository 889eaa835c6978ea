import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { EventType, LoggedEvent } from '../../../edge-agent/contract/events.js';
import { renderClip } from '../../../edge-agent/demo/clip.source.js';
import { persons } from '../../../edge-agent/demo/persons.js';
import { countingLine } from '../../../edge-agent/demo/script.js';
import { buildModels, checkInForm, Screen, Showroom, until } from './agent.js';

// Whole programs start here, several a test.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

/** An unconfirmed delivery is handed over again after this time. */
const againMs = 3000;

let modelsDir: string;
let showroom: Showroom;
let screens: Screen[] = [];

beforeAll(async () => {
	modelsDir = mkdtempSync(join(tmpdir(), 'showroom-models-'));
	await buildModels(modelsDir);
});
afterAll(() => rmSync(modelsDir, { recursive: true, force: true }));
afterEach(async () => {
	for (const screen of screens) screen.close();
	screens = [];
	await showroom.remove();
});

async function screenOf(staff: string, { confirms = true } = {}): Promise<Screen> {
	const screen = new Screen(showroom, staff, confirms);
	screens.push(screen);
	await screen.connected();
	return screen;
}

/** Kills the agent the hard way and starts it again. Answers when (Unix ms) it was started. */
async function dieAndStartAgain(): Promise<number> {
	await showroom.agent?.kill('SIGKILL');
	const started = Date.now();
	await showroom.start();
	return started;
}

const of = <T extends EventType>(log: readonly LoggedEvent[], type: T): Extract<LoggedEvent, { type: T }>[] =>
	log.filter((event): event is Extract<LoggedEvent, { type: T }> => event.type === type);

/** Each visit has one alert; nobody was told, and nothing was confirmed, twice; the chain is whole. Answers the log. */
async function expectSoundLog(visits: number): Promise<LoggedEvent[]> {
	expect(await showroom.logFaults()).toBe('');
	const log = await showroom.log();
	expect(log.map(({ seq }) => seq)).toEqual(log.map((_, n) => n + 1));
	expect(of(log, 'visit.opened')).toHaveLength(visits);
	expect(of(log, 'alert.opened').map(({ body }) => body.visit)).toEqual(of(log, 'visit.opened').map(({ body }) => body.visit));
	for (const type of ['alert.sent', 'alert.received'] as const) {
		const receipts = of(log, type).map(({ body }) => JSON.stringify(body));
		expect(receipts).toEqual([...new Set(receipts)]);
	}
	return log;
}

it('killed right after the answer to a check-in: the visitor is announced, once', async () => {
	showroom = await Showroom.make(modelsDir, { li: 'consultant' });
	await showroom.start();
	const screen = await screenOf('li');
	const forms = [checkInForm(), checkInForm(), checkInForm()];
	for (const [n, form] of forms.entries()) {
		const answer = await showroom.checkIn(form);
		const started = await dieAndStartAgain();
		await until(() => screen.shown.length === n + 1, 10_000, 'the screen shows the alert');
		console.info(`delivered ${(screen.handed.at(-1)?.at ?? 0) - started} ms after the restart`);
		// The kiosk lost the answer and sends again.
		expect(await showroom.checkIn(form)).toEqual(answer);
	}
	const log = await expectSoundLog(3);
	for (const { body } of of(log, 'alert.opened')) {
		const times = screen.handed.filter(({ alert }) => alert === body.alert).length;
		// A second time only where the first confirmation died with the agent.
		expect(times).toBeGreaterThanOrEqual(1);
		expect(times).toBeLessThanOrEqual(2);
	}
	await until(async () => (await showroom.eventsOf('alert.received')).length === 3, 5000, 'all are confirmed');
});

it('killed after the alert was handed over and before the screen confirmed it: handed over once more', async () => {
	showroom = await Showroom.make(modelsDir, { li: 'consultant' });
	await showroom.start();
	const screen = await screenOf('li', { confirms: false });
	await showroom.checkIn(checkInForm());
	await until(async () => (await showroom.eventsOf('alert.sent')).length === 1, 5000, 'alert.sent is in the log');
	expect(screen.handed).toHaveLength(1);
	await showroom.agent?.kill('SIGKILL');
	screen.confirms = true;
	await showroom.start();
	await until(() => screen.handed.length === 2, 5000, 'it is handed over again');
	await wait(againMs + 500);
	expect(screen.handed).toHaveLength(2);
	expect(screen.shown).toHaveLength(1);
	// Confirmed: neither a new connection nor another start brings it back.
	await dieAndStartAgain();
	await screen.connected();
	await wait(againMs + 500);
	expect(screen.handed).toHaveLength(2);
	const log = await expectSoundLog(1);
	const told = { staff: 'li', device: 'screen-of-li', step: 0 };
	expect(of(log, 'alert.sent').map(({ body }) => body)).toMatchObject([told]);
	expect(of(log, 'alert.received').map(({ body }) => body)).toMatchObject([told]);
});

it('killed while it writes: what is in the log is whole, and what is sent again is there once', async () => {
	// Longer than a slow machine needs: nobody else is told meanwhile.
	const alerts = { stepSeconds: 600 };
	showroom = await Showroom.make(modelsDir, { li: 'consultant', wang: 'consultant' }, { alerts });
	await showroom.start();
	const [li, wang] = [await screenOf('li'), await screenOf('wang')];
	const forms = [];
	const answered: string[] = [];
	for (const killAfter of [1, 3, 6, 10]) {
		const batch = Array.from({ length: 12 }, () => checkInForm());
		forms.push(...batch);
		let answers = 0;
		const sending = batch.map(async (form) => {
			const answer = await showroom.checkIn(form);
			if (answer) answered.push(answer.visit);
			// The others are on their way: in the queue, in the writer, on the disk.
			if (++answers === killAfter) void showroom.agent?.kill('SIGKILL');
		});
		await Promise.all(sending);
		await showroom.agent?.kill('SIGKILL');
		const dead = new Set((await showroom.log()).map(({ subject }) => subject));
		// What was answered was durable.
		for (const visit of answered) expect(dead).toContain(visit);
		await showroom.start();
		for (const form of batch) await showroom.checkIn(form);
	}
	expect(answered.length).toBeLessThan(forms.length);
	await until(() => li.shown.length + wang.shown.length === forms.length, 10_000, 'every visitor is announced');
	await until(async () => (await showroom.eventsOf('alert.received')).length === forms.length, 5000, 'all are confirmed');
	const log = await expectSoundLog(forms.length);
	expect(
		of(log, 'checkin.recorded')
			.map(({ body }) => body.checkin)
			.sort(),
	).toEqual(forms.map(({ id }) => id).sort());
	const handed = [...li.handed, ...wang.handed].map(({ delivery }) => delivery);
	for (const delivery of new Set(handed)) expect(handed.filter((one) => one === delivery).length).toBeLessThanOrEqual(2);
	console.info(
		`${answered.length} of ${forms.length} check-ins were answered before the kills; ${handed.length - forms.length} handed over again`,
	);
});

it('deadlines that passed while it was dead fire at once', async () => {
	const alerts = { stepSeconds: 1.5, managerSeconds: 3, redSeconds: 4 };
	showroom = await Showroom.make(modelsDir, { li: 'consultant', wang: 'consultant', chen: 'manager' }, { alerts });
	await showroom.start();
	const [li, wang, chen] = [await screenOf('li'), await screenOf('wang'), await screenOf('chen')];
	await showroom.checkIn(checkInForm({ host: 'li' }));
	await showroom.agent?.kill('SIGKILL');
	await wait(4500);
	const started = Date.now();
	await showroom.start();
	await until(() => [li, wang, chen].every(({ shown }) => shown.length === 1), 5000, 'everybody who is due is told');
	const log = await expectSoundLog(1);
	expect(of(log, 'alert.escalated').map(({ body }) => [body.step, body.staff])).toEqual([
		[1, ['wang']],
		[2, ['chen']],
	]);
	expect(of(log, 'alert.overdue')).toHaveLength(1);
	const ready = of(log, 'agent.started').at(-1)?.at.wall ?? 0;
	const fired = of(log, 'alert.overdue')[0]?.at.wall ?? Number.POSITIVE_INFINITY;
	console.info(`what was due fired ${fired - started} ms after the restart, ${fired - ready} ms after the log was open`);
	expect(fired - ready).toBeLessThan(1000);
});

it('killed between a crossing that a camera saw and its confirmation: the visitor is not forgotten', async () => {
	const [look] = persons;
	if (!look) throw new Error('no drawn persons');
	const walk = { path: 'in', view: 'front', startMs: 0, pace: 1.5, lane: 0, sway: 0.1, phase: 0 } as const;
	showroom = await Showroom.make(modelsDir, { li: 'consultant' });
	const silent = { ffmpeg: 'ffmpeg', onProgress: () => {}, signal: new AbortController().signal };
	const directory = join(showroom.dataDir, 'clips');
	const clip = await renderClip({ durationMs: 9000, actors: [{ look, walks: [walk] }] }, 'visitor', { ...silent, directory });
	const entrances = [{ id: 'main', name: '正门' }];
	showroom.configure({ entrances, cameras: [{ id: 'door', name: '正门', source: clip, entrance: 'main', line: countingLine }] });
	await showroom.start();
	const screen = await screenOf('li', { confirms: false });
	await until(() => screen.handed.length === 1, 20_000, 'the walker is announced');
	await showroom.agent?.kill('SIGKILL');
	screen.confirms = true;
	// The film would begin again, and with it the visitor.
	showroom.configure({ entrances });
	const started = Date.now();
	await showroom.start();
	await until(() => screen.handed.length === 2, 10_000, 'it is handed over again');
	console.info(`delivered ${(screen.handed.at(-1)?.at ?? 0) - started} ms after the restart`);
	await until(async () => (await showroom.eventsOf('alert.received')).length === 1, 5000, 'it is confirmed');
	const log = await expectSoundLog(1);
	expect(of(log, 'visit.opened')[0]?.body).toMatchObject({ source: 'crossing', entrance: 'main', customer: null });
	expect(screen.shown).toHaveLength(1);
});
