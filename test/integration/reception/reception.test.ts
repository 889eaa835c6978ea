import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertView, CheckInAnswer, VisitView } from '../../../edge-agent/contract/api.js';
import type {
	GuestView,
	OutcomeForm,
	ReceptionView,
	TasksAnswer,
	VisitTimeline,
	WhyView,
} from '../../../edge-agent/contract/reception.api.js';
import { rebuildCheck } from '../../../edge-agent/log/rebuild.store.js';
import { openForReading } from '../../../edge-agent/store/database.store.js';
import { type House, openHouse, removeFolder, Screen, temporaryFolder, walkIn } from '../sockets/house.js';

let dataDir: string;
let house: House;
const screens: Screen[] = [];

beforeEach(async () => {
	dataDir = await temporaryFolder();
	house = await openHouse(dataDir);
});
afterEach(async () => {
	for (const screen of screens.splice(0)) screen.close();
	await house.close();
	expect(house.problems).toEqual([]);
	// Whatever was done: the rows are what the log says.
	const database = openForReading(dataDir);
	try {
		expect((await rebuildCheck(database)).differences).toEqual([]);
	} finally {
		database.close();
	}
	await removeFolder(dataDir);
});

/** As somebody's browser does it. Answers status and body. */
async function ask<T>(staff: string, method: string, path: string, body?: object): Promise<{ status: number; body: T }> {
	const answer = await fetch(`${house.url}/api${path}`, {
		method,
		headers: { cookie: await house.cookie(staff), 'x-showroom': '1', ...(body && { 'content-type': 'application/json' }) },
		...(body && { body: JSON.stringify(body) }),
	});
	return { status: answer.status, body: (answer.status === 204 ? null : await answer.json()) as T };
}
const post = <T>(staff: string, path: string, body: object = {}) => ask<T>(staff, 'POST', path, body);
const get = <T>(staff: string, path: string) => ask<T>(staff, 'GET', path);

async function atTheirScreen(...staff: readonly string[]): Promise<void> {
	for (const one of staff) {
		const screen = new Screen(house.url, { device: `device-${one}`, after: 0 }, house.cookie(one));
		screens.push(screen);
		await expect.poll(() => house.desk.reachable().has(one)).toBe(true);
	}
}
const visitOf = async (alert: string) => (await house.log.alerts({ ids: [alert] }))[0]?.visit ?? '';

describe('receiving', () => {
	it('passes an alert on, sends somebody, and says who was passed over and why', async () => {
		await atTheirScreen('anna', 'bo', 'ma');
		await post('bo', '/duty', { state: 'break', minutes: 30 });
		const alert = await walkIn(house);
		const why = await get<WhyView>('anna', `/alerts/${alert}/why`);
		expect(why.body.plans[0]).toMatchObject({
			...{ because: 'opened', turn: { rota: 'sales', staff: 'anna' } },
			passed: [{ staff: 'bo', why: 'break' }],
		});
		expect((await post<AlertView>('anna', `/alerts/${alert}/decline`)).body.told).toEqual(['anna', 'ma']);
		expect((await post('anna', `/alerts/${alert}/assign`, { staff: 'bo' })).status).toBe(403);
		expect((await post<AlertView>('ma', `/alerts/${alert}/assign`, { staff: 'bo' })).body.told).toEqual(['anna', 'ma', 'bo']);
		await post('bo', `/alerts/${alert}/accept`);
		expect((await post('anna', `/alerts/${alert}/accept`)).status).toBe(409);
		expect((await post<AlertView>('bo', `/alerts/${alert}/greet`)).body).toMatchObject({ state: 'greeted', greetedBy: 'bo' });
		const { colleagues } = (await get<ReceptionView>('ma', '/reception')).body;
		expect(colleagues.find(({ id }) => id === 'bo')).toMatchObject({
			duty: 'break',
			busyWith: [await visitOf(alert)],
			reachable: true,
			devices: [{ device: 'device-bo', visible: true }],
		});
	});

	it('hands a visitor over, to whoever accepts', async () => {
		await atTheirScreen('anna', 'bo');
		const alert = await walkIn(house);
		const visit = await visitOf(alert);
		await post('anna', `/alerts/${alert}/greet`);
		const asked = (await post<AlertView>('anna', `/visits/${visit}/hand-over`, { to: 'bo' })).body;
		expect(asked).toMatchObject({ kind: 'hand-over', from: 'anna', state: 'open', told: ['bo'] });
		await expect.poll(() => screens[1]?.deliveries).toContain(`${asked.id}/0/bo`);
		expect((await post('anna', `/alerts/${asked.id}/accept`)).status).toBe(409);
		expect((await post<AlertView>('bo', `/alerts/${asked.id}/accept`)).body).toMatchObject({ state: 'closed', closeReason: 'handed-over' });
		expect((await house.log.visits({ ids: [visit] }))[0]?.receivedBy).toBe('bo');
		const [anna, bo] = (await get<ReceptionView>('ma', '/reception')).body.colleagues.filter(({ role }) => role === 'consultant');
		expect([anna?.busyWith, bo?.busyWith]).toEqual([[], [visit]]);
		await post('bo', '/duty/free');
		expect((await get<ReceptionView>('ma', '/reception')).body.colleagues.find(({ id }) => id === 'bo')?.busyWith).toEqual([]);
	});

	it('gives whoever waits to the first who becomes free', async () => {
		await atTheirScreen('anna', 'bo', 'ma');
		for (const staff of ['anna', 'bo']) await post(staff, `/alerts/${await walkIn(house)}/greet`);
		const waiting = await walkIn(house);
		expect((await house.log.alerts({ ids: [waiting] }))[0]?.told).toContain('ma');
		await post('bo', '/duty/free');
		expect((await get<WhyView>('ma', `/alerts/${waiting}/why`)).body.plans.at(-1)).toMatchObject({
			...{ because: 'rerouted', turn: { staff: 'bo' } },
			passed: [{ staff: 'anna', why: 'busy' }],
		});
	});

	it('leaves a customer in peace who wants no greeting', async () => {
		expect((await ask('bo', 'PUT', '/customers/li/wishes', { greeting: false, always: false })).body).toEqual({
			greeting: false,
			always: false,
		});
		const { now } = house.rooms;
		await house.floor.see({
			...{ kind: 'crossing', camera: 'cam-1', entrance: 'main', track: 900, direction: 'in', at: now() },
			who: { person: 'li', kind: 'customer' },
		});
		const [alert] = await house.log.alerts({ open: true });
		expect(alert).toMatchObject({ quiet: true, told: ['bo'] });
	});
});

describe('expected guests', () => {
	const at = Date.now();

	it('are known by their code, and meet their host', async () => {
		const id = crypto.randomUUID();
		const guest = { id, name: '周杰', telephone: '13900001111', host: 'bo', purpose: 'test-drive', at };
		expect((await post<GuestView>('bo', '/guests', guest)).body).toMatchObject({ id, state: 'expected', name: '周杰' });
		expect((await post<GuestView>('bo', '/guests', guest)).body.id).toBe(id);
		const form = { name: '周杰', telephone: null, purpose: 'test-drive', host: null, model: null, language: 'zh', guest: id };
		const checkIn = await post<CheckInAnswer>('ma', '/checkins', { id: crypto.randomUUID(), ...form });
		expect(checkIn.body.consultant?.id).toBe('bo');
		const listed = await get<{ guests: GuestView[] }>('bo', `/guests?from=${at - 1000}&to=${at + 1000}`);
		expect(listed.body.guests).toMatchObject([{ id, state: 'arrived', visit: checkIn.body.visit }]);
		expect((await house.log.visits({ ids: [checkIn.body.visit] }))[0]).toMatchObject({ source: 'guest', record: { channel: 'invited' } });
	});

	it('are known by their number on their day; a customer by theirs if the name agrees', async () => {
		await house.log.append([], [{ table: 'customers', id: 'wu', name: '吴敏', telephone: '13700002222', consultant: 'anna' }]);
		await post('bo', '/guests', { id: crypto.randomUUID(), name: '周杰', telephone: '139 0000 1111', host: 'bo', at });
		const checkIn = async (name: string, telephone: string) => {
			const form = { id: crypto.randomUUID(), name, telephone, purpose: 'quote', host: null, model: null, language: 'zh' };
			const { visit } = (await post<CheckInAnswer>('ma', '/checkins', form)).body;
			return (await house.log.visits({ ids: [visit] }))[0];
		};
		expect(await checkIn('周先生', '13900001111')).toMatchObject({ source: 'guest', host: 'bo' });
		expect(await checkIn('吴女士', '+86 13700002222')).toMatchObject({ source: 'telephone', customer: { id: 'wu' } });
		expect(await checkIn('郑强', '13700002222')).toMatchObject({ source: 'kiosk', customer: null });
	});

	it('may be cancelled, and then nobody is taken for them', async () => {
		const id = crypto.randomUUID();
		await post('bo', '/guests', { id, name: '周杰', host: 'bo', at });
		expect((await post<GuestView>('bo', `/guests/${id}/cancel`)).body.state).toBe('cancelled');
		expect((await post('bo', '/guests/gone/cancel')).status).toBe(404);
		const form = {
			id: crypto.randomUUID(),
			name: '周杰',
			telephone: null,
			purpose: 'quote',
			host: null,
			model: null,
			language: 'zh',
			guest: id,
		};
		const { visit } = (await post<CheckInAnswer>('ma', '/checkins', form)).body;
		expect((await house.log.visits({ ids: [visit] }))[0]?.source).toBe('kiosk');
	});
});

describe('the log put right', () => {
	it('corrects, and takes the correction back with what it says was before', async () => {
		const visit = await visitOf(await walkIn(house));
		const changes = { purpose: 'quote', channel: 'referral', partySize: 3 };
		expect((await post('anna', `/visits/${visit}/correct`, changes)).status).toBe(403);
		const corrected = await post<VisitView>('ma', `/visits/${visit}/correct`, { ...changes, why: '前台登记错了' });
		expect(corrected.body).toMatchObject({ purpose: 'quote', record: { channel: 'referral', partySize: 3 } });
		const { events, texts } = (await get<VisitTimeline>('ma', `/visits/${visit}`)).body;
		const event = events.find(({ type }) => type === 'visit.corrected');
		const { before, why } = (event?.body ?? {}) as { before: object; why: string };
		expect(event?.actor).toBe('staff:ma');
		expect(texts).toContainEqual({ id: why, text: '前台登记错了' });
		// The reason stands in no event.
		expect(JSON.stringify(events)).not.toContain('前台');
		const back = await post<VisitView>('ma', `/visits/${visit}/correct`, before);
		expect(back.body).toMatchObject({ purpose: null, record: { channel: null, partySize: 1 } });
	});

	it('merges two visits that were one: the alert of the one that goes is closed, and what was known is kept', async () => {
		await atTheirScreen('anna', 'bo');
		// Two who come in within moments of each other are a party, with one alert.
		await walkIn(house);
		await walkIn(house);
		const [second = '', first = ''] = (await house.log.visits({ from: 0, to: Number.MAX_SAFE_INTEGER })).map(({ id }) => id);
		await post('ma', `/visits/${second}/correct`, { customer: 'li' });
		const merged = await post<VisitView>('ma', `/visits/${second}/merge`, { into: first, why: null });
		expect(merged.body).toMatchObject({ id: first, customer: { id: 'li' } });
		expect((await post<VisitView>('ma', `/visits/${second}/merge`, { into: first })).body.id).toBe(first);
		expect((await house.log.visits({ ids: [second] }))[0]).toMatchObject({ mergedInto: first, closeReason: 'merged' });
		expect((await house.log.alerts({ open: true })).map(({ visit }) => visit)).toEqual([first]);
		expect((await post('ma', `/visits/${first}/merge`, { into: first })).status).toBe(409);
	});

	it('splits a party: whoever was received with it has been received', async () => {
		const alert = await walkIn(house);
		const visit = await visitOf(alert);
		await post('anna', `/alerts/${alert}/greet`);
		const id = crypto.randomUUID();
		const split = await post<VisitView>('ma', `/visits/${visit}/split`, { id, why: null });
		expect(split.body).toMatchObject({ id, party: visit, receivedBy: 'anna' });
		expect(await house.log.alerts({ open: true })).toEqual([]);
	});

	it('a correction to a customer who is here already makes the two one', async () => {
		await house.floor.see({
			...{ kind: 'crossing', camera: 'cam-1', entrance: 'main', track: 901, direction: 'in', at: house.rooms.now() },
			who: { person: 'li', kind: 'customer' },
		});
		const [theirs] = await house.log.visits({ from: 0, to: Number.MAX_SAFE_INTEGER });
		const other = await visitOf(await walkIn(house));
		expect((await post<VisitView>('ma', `/visits/${other}/correct`, { customer: 'li' })).body.id).toBe(theirs?.id);
	});

	it('says what is wrong', async () => {
		const visit = await visitOf(await walkIn(house));
		const codes = await Promise.all([
			post<{ code: string }>('ma', '/visits/gone/close', { reason: 'left' }),
			post<{ code: string }>('ma', `/visits/${visit}/correct`, {}),
			post<{ code: string }>('ma', `/visits/${visit}/reassign`, { staff: 'nobody' }),
			post<{ code: string }>('ma', `/visits/${visit}/outcome`, { result: 'ordered' }),
			post<{ code: string }>('ma', '/tasks/gone/done', { how: 'reached' }),
			post<{ code: string }>('ma', '/duty', { state: 'on', minutes: 5 }),
		]);
		expect(codes.map(({ status, body }) => [status, body.code])).toEqual([
			[404, 'no-such-visit'],
			[400, 'invalid'],
			[400, 'no-such-staff'],
			[400, 'invalid'],
			[404, 'no-such-task'],
			[400, 'invalid'],
		]);
	});
});

describe('what came of it', () => {
	it('is asked of whoever received the visitor, pre-filled, and then there is a call to make', async () => {
		const form = {
			id: crypto.randomUUID(),
			name: '韩梅梅',
			telephone: '13800138000',
			purpose: 'test-drive',
			host: 'bo',
			model: 'xingyao-s7',
			language: 'zh',
		};
		const known = (await get<OutcomeForm>('bo', `/visits/${await visitOf(await walkIn(house))}/outcome`)).body.models.map(({ id }) => id);
		const { visit } = (await post<CheckInAnswer>('ma', '/checkins', { ...form, model: known[0] })).body;
		const [alert] = (await house.log.alerts({ open: true })).filter((one) => one.visit === visit);
		await post('bo', `/alerts/${alert?.id}/greet`);
		await post('bo', `/visits/${visit}/close`, { reason: 'left' });
		await expect.poll(async () => (await get<TasksAnswer>('bo', '/tasks')).body.tasks).toMatchObject([{ kind: 'outcome', visit }]);
		const prefilled = (await get<OutcomeForm>('bo', `/visits/${visit}/outcome`)).body.outcome;
		expect(prefilled).toMatchObject({
			result: 'follow-up',
			models: [known[0]],
			testDrive: true,
			quote: false,
			contactLeft: true,
			channel: 'walk-in',
		});
		const recorded = await post<VisitView>('bo', `/visits/${visit}/outcome`, { ...prefilled, grade: 'H', note: '周末再来' });
		expect(recorded.body.record).toMatchObject({ grade: 'H', result: 'follow-up', outcomeBy: 'bo' });
		const [task] = (await get<TasksAnswer>('bo', '/tasks')).body.tasks;
		expect(task?.kind).toBe('follow-up');
		expect(Math.round(((task?.dueAt ?? 0) - Date.now()) / 86_400_000)).toBe(7);
		expect((await post('bo', `/tasks/${task?.id}/done`, { how: 'reached' })).status).toBe(204);
		expect((await get<TasksAnswer>('bo', '/tasks')).body.tasks).toEqual([]);
		expect((await get('bo', '/tasks?all=true')).status).toBe(403);
		const { texts } = (await get<VisitTimeline>('bo', `/visits/${visit}`)).body;
		expect(texts.map(({ text }) => text)).toEqual(['周末再来']);
	});
});
