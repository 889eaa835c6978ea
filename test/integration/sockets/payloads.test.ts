import sharp from 'sharp';
import { expect, it } from 'vitest';
import type { Screen } from './house.js';
import { live, Stage, until } from './stage.js';

const stage = new Stage();
const TELEPHONES = ['13912345678', '13887654321', '13700001111'];

/** Everything that came over the wire to a screen, as it came. */
function wire(screen: Screen): () => Buffer {
	const parts: Buffer[] = [];
	const hear = () =>
		screen.socket.io.engine.on('packet', ({ data }: { data?: unknown }) => {
			if (typeof data === 'string') parts.push(Buffer.from(data));
			else if (data instanceof Uint8Array || data instanceof ArrayBuffer) parts.push(Buffer.from(data as Uint8Array));
		});
	screen.socket.io.on('open', hear);
	return () => Buffer.concat(parts);
}

async function portrait(): Promise<Uint8Array> {
	const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
	return new Uint8Array(
		await sharp({ create: { width: 120, height: 160, channels: 3, background: '#caa', noise } })
			.jpeg()
			.toBuffer(),
	);
}

/** Li Lei, with a telephone, a remark from the dealer's file, and a photograph that his grant has kept. */
async function liLei(): Promise<Uint8Array> {
	const { log, rooms } = stage.house;
	const jpeg = await portrait();
	const notice = (await rooms.consent.notices()).find(({ audience, current }) => audience === 'customer' && current)?.hash ?? '';
	const purposes = ['recognition' as const, 'photograph' as const];
	await rooms.consent.grant('staff:anna', 'li', { notice, purposes, via: 'paper', language: 'zh', under14: false, guardian: null });
	await log.append(
		[],
		[
			{ table: 'customers', id: 'li', name: '李雷', telephone: TELEPHONES[0] ?? '', consultant: 'bo' },
			{ table: 'customer_notes', id: 'li', model: 'Aurora', note: '电话请打 13700001111' },
			{ table: 'photographs', id: 'photograph-1', person: 'li', jpeg },
		],
	);
	return jpeg;
}

it('a delivery says what whoever receives the visitor wants to know; no telephone, remark or photograph goes to any screen', async () => {
	const jpeg = await liLei();
	const { floor } = stage.house;
	const [bo, ma, wall] = [stage.screen('bo', 'phone'), stage.screen('ma', 'desktop'), stage.screenWith(stage.board(), 'wall')];
	const wires = [bo, ma, wall].map(wire);
	await live(bo, ma, wall);
	const told: unknown[] = [];
	bo.socket.on('alert', ({ alert }) => told.push(alert));
	const who = { person: 'li', kind: 'customer' } as const;
	const crossing = { kind: 'crossing', camera: 'cam-1', entrance: 'main', direction: 'in', who } as const;
	await floor.see({ ...crossing, track: 1, at: { wall: Date.now(), mono: Number(process.hrtime.bigint()) / 1e6, boot: 'b' } });
	await until(() =>
		expect(told).toMatchObject([{ customer: { id: 'li', name: '李雷' }, interests: ['Aurora'], tasks: [], photograph: true }]),
	);
	const form = { id: crypto.randomUUID(), name: '韩梅梅', telephone: TELEPHONES[1] ?? '', model: null, language: 'zh' } as const;
	await floor.checkIn({ ...form, purpose: 'quote', host: 'bo' }, { via: 'touch', customer: null, actor: 'kiosk:main' });
	const [alert] = await stage.house.log.alerts({ open: true });
	await floor.alerts.greet(alert?.id ?? '', 'bo');
	await floor.alerts.handOver(alert?.visit ?? '', 'bo', 'ma');
	await until(() => expect(ma.deliveries.length).toBeGreaterThan(0));
	await until(() => expect(wires[0]?.().includes(Buffer.from('韩梅梅'))).toBe(true));
	await until(() => expect([...wall.alerts.values()].some(({ kind }) => kind === 'hand-over')).toBe(true));
	for (const heard of wires.map((take) => take())) {
		expect(heard.length).toBeGreaterThan(500);
		for (const telephone of TELEPHONES) expect(heard.includes(Buffer.from(telephone))).toBe(false);
		expect(heard.includes(Buffer.from('电话请打'))).toBe(false);
		for (const part of [jpeg.subarray(200, 232), jpeg.subarray(0, 12)]) {
			expect(heard.includes(Buffer.from(part))).toBe(false);
			expect(heard.includes(Buffer.from(Buffer.from(part).toString('base64').slice(0, -4)))).toBe(false);
		}
	}
});

it('a wall gets alerts and no deliveries, visits or lists, and nothing of what a customer came for before', async () => {
	await liLei();
	const [bo, wall] = [stage.screen('bo', 'phone'), stage.screenWith(stage.board(), 'wall')];
	const others: string[] = [];
	wall.socket.onAny((message: string) => message !== 'change' && message !== 'camera' && others.push(message));
	await live(bo, wall);
	const who = { person: 'li', kind: 'customer' } as const;
	const at = { wall: Date.now(), mono: Number(process.hrtime.bigint()) / 1e6, boot: 'b' };
	await stage.house.floor.see({ kind: 'crossing', camera: 'cam-1', entrance: 'main', direction: 'in', who, track: 1, at });
	await until(() => expect(bo.deliveries.length).toBe(1));
	const [delivery = ''] = bo.deliveries;
	const alert = delivery.split('/')[0] ?? '';
	await until(() => expect(bo.alerts.get(alert)).toMatchObject({ interests: ['Aurora'], photograph: true }));
	await until(() =>
		expect(wall.alerts.get(alert)).toMatchObject({
			...{ customer: { id: 'li', name: '李雷' }, told: ['bo'] },
			...{ interests: [], tasks: [], lastVisitAt: null, photograph: false },
		}),
	);
	await stage.house.floor.duty.set('anna', 'break', null, 'anna');
	const lists = new Promise((resolve) => bo.socket.once('lists', resolve));
	await lists;
	expect([others, wall.visits.size, bo.visits.size]).toEqual([[], 0, 1]);
	// Over HTTP it is told the same.
	const cookie = await stage.board();
	const answer = await fetch(`${stage.house.url}/api/alerts?open=true`, { headers: { cookie } });
	expect(await answer.json()).toMatchObject({ alerts: [{ id: alert, interests: [], photograph: false }] });
});

it('what changes besides visits and alerts themselves changes on the alert: a name that is erased, a photograph that may not be asked for any more', async () => {
	await liLei();
	const bo = stage.screen('bo', 'phone');
	await live(bo);
	const who = { person: 'li', kind: 'customer' } as const;
	const at = { wall: Date.now(), mono: Number(process.hrtime.bigint()) / 1e6, boot: 'b' };
	await stage.house.floor.see({ kind: 'crossing', camera: 'cam-1', entrance: 'main', direction: 'in', who, track: 1, at });
	await until(() => expect([...bo.alerts.values()]).toMatchObject([{ photograph: true }]));
	await stage.house.rooms.consent.withdraw('staff:bo', 'li', 'face');
	await until(() => expect([...bo.alerts.values()]).toMatchObject([{ customer: { name: '李雷' }, photograph: false }]));
	await stage.house.rooms.consent.withdraw('staff:bo', 'li', 'everything');
	await until(() => expect([...bo.alerts.values()]).toMatchObject([{ customer: null }]));
	await until(() => expect([...bo.visits.values()]).toMatchObject([{ customer: null }]));
});
