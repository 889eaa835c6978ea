import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FaceCheckIns } from '../../../edge-agent/checkin/face-checkins.js';
import type { EventDraft } from '../../../edge-agent/contract/events.js';
import type { FaceAnswer, FaceAsk } from '../../../edge-agent/vision/presentation/face-messages.js';

const jpeg = new ArrayBuffer(2);
const checkIn = { id: '0190a000-0000-7000-8000-000000000001', purpose: 'service', language: 'zh' } as const;

describe('checking in by face', () => {
	let answers: FaceAnswer[];
	let asked: (readonly [string, FaceAsk['do']])[];
	let written: EventDraft[];
	let read: string[];
	let checkedIn: unknown[];
	let rooms: FaceCheckIns;
	let known: number;
	let ids: number;

	beforeEach(() => {
		vi.useFakeTimers();
		[answers, asked, written, read, checkedIn, known, ids] = [[], [], [], [], [], 1, 0];
		rooms = new FaceCheckIns({
			vision: () => ({
				face: async (session, ask) => {
					asked.push([session, ask.do]);
					return ask.do === 'look' ? (answers.shift() ?? { state: 'gone' }) : { state: 'gone' };
				},
			}),
			known: () => known,
			queries: {
				customer: async (id) =>
					id === 'c1' ? { id, name: '王小美女士', telephone: '139', consultant: null, templates: 1, model: null, note: null } : null,
			},
			floor: {
				checkIn: async (...all) => {
					checkedIn.push(all);
					return { visit: 'v1', consultant: null };
				},
			},
			log: {
				append: async (drafts) => {
					written.push(...drafts);
					return [];
				},
			},
			processing: {
				read: async (actor, people, purpose) => {
					read.push(`${actor} ${people.join()} ${purpose}`);
				},
			},
			now: () => ({ wall: Date.now(), mono: performance.now(), boot: 'b' }),
			newId: () => `id-${++ids}`,
			random: () => 0.4,
			onProblem: (message, error) => {
				throw new Error(message, { cause: error });
			},
		});
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	const outcomes = () => written.map(({ type, body }) => [type, body]);
	const tried = (...all: string[]) => all.map((outcome) => ['checkin.face-tried', { outcome }]);

	it('is offered while somebody is enrolled', () => {
		expect(rooms.offered).toBe(true);
		known = 0;
		expect(rooms.offered).toBe(false);
	});

	it('checks in whoever was recognised and says that it is them, and records whose data was looked at', async () => {
		const id = await rooms.begin('k1');
		answers = [
			{ state: 'waiting', instruction: 'turn-left', done: 1, steps: 5 },
			{ state: 'recognised', customer: 'c1' },
		];
		expect(await rooms.look(id, 'k1', jpeg)).toMatchObject({ state: 'waiting', instruction: 'turn-left' });
		expect(await rooms.look(id, 'k1', jpeg)).toEqual({ state: 'recognised', address: { surname: '王', title: 'ms' } });
		expect(read).toEqual(['kiosk:k1 c1 reception']);
		expect(outcomes()).toEqual(tried('recognised'));
		expect(await rooms.confirm(id, 'k1', checkIn)).toEqual({ visit: 'v1', consultant: null });
		const form = { ...checkIn, name: '王小美女士', telephone: null, host: null, model: null };
		expect(checkedIn).toEqual([[form, { via: 'face', customer: 'c1', actor: 'kiosk:k1' }]]);
		expect(JSON.stringify(written)).not.toMatch(/王|c1/);
	});

	it('checks nobody in before they are recognised, from another kiosk, or after the session', async () => {
		const id = await rooms.begin('k1');
		expect(await rooms.confirm(id, 'k1', checkIn)).toBe(null);
		answers = [{ state: 'recognised', customer: 'c1' }];
		expect(await rooms.look(id, 'k2', jpeg)).toEqual({ state: 'gone' });
		await rooms.look(id, 'k1', jpeg);
		expect(await rooms.confirm(id, 'k2', checkIn)).toBe(null);
		await rooms.end(id, 'k2');
		await rooms.end(id, 'k1');
		expect(await rooms.confirm(id, 'k1', checkIn)).toBe(null);
		expect(checkedIn).toEqual([]);
	});

	it('says in the log how each session ended, and nothing of whom', async () => {
		for (const answer of [{ state: 'failed', reason: 'flat' }, { state: 'nobody' }, { state: 'recognised', customer: 'erased' }] as const) {
			const id = await rooms.begin('k1');
			answers = [answer];
			await rooms.look(id, 'k1', jpeg);
		}
		expect(outcomes()).toEqual(tried('flat', 'nobody', 'nobody'));
		expect(await rooms.look('id-1', 'k1', jpeg)).toEqual({ state: 'gone' });
	});

	it('ends, and tells the worker to forget the face, when the line is silent, another session begins, or all ends', async () => {
		const first = await rooms.begin('k1');
		await vi.advanceTimersByTimeAsync(5100);
		expect(asked).toContainEqual([first, 'close']);
		const second = await rooms.begin('k1');
		const third = await rooms.begin('k1');
		expect(asked).toContainEqual([second, 'close']);
		await rooms.stop();
		expect(asked).toContainEqual([third, 'close']);
		expect(outcomes()).toEqual(tried('given-up', 'given-up', 'given-up'));
		expect(vi.getTimerCount()).toBe(0);
	});

	it('lasts 30 s at most', async () => {
		const id = await rooms.begin('k1');
		for (let second = 0; second < 40; second++) {
			answers = [{ state: 'waiting', instruction: 'look-straight', done: 0, steps: 5 }];
			await rooms.look(id, 'k1', jpeg);
			await vi.advanceTimersByTimeAsync(1000);
		}
		expect(outcomes()).toEqual(tried('given-up'));
		expect(await rooms.look(id, 'k1', jpeg)).toEqual({ state: 'gone' });
	});

	it('keeps a kiosk waiting at which nobody was recognised many times, and forgets that for whoever is', async () => {
		const fail = async () => {
			const id = await rooms.begin('k1');
			answers = [{ state: 'failed', reason: 'flat' }];
			await rooms.look(id, 'k1', jpeg);
		};
		for (let i = 0; i < 6; i++) await fail();
		await expect(rooms.begin('k1')).rejects.toThrow('too-many-tries');
		expect(await rooms.begin('k2')).toBeTruthy();
		await vi.advanceTimersByTimeAsync(31_000);
		await fail();
		await expect(rooms.begin('k1')).rejects.toThrow('too-many-tries');
		await rooms.stop();
	});

	it('goes on with the picture before when one cannot be read, and lets go what comes meanwhile', async () => {
		const id = await rooms.begin('k1');
		const waiting = { state: 'waiting', instruction: 'turn-left', done: 1, steps: 5 } as const;
		answers = [waiting, { state: 'unreadable' }];
		await rooms.look(id, 'k1', jpeg);
		const [bad, meanwhile] = await Promise.all([rooms.look(id, 'k1', jpeg), rooms.look(id, 'k1', jpeg)]);
		expect([bad, meanwhile]).toEqual([waiting, waiting]);
		expect(asked.filter(([, what]) => what === 'look')).toHaveLength(2);
		await rooms.stop();
	});
});
