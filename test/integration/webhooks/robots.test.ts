import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventBody } from '../../../edge-agent/contract/events.js';
import { clockOf } from '../../../edge-agent/webhooks/speech.js';
import { type Arrived, dingtalkRules, feishuRules, Receiver, wecomRules } from './receivers.js';
import { eventually, Showroom, TELEPHONE, webhooksOf } from './showroom.js';

const KEY = '73febdcb-1b38-4d1b-a994-790f21fc8d30';
const SECRET = 'SEC240d7bb4c0bafc62+/=';
const addresses = {
	wecom: `/cgi-bin/webhook/send?key=${KEY}`,
	dingtalk: `/robot/send?access_token=${KEY}`,
	feishu: `/open-apis/bot/v2/hook/${KEY}`,
} as const;
const rules = { wecom: wecomRules, dingtalk: dingtalkRules, feishu: feishuRules };
type Kind = keyof typeof addresses;
const kinds = Object.keys(addresses) as Kind[];
const everything = ['alert.opened', 'alert.escalated', 'alert.overdue', 'alert.greeted', 'alert.closed', 'summary.made', 'camera.changed'];

let showroom: Showroom;
let receiver: Receiver;
const robot = (kind: Kind, more: object = {}) =>
	webhooksOf({
		...{ id: kind, kind, url: receiver.url + addresses[kind], secret: kind === 'wecom' ? null : SECRET, events: everything },
		...{ mentions: { anna: 'ou_anna', bo: 'ou_bo' }, ...more },
	});
const summary: EventBody<'summary.made'> = {
	...{ day: '2026-11-30', visits: 61, persons: 75, known: 20, repeat: 12, received: 58, withinTarget: 50, leftUnreceived: 3, escalated: 5 },
	...{ contacts: 33, testDrives: 9, quotes: 14, orders: 2, openOutcomes: 4, guestsExpected: 6, guestsArrived: 5 },
	...{ greetMs: { p50: 34_000, p95: 95_000 }, dwellMs: { p50: 2_400_000, p95: 6_000_000 } },
};

beforeEach(async () => {
	showroom = new Showroom();
	receiver = await new Receiver().listen();
});
afterEach(async () => {
	await showroom.close();
	await receiver.close();
	const said = receiver.arrived.map(({ raw }) => raw).join('\n');
	expect(said).not.toContain(TELEPHONE);
	expect(said).not.toMatch(/\/9j\/|\xff\xd8\xff/);
	expect(showroom.problems.join('\n')).not.toContain(KEY);
	expect(showroom.problems.join('\n')).not.toContain(SECRET);
});

describe.each(kinds)('a robot of %s', (kind) => {
	it('takes what we send, says who came and for whom, and calls whoever is told', async () => {
		receiver.answer = rules[kind](KEY, SECRET);
		const webhooks = await showroom.start(robot(kind));
		const { at } = await showroom.visitor('a1', { name: '欧阳先生' });
		await showroom.append('alert.escalated', { alert: 'a1', step: 1, staff: ['bo'] });
		await showroom.append('alert.overdue', { alert: 'a1' });
		// Said as it stands when it is sent: nobody has gone there yet.
		await eventually(() => receiver.arrived.length === 3);
		await showroom.append('alert.greeted', { alert: 'a1', staff: 'bo' });
		await showroom.append('summary.made', summary);
		await eventually(() => receiver.arrived.length === 5);
		await eventually(async () => (await webhooks.views('zh'))[0]?.behind === 0);
		expect(await showroom.givenUp()).toEqual([]);
		expect((await webhooks.views('zh'))[0]).toMatchObject({ state: 'ok', lastProblem: null });

		const since = `${clockOf(at.wall)} 起等候`;
		expect(plain(receiver.texts.slice(0, 4))).toEqual([
			`【城北店】欧阳先生到店\n来意：试驾\n请接待：安娜\n${since}`,
			`【城北店】欧阳先生还没有人接待\n来意：试驾\n请接待：薄一波\n${since}`,
			expect.stringMatching(/^【城北店】🔴 欧阳先生等候过久\n已等 \d+ 秒\n来意：试驾\n已通知：安娜、薄一波$/),
			expect.stringMatching(/^【城北店】薄一波已接待欧阳先生\n等候 \d+ 秒$/),
		]);
		expect(receiver.arrived.slice(0, 4).map((one) => mentioned(kind, one))).toEqual([['ou_anna'], ['ou_bo'], ['ou_anna', 'ou_bo'], []]);
		const table = JSON.stringify(receiver.arrived[4]?.body);
		expect(table).toContain('2026-11-30 接待日报');
		expect(table.replace(/<[^>]*>|\*\*/g, '')).toMatch(/到店：61.*及时接待：50.*接待用时（中位 \/ 95%）：34 秒 \/ 1 分 35 秒.*试驾：9/);
	});

	it('that is gone, or refuses the signature, gets no message twice, and the log says so', async () => {
		receiver.answer = rules[kind]('another-key', SECRET);
		const webhooks = await showroom.start(robot(kind));
		const first = await showroom.visitor('a1');
		await eventually(async () => (await showroom.givenUp()).length === 1);
		expect(await showroom.givenUp()).toEqual([{ webhook: kind, event: first.seq, reason: 'not-found', attempts: 1 }]);
		expect((await webhooks.views('en'))[0]).toMatchObject({ state: 'gave-up', lastProblem: { code: 'not-found' } });
		if (kind !== 'wecom') {
			receiver.answer = rules[kind](KEY, 'another-secret');
			await showroom.visitor('a2');
			await eventually(async () => (await showroom.givenUp()).length === 2);
			expect((await showroom.givenUp())[1]).toMatchObject({ reason: 'bad-signature' });
			expect(await webhooks.test(kind, 'en')).toMatchObject({ delivered: false, problem: { code: 'bad-signature' } });
		}
		receiver.answer = rules[kind](KEY, SECRET);
		expect(await webhooks.test(kind, 'en')).toEqual({ delivered: true, problem: null });
		expect(receiver.texts.at(-1)).toBe('【城北店】这是一条测试消息：群机器人已接通。');
	});

	it('nobody who types at the kiosk can call a whole group, or send a number there', async () => {
		receiver.answer = rules[kind](KEY, SECRET);
		await showroom.start(robot(kind, { names: 'full' }));
		await showroom.visitor('a1', { name: `<at user_id="all">王芳</at>@all ${TELEPHONE.split('').join(' ')}` });
		await eventually(() => receiver.arrived.length === 1);
		expect(mentioned(kind, receiver.arrived[0] as Arrived)).toEqual(['ou_anna']);
		expect(receiver.texts[0]).not.toMatch(/"all"|@all/);
		expect(receiver.texts[0]?.replace(/\D/g, '')).not.toContain(TELEPHONE);
	});
});

describe('a robot', () => {
	it('is never told more than its maker takes: alerts that wait are joined, everybody in them is called, and their order stays', async () => {
		receiver.answer = wecomRules(KEY);
		await showroom.start(robot('wecom', { events: ['alert.opened', 'summary.made'] }));
		for (let n = 0; n < 30; n++) await showroom.visitor(`a${n}`, { name: n % 2 === 0 ? '钱多' : '钱女士' });
		await showroom.append('summary.made', summary);
		await eventually(() => receiver.arrived.length >= 12);
		const texts = receiver.texts;
		expect(texts.slice(0, 10).every((text, n) => text.startsWith(`【城北店】钱${n % 2 === 0 ? '先生/' : ''}女士到店`))).toBe(true);
		expect(texts[10]).toMatch(/^【城北店】20 条到店提醒\n(钱.*女士到店（.*安娜.*）\n){8}还有 12 条…$/);
		expect(mentioned('wecom', receiver.arrived[10] as Arrived)).toEqual(['ou_anna']);
		expect(texts[11]).toContain('接待日报');
		expect(await showroom.givenUp()).toEqual([]);
	});

	it('that says it is too much is asked again after the minute that it wants, and late alerts say how they stand', async () => {
		receiver.answer = (arrived, count) =>
			count === 1 ? { body: { status: 1111, wait: 2, source: 'x5', punish: 'deny' } } : dingtalkRules(KEY, SECRET)(arrived, count);
		const webhooks = await showroom.start(robot('dingtalk', { events: ['alert.opened'] }));
		await showroom.visitor('a1');
		await eventually(async () => (await webhooks.views('en'))[0]?.lastProblem?.code === 'rate-limited');
		await showroom.append('alert.acknowledged', { alert: 'a1', staff: 'bo' });
		await eventually(() => receiver.arrived.length === 2);
		expect((receiver.arrived[1]?.at ?? 0) - (receiver.arrived[0]?.at ?? 0)).toBeGreaterThanOrEqual(1995);
		expect(receiver.texts[1]).toMatch(/^【城北店】一位访客到店\n现在：薄一波已去接待\n/);
		expect(mentioned('dingtalk', receiver.arrived[1] as Arrived)).toEqual([]);
		expect(mentioned('dingtalk', receiver.arrived[0] as Arrived)).toEqual(['ou_anna']);
	});

	it('hears of no alert of ten minutes ago, but of the summary; the log says what it did not hear', async () => {
		receiver.answer = () => ({ status: 502, body: '<html>' });
		await showroom.start(robot('feishu'));
		const old = [await showroom.visitor('a1'), await showroom.visitor('a2')];
		await showroom.append('summary.made', summary);
		await eventually(() => receiver.arrived.length === 1);
		receiver.answer = feishuRules(KEY, SECRET);
		showroom.ahead = 11 * 60_000;
		await eventually(() => receiver.arrived.length === 2);
		expect(receiver.texts[1]).toContain('接待日报');
		expect(await showroom.givenUp()).toEqual([
			{ webhook: 'feishu', event: old[0]?.seq, reason: 'too-old', attempts: 1 },
			{ webhook: 'feishu', event: old[1]?.seq, reason: 'too-old', attempts: 0 },
		]);
	});

	it('is told once of a camera that fails, however often it is tried again', async () => {
		receiver.answer = wecomRules(KEY);
		const webhooks = await showroom.start(robot('wecom'));
		const change = (state: 'live' | 'retrying' | 'connecting', reason: 'unreachable' | null) =>
			showroom.append('camera.changed', { camera: 'cam-1', state, reason });
		await change('live', null);
		for (let n = 0; n < 3; n++) {
			await change('retrying', 'unreachable');
			await change('connecting', 'unreachable');
		}
		await eventually(() => receiver.arrived.length === 1);
		await change('live', null);
		await change('retrying', 'unreachable');
		await eventually(async () => (await webhooks.views('en'))[0]?.behind === 0);
		expect(receiver.texts).toEqual(['【城北店】摄像头“大门”没有画面：连不上']);
		showroom.ahead = 11 * 60_000;
		await change('live', null);
		await change('retrying', 'unreachable');
		await eventually(() => receiver.arrived.length === 2);
	});

	it('behind a page of the network that asks to sign in is tried again', async () => {
		receiver.answer = (arrived, count) => (count === 1 ? { body: '<html>Sign in</html>' } : wecomRules(KEY)(arrived, count));
		const webhooks = await showroom.start(robot('wecom'));
		await showroom.visitor('a1');
		await eventually(async () => (await webhooks.views('en'))[0]?.lastProblem?.code === 'not-understood');
		await eventually(() => receiver.arrived.length === 2);
	});

	it('that repeats our secrets finds them nowhere in what people read', async () => {
		receiver.answer = () => ({
			body: { errcode: 40058, errmsg: `bad: https://x/y?access_token=${KEY} ${KEY} ${SECRET} ${encodeURIComponent(SECRET)}` },
		});
		const webhooks = await showroom.start(robot('dingtalk'));
		await showroom.visitor('a1');
		await eventually(async () => (await showroom.givenUp()).length === 1);
		const read = JSON.stringify([await webhooks.views('en'), await webhooks.test('dingtalk', 'zh'), showroom.problems]);
		expect(read).toContain('40058 bad: …');
		for (const secret of [KEY, SECRET, encodeURIComponent(SECRET)]) expect(read).not.toContain(secret);
		expect((await webhooks.views('en'))[0]?.host).toBe(new URL(receiver.url).host);
	});
});

/** The accounts that would really be called. */
function mentioned(kind: Kind, { body }: Arrived): string[] {
	const { text, at, content } = body as {
		text?: { content: string; mentioned_list?: string[] };
		at?: { atUserIds: string[]; isAtAll: boolean };
		content?: { text: string };
	};
	if (kind === 'wecom') return text?.mentioned_list ?? [];
	if (kind === 'feishu') return [...(content?.text ?? '').matchAll(/<at user_id="([^"]*)">/g)].map(([, id]) => String(id));
	expect(at?.isAtAll).toBe(false);
	// Only who stands in the text as well is called.
	return (at?.atUserIds ?? []).filter((id) => text?.content.includes(`@${id}`));
}

/** Without the line that calls people. */
function plain(texts: readonly string[]): string[] {
	return texts.map((text) => text.replace(/\n(@|<at ).*$/, ''));
}
