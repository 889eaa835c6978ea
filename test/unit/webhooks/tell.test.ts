import { describe, expect, it } from 'vitest';
import type { AlertView, VisitView } from '../../../edge-agent/contract/api.js';
import type { EventBody, EventType, LoggedEvent } from '../../../edge-agent/contract/events.js';
import { webhookEventSchema } from '../../../edge-agent/contract/webhooks.js';
import { channelOf } from '../../../edge-agent/webhooks/channel.js';
import type { Facts } from '../../../edge-agent/webhooks/facts.js';
import { joined, say } from '../../../edge-agent/webhooks/message.js';
import { tellOf } from '../../../edge-agent/webhooks/tell.js';
import { wordsOf } from '../../../edge-agent/webhooks/words.js';
import { webhooksOf } from '../../integration/webhooks/showroom.js';

const TELEPHONE = '13912345678';
const OPENED = new Date(2026, 10, 30, 10, 32).getTime();
const record = { channel: null, partySize: 1, models: [], rivals: [], grade: null, result: null, testDrive: false, quote: false } as const;
const visit: VisitView = {
	...{ id: 'v1', openedAt: OPENED, entrance: 'main', source: 'crossing', customer: null, purpose: 'quote', host: 'bo' },
	checkin: { name: '上官婉儿', telephone: TELEPHONE, model: null },
	...{
		steppedOutAt: null,
		greetedAt: null,
		greetedBy: null,
		closedAt: null,
		closeReason: null,
		receivedBy: null,
		party: null,
		repeat: null,
	},
	...{ lastSeenAt: OPENED, mergedInto: null, record: { ...record, contactLeft: true, outcomeAt: null, outcomeBy: null } },
};
const alert: AlertView = {
	...{ id: 'a1', visit: 'v1', joined: [], kind: 'arrival', from: null, quiet: false, lastVisitAt: null, interests: [], tasks: [] },
	...{
		photograph: true,
		state: 'open',
		openedAt: OPENED,
		customer: null,
		checkinName: '上官婉儿',
		purpose: null,
		told: ['anna', 'bo'],
		step: 0,
	},
	...{ acknowledgedBy: null, acknowledgedAt: null, greetedAt: null, greetedBy: null, overdue: false, redAt: OPENED + 60_000 },
	...{ closedAt: null, closeReason: null },
};
const facts: Facts = {
	showroom: '城北店',
	alerts: new Map([['a1', alert]]),
	visits: new Map([['v1', visit]]),
	names: new Map([
		['anna', '安娜'],
		['bo', '薄一波'],
		['li', '李雷'],
	]),
	guests: new Map([['g2', '诸葛 13912345678']]),
	cameras: new Map([['cam-1', '大门']]),
};
const planned = { steps: [{ afterMs: 0, staff: ['anna'] }], turn: null, passed: [] };
const face = {
	...({ verdict: 'known', faces: 4, eyeDistance: 41.5, distance: 0.3127, second: 0.9, threshold: 0.5, model: 'sface' } as const),
	...({ calibration: 'own' } as const),
};
const bodies: { readonly [T in EventType]?: EventBody<T> } = {
	'visit.opened': { visit: 'v1', source: 'crossing', entrance: 'main', customer: null, purpose: null, host: null, face, party: null },
	'visit.identified': { visit: 'v1', customer: 'li', by: 'face', face },
	'visit.greeted': { visit: 'v1', staff: 'anna' },
	'visit.closed': { visit: 'v1', reason: 'left' },
	'visit.outcome-recorded': {
		...{ visit: 'v1', staff: 'anna', result: 'follow-up', grade: 'A', channel: 'walk-in', partySize: 1, models: [], rivals: ['别的车'] },
		...{ testDrive: true, quote: false, contactLeft: true, note: 'note-1' },
	},
	'alert.opened': {
		alert: 'a1',
		visit: 'v1',
		kind: 'arrival',
		from: null,
		customer: null,
		purpose: null,
		...planned,
		quiet: false,
		redAfterMs: 60_000,
	},
	'alert.rerouted': { alert: 'a1', customer: 'li', ...planned, quiet: false, base: 0 },
	'alert.escalated': { alert: 'a1', step: 1, staff: ['bo'] },
	'alert.overdue': { alert: 'a1' },
	'alert.acknowledged': { alert: 'a1', staff: 'anna' },
	'alert.greeted': { alert: 'a1', staff: 'anna' },
	'alert.closed': { alert: 'a1', reason: 'courier', staff: 'anna' },
	'checkin.recorded': { checkin: 'c1', visit: 'v1', via: 'touch', purpose: 'quote', host: 'bo', model: null },
	'guest.expected': { guest: 'g1', customer: 'li', host: 'bo', purpose: 'test-drive', at: OPENED },
	'guest.arrived': { guest: 'g1', visit: 'v1' },
	'summary.made': {
		...{
			day: '2026-11-30',
			visits: 61,
			persons: 75,
			known: 20,
			repeat: 12,
			received: 58,
			withinTarget: 50,
			leftUnreceived: 3,
			escalated: 5,
		},
		...{
			contacts: 33,
			testDrives: 9,
			quotes: 14,
			orders: 2,
			openOutcomes: 4,
			guestsExpected: 0,
			guestsArrived: 0,
			greetMs: null,
			dwellMs: null,
		},
	},
	'camera.changed': { camera: 'cam-1', state: 'failed', reason: 'unauthorised' },
};
const event = (type: EventType, body: object = bodies[type] ?? {}): LoggedEvent =>
	({
		...{ id: `id-of-${type}`, type, seq: 7, version: 1, at: { wall: OPENED + 65_000, mono: 1, boot: 'b' }, actor: 'system', subject: 'x' },
		...{ cause: null, body },
	}) as LoggedEvent;
const zh = { names: 'surname', language: 'zh' } as const;
const read = (
	type: EventType,
	more: Partial<Facts> = {},
	body?: object,
	webhook: { names: 'surname' | 'full' | 'none'; language: 'zh' | 'en' } = zh,
) => {
	const tell = tellOf(event(type, body), { ...facts, ...more }, webhook);
	return tell && [tell.headline, ...tell.lines].join('|');
};

describe('what a group reads', () => {
	it.each([
		['visit.opened', '上官先生/女士到店|来意：询价|找：薄一波'],
		['visit.identified', '到店访客是上官先生/女士|来意：询价'],
		['visit.greeted', '安娜已接待上官先生/女士'],
		['visit.closed', '上官先生/女士：已离店|停留 1 分钟'],
		['visit.outcome-recorded', '上官先生/女士：继续跟进|意向 A 级'],
		['alert.opened', '上官先生/女士到店|来意：询价|找：薄一波|请接待：安娜|10:32 起等候'],
		['alert.rerouted', '到店访客是上官先生/女士|来意：询价|找：薄一波|请接待：安娜|10:32 起等候'],
		['alert.escalated', '上官先生/女士还没有人接待|来意：询价|请接待：薄一波|10:32 起等候'],
		['alert.overdue', '🔴 上官先生/女士等候过久|已等 1 分 5 秒|来意：询价|已通知：安娜、薄一波'],
		['alert.acknowledged', '安娜去接待上官先生/女士|来意：询价'],
		['alert.greeted', '安娜已接待上官先生/女士|等候 1 分 5 秒'],
		['alert.closed', '上官先生/女士的提醒结束：是快递或外卖'],
		['checkin.recorded', '上官先生/女士已签到|来意：询价|找：薄一波'],
		['guest.expected', '预约：李先生/女士，11-30 10:32|来意：试驾|找：薄一波'],
		['guest.arrived', '预约的上官先生/女士已到店|来意：询价|找：薄一波'],
		['summary.made', '2026-11-30 接待日报'],
		['camera.changed', '摄像头“大门”没有画面：用户名或密码不对'],
	] as const)('%s', (type, expected) => {
		expect(read(type)).toBe(expected);
	});

	it('a visitor nobody knows, a party, somebody who wants to be left alone, a hand-over, nobody on duty', () => {
		const stranger = { ...alert, checkinName: null, joined: ['v2', 'v3'] };
		const unknown = {
			alerts: new Map([['a1', stranger]]),
			visits: new Map([['v1', { ...visit, checkin: null, purpose: null, host: null }]]),
		};
		expect(read('alert.opened', unknown)).toBe('一位访客等 3 人到店|请接待：安娜|10:32 起等候');
		const opened = bodies['alert.opened'];
		expect(read('alert.opened', {}, { ...opened, quiet: true })).toContain('|希望不被打扰，请勿主动上前|');
		expect(read('alert.opened', {}, { ...opened, kind: 'hand-over', from: 'bo' })).toMatch(/^薄一波请同事接手上官先生\/女士\|/);
		expect(read('alert.opened', {}, { ...opened, steps: [] })).toContain('请接待：暂无人在岗');
		expect(read('alert.opened', {}, opened, { names: 'full', language: 'en' })).toBe(
			'上官婉儿 has come in|For: quote|To see: 薄一波|Please receive: 安娜|Waiting since 10:32',
		);
		expect(read('alert.opened', {}, opened, { names: 'none', language: 'en' })).toMatch(/^A visitor has come in\|/);
	});

	it('nobody is called to a visitor who is with somebody, or gone', () => {
		for (const [state, line] of [
			['acknowledged', '现在：安娜已去接待'],
			['greeted', '现在：薄一波已接待'],
			['closed', '现在：已结束'],
		] as const) {
			const alerts = new Map([['a1', { ...alert, state, acknowledgedBy: 'anna', greetedBy: 'bo' }]]);
			for (const type of ['alert.opened', 'alert.rerouted', 'alert.escalated', 'alert.overdue'] as const) {
				expect(read(type, { alerts })).toContain(line);
				expect(tellOf(event(type), { ...facts, alerts }, zh)?.mentions).toEqual([]);
			}
		}
		expect(tellOf(event('alert.escalated'), facts, zh)?.mentions).toEqual(['bo']);
	});

	it('somebody who was erased meanwhile, and rows that are gone', () => {
		const gone = { alerts: new Map(), visits: new Map(), names: new Map(), guests: new Map(), cameras: new Map() };
		expect(read('alert.opened', gone)).toBe('一位访客到店|请接待：anna|10:33 起等候');
		for (const type of webhookEventSchema.options) expect(read(type, gone)).not.toBeNull();
	});

	it('a guest by the name that was given for them', () => {
		const guest = { ...bodies['guest.expected'], guest: 'g2', customer: null };
		expect(read('guest.expected', {}, guest)).toBe('预约：诸葛先生/女士，11-30 10:32|来意：试驾|找：薄一波');
		expect(read('guest.expected', {}, { ...guest, guest: 'g3' })).toMatch(/^预约：一位访客，/);
	});

	it('what is no failure of a camera is not told', () => {
		for (const state of ['connecting', 'live', 'stalled', 'ended', 'stopped'])
			expect(read('camera.changed', {}, { camera: 'cam-1', state, reason: null })).toBeNull();
	});
});

it('many alerts in one message: eight are named, the others counted, everybody called once', () => {
	const tells = Array.from({ length: 13 }, (_, n) => say(`访客 ${n}`, n % 2 ? [] : ['来意：试驾', '10:32 起等候'], ['anna', `s${n % 3}`]));
	expect(joined(tells, wordsOf('zh'))).toEqual({
		headline: '13 条到店提醒',
		lines: [...[0, 1, 2, 3, 4, 5, 6, 7].map((n) => `访客 ${n}${n % 2 ? '' : '（来意：试驾、10:32 起等候）'}`), '还有 5 条…'],
		figures: [],
		mentions: ['anna', 's0', 's1', 's2'],
	});
});

describe('whatever is sent', () => {
	const channels = ['json', 'wecom', 'dingtalk', 'feishu'].flatMap((kind) =>
		['zh', 'en'].flatMap((language) =>
			['surname', 'full', 'none'].flatMap((names) =>
				webhooksOf({
					...{ id: kind, kind, language, names, secret: 's3cret' },
					url: 'https://example.com/hook?key=k',
					mentions: { anna: 'ou_anna' },
				}),
			),
		),
	);

	it('every kind of event makes a message for everybody, without a telephone, a photograph, a face or a text', () => {
		for (const webhook of channels)
			for (const type of webhookEventSchema.options) {
				const sent = channelOf(webhook).compose([event(type)], facts, OPENED);
				expect(sent?.body, `${webhook.kind} ${type}`).toBeTruthy();
				const all = `${sent?.body} ${JSON.stringify(sent?.headers)}`;
				expect(all).not.toMatch(/13912345678|\/9j\/|\xff\xd8|0\.3127|sface|note-1|s3cret/);
				expect(all).not.toMatch(/undefined|\bNaN\b|\[object/);
				if (webhook.names === 'none') expect(all).not.toMatch(/上官|李/);
				if (webhook.names === 'surname') expect(all).not.toMatch(/婉|雷/);
			}
	});

	it('both languages say everything in their own', () => {
		for (const type of webhookEventSchema.options) {
			const english = read(type, { names: new Map(), cameras: new Map() }, undefined, { names: 'none', language: 'en' });
			expect(english).not.toMatch(/\p{Script=Han}/u);
			expect(read(type)).toMatch(/\p{Script=Han}/u);
		}
	});
});
