import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../../edge-agent/contract/events.js';
import { isSigned, Receiver } from './receivers.js';
import { eventually, Showroom, TELEPHONE, webhooksOf } from './showroom.js';

const SECRET = 'a-secret-of-the-receiver';
let showroom: Showroom;
let receiver: Receiver;
const json = (more: object = {}) => ({ id: 'dms', kind: 'json', url: `${receiver.url}/hooks/key-8731`, secret: SECRET, ...more });

beforeEach(async () => {
	showroom = new Showroom();
	receiver = await new Receiver().listen();
});
afterEach(async () => {
	await showroom.close();
	await receiver.close();
	const said = [...receiver.arrived.map(({ raw }) => raw), ...showroom.problems].join('\n');
	expect(said).not.toContain(TELEPHONE);
	expect(said).not.toMatch(/\/9j\/|\xff\xd8\xff/);
	expect(showroom.problems.join('\n')).not.toMatch(/key-8731|a-secret/);
});

describe('a program', () => {
	it('gets signed events of its kinds only, in order, with an id that stays', async () => {
		await showroom.start(webhooksOf(json({ events: ['alert.opened', 'alert.greeted'] })));
		const first = await showroom.visitor('a1', { name: '王芳' });
		await showroom.append('alert.acknowledged', { alert: 'a1', staff: 'anna' });
		const second = await showroom.append('alert.greeted', { alert: 'a1', staff: 'anna' });
		await eventually(() => receiver.arrived.length === 2);
		expect(receiver.deliveries).toEqual([first.id, second.id]);
		expect(receiver.arrived.map((one) => isSigned(one, SECRET))).toEqual([true, true]);
		expect(receiver.arrived.map((one) => isSigned(one, 'another'))).toEqual([false, false]);
		expect(receiver.arrived[0]?.headers['x-showroom-event']).toBe('alert.opened');
		expect(receiver.arrived[0]?.body).toEqual({
			...{ id: first.id, seq: first.seq, type: 'alert.opened', at: first.at.wall, showroom: '城北店' },
			data: {
				...{ alert: 'a1', visit: 'visit-of-a1', visitor: { customer: null, name: '王先生/女士' }, purpose: 'test-drive' },
				...{ openedAt: first.at.wall, kind: 'arrival', from: null, quiet: false, redAfterMs: 60_000 },
				staff: [{ id: 'anna', name: '安娜' }],
			},
		});
	});

	it('gets no more of a face than that it was recognised', async () => {
		await showroom.start(webhooksOf(json({ events: ['visit.opened'], secret: null })));
		const face = {
			...({ verdict: 'known', faces: 4, eyeDistance: 41.5, distance: 0.3127, second: 0.9, threshold: 0.5, model: 'sface' } as const),
			...({ calibration: 'own' } as const),
		};
		const at = { source: 'face', entrance: 'main', purpose: null, host: null, party: null } as const;
		await showroom.append('visit.opened', { visit: 'v1', customer: 'li', face, ...at });
		await eventually(() => receiver.arrived.length === 1);
		expect(receiver.arrived[0]?.raw).not.toMatch(/0\.3127|sface|distance|threshold/);
		expect(receiver.arrived[0]?.body).toMatchObject({ data: { visitor: { customer: 'li', name: '李先生/女士' } } });
		expect(receiver.arrived[0]?.headers).not.toHaveProperty('x-showroom-signature');
	});

	it('that is new hears nothing of before, and one that was away hears everything since', async () => {
		await showroom.start([]);
		await showroom.visitor('before');
		await showroom.restart(webhooksOf(json()));
		const first = await showroom.visitor('a1');
		await eventually(() => receiver.arrived.length === 1);
		await showroom.restart([]);
		const away = [await showroom.visitor('a2'), await showroom.visitor('a3')];
		await showroom.restart(webhooksOf(json()));
		await eventually(() => receiver.arrived.length === 3);
		expect(receiver.deliveries).toEqual([first, ...away].map(({ id }) => id));
	});
});

describe('when it does not work', () => {
	it('HTTP 500 and 429: the same message again, later, nothing overtakes it', async () => {
		receiver.answer = (_, count) => (count === 1 ? { status: 500 } : count === 2 ? { status: 429, headers: { 'retry-after': '3' } } : {});
		const webhooks = await showroom.start(webhooksOf(json()));
		const first = await showroom.visitor('a1');
		await eventually(() => receiver.arrived.length === 1);
		const second = await showroom.visitor('a2');
		await eventually(async () => (await webhooks.views('en'))[0]?.state === 'retrying');
		expect(await webhooks.views('en')).toMatchObject([{ lastProblem: { code: 'failed', detail: 'HTTP 500' }, lastDeliveredAt: null }]);
		await eventually(() => receiver.arrived.length === 4);
		expect(receiver.deliveries).toEqual([first.id, first.id, first.id, second.id]);
		const [one, two, three] = receiver.arrived.map(({ at }) => at);
		expect((two ?? 0) - (one ?? 0)).toBeGreaterThanOrEqual(995);
		expect((three ?? 0) - (two ?? 0)).toBeGreaterThanOrEqual(2995);
		expect(receiver.arrived.every((one) => isSigned(one, SECRET))).toBe(true);
		await eventually(async () => (await webhooks.views('en'))[0]?.state === 'ok');
		expect((await webhooks.views('en'))[0]?.behind).toBe(0);
		expect(await showroom.givenUp()).toEqual([]);
	});

	it('a receiver that is down for a while gets everything after it is back, in order', async () => {
		const webhooks = await showroom.start(webhooksOf(json()));
		await receiver.close();
		const events: LoggedEvent[] = [];
		for (let n = 0; n < 60; n++) events.push(await showroom.visitor(`a${n}`));
		await eventually(async () => (await webhooks.views('zh'))[0]?.lastProblem?.code === 'unreachable');
		expect((await webhooks.views('zh'))[0]).toMatchObject({ lastProblem: { message: '连不上对方', detail: 'ECONNREFUSED' } });
		expect((await webhooks.views('zh'))[0]?.behind).toBeGreaterThan(50);
		await receiver.listen();
		await eventually(() => receiver.arrived.length === 60);
		expect(receiver.deliveries).toEqual(events.map(({ id }) => id));
		expect(showroom.problems).toHaveLength(1);
	});

	it('one that hangs is left after 10 s; it holds up neither the others nor the stop', async () => {
		receiver.answer = ({ path }) => (path === '/slow' ? null : {});
		const webhooks = await showroom.start(webhooksOf(json({ id: 'slow', url: `${receiver.url}/slow` }), json()));
		await showroom.visitor('a1');
		await showroom.visitor('a2');
		const at = (path: string) => receiver.arrived.filter((one) => one.path === path);
		await eventually(() => at('/hooks/key-8731').length === 2);
		expect(at('/slow')).toHaveLength(1);
		await eventually(() => at('/slow').length === 2);
		expect((await webhooks.views('en'))[0]).toMatchObject({ id: 'slow', state: 'retrying', lastProblem: { code: 'timeout' } });
		const from = performance.now();
		await webhooks.stop();
		expect(performance.now() - from).toBeLessThan(2000);
	});

	it('4xx and redirects are given up, and said in the log; what comes next arrives', async () => {
		const elsewhere = await new Receiver().listen();
		const answers = [{ status: 302, headers: { location: `${elsewhere.url}/` } }, { status: 404 }, { status: 401 }, { status: 422 }];
		receiver.answer = (_, count) => answers[count - 1] ?? {};
		const webhooks = await showroom.start(webhooksOf(json()));
		const events: LoggedEvent[] = [];
		for (let n = 0; n < 5; n++) events.push(await showroom.visitor(`a${n}`));
		await eventually(() => receiver.arrived.length === 5);
		expect(await showroom.givenUp()).toEqual(
			['refused', 'not-found', 'bad-signature', 'refused'].map((reason, n) => ({
				webhook: 'dms',
				event: events[n]?.seq,
				reason,
				attempts: 1,
			})),
		);
		expect(receiver.deliveries).toEqual(events.map(({ id }) => id));
		await eventually(async () => (await webhooks.views('en'))[0]?.state === 'ok');
		expect((await webhooks.views('en'))[0]).toMatchObject({ lastProblem: { code: 'refused', detail: 'HTTP 422' } });
		expect(elsewhere.arrived).toEqual([]);
		await elsewhere.close();
	});

	it('what is a day old is given up by programs', async () => {
		receiver.answer = () => ({ status: 503 });
		await showroom.start(webhooksOf(json()));
		const old = await showroom.visitor('a1');
		await eventually(() => receiver.arrived.length === 1);
		showroom.ahead = 23.9 * 3_600_000;
		await eventually(() => receiver.arrived.length >= 2);
		expect(await showroom.givenUp()).toEqual([]);
		showroom.ahead = 24.1 * 3_600_000;
		const fresh = await showroom.visitor('a2');
		receiver.answer = () => ({});
		await eventually(() => receiver.deliveries.includes(fresh.id));
		expect(await showroom.givenUp()).toMatchObject([{ event: old.seq, reason: 'too-old' }]);
		expect((await showroom.givenUp())[0]?.attempts).toBeGreaterThanOrEqual(2);
	});

	it('an answer without end is not read on, and counts by its status', async () => {
		receiver.answer = () => ({ body: 'x'.repeat(5_000_000) });
		const webhooks = await showroom.start(webhooksOf(json()));
		await showroom.visitor('a1');
		await eventually(async () => (await webhooks.views('en'))[0]?.lastDeliveredAt !== null);
		expect(receiver.arrived).toHaveLength(1);
	});
});
