import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openShowroomLog } from '../../../edge-agent/log/showroom-log.js';
import { showroom } from './command.js';

let dataDir: string;
beforeEach(() => {
	dataDir = join(mkdtempSync(join(tmpdir(), 'showroom-users-')), 'data');
});
afterEach(() => rmSync(join(dataDir, '..'), { recursive: true }));

const users = (...args: string[]) => showroom(['users', ...args, '--data', dataDir]);

it('adds staff to a new showroom, and lists them', async () => {
	const added = await users('add', '--name', ' 李静 ', '--role', 'consultant', '--json');
	expect(added).toMatchObject({ code: 0, err: '' });
	const [li] = added.json<{ id: string }>();
	const nobodyYet = { disabled: false, canSignIn: false, totp: false };
	expect(li).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), name: '李静', role: 'consultant', onDuty: true, ...nobodyYet });
	const wang = await users('add', '--name', '王磊', '--role', 'manager', '--id', 'wang', '--off-duty');
	expect(wang).toMatchObject({ code: 0, out: 'added 王磊 (wang)\n' });
	expect((await users('list', '--json')).json()).toEqual([
		[li, { id: 'wang', name: '王磊', role: 'manager', onDuty: false, ...nobodyYet }],
	]);
	expect((await users()).out).toMatch(/^[0-9a-f-]{36} {2}consultant {6}on duty {4}- +李静\nwang +manager +off duty +- +王磊\n$/);
	const twice = await users('add', '--name', '孙丽', '--role', 'consultant', '--id', 'wang');
	expect(twice).toMatchObject({ code: 1, err: 'showroom: this id is taken: choose another one, or leave --id out\n' });
	// A customer's consultant is named by the name that staff were added with.
	const customer = await showroom(['customers', 'add', '--name', '刘洋', '--consultant', '李静', '--data', dataDir, '--json']);
	expect(customer.json()).toMatchObject([{ consultant: li?.id }]);
});

it('lists while an agent runs, and says who is in the way of adding', async () => {
	const agent = openShowroomLog({ dataDir });
	await agent.start();
	try {
		expect(await users('list', '--json')).toMatchObject({ code: 0, out: '[]\n' });
		const added = await users('add', '--name', '李静', '--role', 'consultant');
		expect(added).toMatchObject({
			code: 1,
			err: expect.stringContaining(`in use by a running agent (process ${process.pid}): stop it first`),
		});
	} finally {
		await agent.stop();
	}
});

it('refuses wrong usage and missing data', async () => {
	const wrong = [
		['add', '--name', '李静'],
		['add', '--role', 'consultant'],
		['add', '--name', '', '--role', 'consultant'],
		['add', '--name', '李静', '--role', 'boss'],
		['add', '--name', '李静', '--role', 'consultant', '--id', '李'],
		['remove'],
	];
	for (const args of wrong) expect({ args, ...(await users(...args)) }).toMatchObject({ code: 2, out: '' });
	expect((await users('add', '--name', '李静', '--role', 'boss')).err).toContain('choose one of: consultant, adviser');
	const none = await users('list');
	expect(none).toMatchObject({ code: 1, err: expect.stringContaining('--data') });
});
