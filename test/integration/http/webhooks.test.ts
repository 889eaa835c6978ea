import { afterEach, beforeEach, expect, it } from 'vitest';
import type { WebhooksAnswer } from '../../../edge-agent/contract/webhooks.js';
import { type House, openHouse, removeFolder, temporaryFolder, walkIn } from '../sockets/house.js';
import { dingtalkRules, Receiver } from '../webhooks/receivers.js';
import { eventually, webhooksOf } from '../webhooks/showroom.js';

const KEY = 'a-token-of-the-robot';
const SECRET = 'SEC-of-the-robot';
let dataDir: string;
let house: House;
let receiver: Receiver;
let cookie: string;

beforeEach(async () => {
	dataDir = await temporaryFolder();
	receiver = await new Receiver(dingtalkRules(KEY, SECRET)).listen();
	const url = `${receiver.url}/robot/send?access_token=${KEY}`;
	house = await openHouse(dataDir, { webhooks: webhooksOf({ id: 'group', kind: 'dingtalk', url, secret: SECRET }) });
	await house.access.accounts.add({ id: 'ada', name: '艾达', role: 'administrator', onDuty: false }, 'cli');
	await house.access.accounts.add({ id: 'ingo', name: '英戈', role: 'installer', onDuty: false }, 'cli');
	cookie = await house.cookie('ada');
});
afterEach(async () => {
	await house.close();
	await receiver.close();
	await removeFolder(dataDir);
});

const ask = (path: string, method: string, who = cookie, language = 'zh') =>
	fetch(`${house.url}/api/webhooks${path}`, { method, headers: { cookie: who, 'x-showroom': '1', 'accept-language': language } });

it('says how a webhook does, without its address and secret; sends a test message', async () => {
	expect(await (await ask('/group/test', 'POST')).json()).toEqual({ delivered: true, problem: null });
	expect(receiver.texts).toEqual(['【城北店】这是一条测试消息：群机器人已接通。']);
	await walkIn(house);
	await eventually(() => receiver.arrived.length === 2);
	// The robot has it before it has answered.
	await expect.poll(async () => (await ask('', 'GET')).text()).not.toContain('"lastDeliveredAt":null');
	const text = await (await ask('', 'GET')).text();
	expect(text).not.toContain(KEY);
	expect(text).not.toContain(SECRET);
	const { webhooks } = JSON.parse(text) as WebhooksAnswer;
	expect(webhooks).toEqual([
		{
			...{ id: 'group', kind: 'dingtalk', host: new URL(receiver.url).host, state: 'ok', behind: expect.any(Number), lastProblem: null },
			...{ events: ['alert.opened', 'alert.escalated', 'alert.overdue', 'summary.made'], lastDeliveredAt: expect.any(Number) },
		},
	]);
});

it('says in words, in the language of whoever asks, why a test does not arrive', async () => {
	receiver.answer = dingtalkRules(KEY, 'another');
	expect(await (await ask('/group/test', 'POST')).json()).toEqual({
		delivered: false,
		problem: { code: 'bad-signature', message: '安全设置不符：请核对密钥、关键词、IP 白名单与本机时间', detail: '310000 sign not match' },
	});
	const english = (await (await ask('/group/test', 'POST', cookie, 'en')).json()) as { problem: { message: string } };
	expect(english.problem.message).toContain('security settings');
	const unknown = await ask('/nothing/test', 'POST');
	expect([unknown.status, await unknown.text()]).toEqual([404, expect.stringContaining('no-such-webhook')]);
});

it('an installer reads and sends nothing; a manager does neither', async () => {
	const installer = await house.cookie('ingo');
	const manager = await house.cookie('ma');
	expect((await ask('', 'GET', installer)).status).toBe(200);
	expect((await ask('/group/test', 'POST', installer)).status).toBe(403);
	expect((await ask('', 'GET', manager)).status).toBe(403);
	expect(receiver.arrived).toEqual([]);
});
