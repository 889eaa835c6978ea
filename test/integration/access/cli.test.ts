import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeFolder, temporaryFolder } from '../sockets/house.js';

const cli = join(import.meta.dirname, '../../../dist/edge-agent/cli.js');
let dataDir: string;

beforeEach(async () => {
	dataDir = await temporaryFolder();
});
afterEach(() => removeFolder(dataDir));

const run = (input: string, ...args: string[]) => {
	const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args, '--data', dataDir], { input, encoding: 'utf8' });
	return { status, stdout, stderr };
};

describe('showroom users and devices', () => {
	it('add, list, change and disable, reading passwords from standard input only', () => {
		const added = run(
			'correct horse battery\n',
			'users',
			'add',
			'--name',
			'店主',
			'--role',
			'administrator',
			'--id',
			'boss',
			'--password',
			'--off-duty',
			'--json',
		);
		expect([added.status, JSON.parse(added.stdout)]).toEqual([
			0,
			{ id: 'boss', name: '店主', role: 'administrator', onDuty: false, disabled: false, canSignIn: true, totp: false },
		]);
		expect(run('', 'users', 'add', '--name', '李静', '--role', 'consultant', '--id', 'li').status).toBe(0);
		expect(run('', 'users', 'add', '--name', '乙', '--role', 'consultant', '--id', 'li').stderr).toContain('taken');
		expect(run('12345\n', 'users', 'password', 'li').stderr).toContain('too short');
		expect(run('another good one\n', 'users', 'password', '李静').status).toBe(0);
		const { code, expiresAt } = JSON.parse(run('', 'users', 'code', 'li', '--json').stdout);
		expect([code, expiresAt > Date.now()]).toEqual([expect.stringMatching(/^\w{4}-\w{4}-\w{4}$/), true]);
		expect(run('', 'users', 'code', 'nobody').stderr).toContain('nobody is called');
		expect(run('', 'users', 'role', 'li', 'king').status).toBe(2);
		expect(run('', 'users', 'role', 'li', 'adviser').status).toBe(0);
		expect(run('', 'users', 'disable', 'boss').stderr).toContain('last administrator');
		expect(run('', 'users', 'disable', 'li').status).toBe(0);
		expect(JSON.parse(run('', 'users', 'list', '--json').stdout)).toMatchObject([
			{ id: 'boss', canSignIn: true },
			{ id: 'li', role: 'adviser', onDuty: false, disabled: true, canSignIn: false },
		]);
		expect(run('', 'devices', 'pair', '--kind', 'phone', '--name', '手机').stderr).toContain('--staff');
		expect(run('', 'devices', 'pair', '--kind', 'kiosk', '--name', '前台').stdout).toMatch(/^\d{8}\n$/);
		expect(run('', 'devices', 'revoke', 'none').stderr).toContain('no such device');
		expect(run('', 'users', 'sessions', '--json').stdout).toBe('[]\n');
		for (const file of readdirSync(dataDir, { recursive: true, encoding: 'utf8' })) {
			const path = join(dataDir, file);
			if (!statSync(path).isFile()) continue;
			for (const secret of ['correct horse battery', 'another good one', code])
				expect([file, readFileSync(path).includes(secret)]).toEqual([file, false]);
		}
	}, 120_000);
});
