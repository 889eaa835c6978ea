import { createPrivateKey, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import type { RtspServer } from '../../rtsp/rtsp-server.js';
import { type CommandOptions, childrenOf } from '../cli/command.js';
import { cameraPasswords, passwords, rtspLogin, type Stage, telephones } from './stage.js';

/** The commands of a store whose agent has ended. */
export async function onTheCommandLine(stage: Stage, config: string): Promise<void> {
	/** Answers its exit code. */
	const run = (name: string, args: readonly string[], options: CommandOptions = {}) =>
		stage.command(name, [...args, '--data', stage.dataDir], options).end();
	const [good, bad] = ['people.csv', 'broken.csv'].map((name) => join(stage.given, name)) as [string, string];
	writeFileSync(good, `姓名,手机\n陈九,${telephones.imported[0]}\n`);
	writeFileSync(bad, `${telephones.inABadFile},${telephones.inABadFile}\n`);
	const reading = [
		['users list', ['users', 'list', '--json'], 0],
		['customers list', ['customers', 'list'], 0],
		['log show', ['log', 'show', '--after', '0', '--limit', '100000', '--json'], 0],
		['log verify', ['log', 'verify'], 0],
		['log export', ['log', 'export', '--format', 'jsonl'], 0],
		['keys show', ['keys', 'show'], 0],
		['doctor', ['doctor', '--config', config], 0],
	] as const;
	const writing = [
		['users add', ['users', 'add', '--name', '孙丽', '--role', 'reception', '--id', 'sun', '--password'], 0, `${passwords.cli}\n`],
		['users add', ['users', 'add', '--name', '弱', '--role', 'reception', '--password'], 1, `${passwords.weak}\n`],
		['users password', ['users', 'password', 'sun'], 0, `${passwords.cliLater}\n`],
		['users sessions', ['users', 'sessions', '--json'], 0],
		['devices list', ['devices', 'list', '--json'], 0],
		['customers add', ['customers', 'add', '--name', '钱多', '--telephone', '-'], 0, `${telephones.fromTheCommandLine}\n`],
		['customers add', ['customers', 'add', '--name', '钱多', '--telephone', '-'], 2, `${telephones.misplaced}x\n`],
		['customers import', ['customers', 'import', good, '--yes'], 0],
		['customers import', ['customers', 'import', bad, '--yes'], 1],
		['customers export', ['customers', 'export', join(stage.cwd, 'customers.csv')], 0],
	] as const;
	const inTurn = async (commands: typeof reading | typeof writing) => {
		for (const [name, args, code, input = ''] of commands) expect([name, await run(name, args, { input })]).toEqual([name, code]);
	};
	await Promise.all([inTurn(reading), inTurn(writing)]);
	await rotateKey(stage, run);
}

type Run = (name: string, args: readonly string[], options?: CommandOptions) => Promise<number | null>;

/** Another master key, and a start with the former one. */
async function rotateKey(stage: Stage, run: Run): Promise<void> {
	const former = stage.masterKey;
	const next = randomBytes(32);
	stage.search.addBytes('next master key', next);
	const file = join(stage.given, 'next.key');
	writeFileSync(file, next.toString('base64'), { mode: 0o600 });
	expect(await run('keys rotate', ['keys', 'rotate', '--to', file])).toBe(0);
	expect(await run('start with the wrong key', ['start', '--port', '0'])).toBe(1);
	const noKey = { SHOWROOM_MASTER_KEY: former.toString('base64').slice(0, 30) };
	expect(await run('start with half a key', ['start', '--port', '0'], { env: noKey })).toBe(1);
	stage.masterKey = next;
	expect(await run('keys show', ['keys', 'show'])).toBe(0);
}

/** Starts that come to nothing: settings that are wrong in every way in which they hold a password, and a port that is taken. */
export async function startsThatFail(stage: Stage): Promise<void> {
	const url = (password: string, scheme = 'rtsp') => `${scheme}://viewer:${password}@127.0.0.1/door`;
	const { badYaml, tagged, asKey, badScheme, asAlias } = cameraPasswords;
	const settings: Readonly<Record<string, string>> = {
		'a broken line': `cameras:\n  - id: door\n    source: "${url(badYaml)}\n`,
		'a word before the address': `cameras:\n  - { id: door, name: door, source: !address ${url(tagged)}, rate: fast }\n`,
		'no space after the colon': `cameras:\n  - { id: door, name: door, source:${url(asKey)} }\n`,
		'another scheme': `cameras:\n  - { id: door, name: door, source: '${url(badScheme, 'http')}' }\n`,
		'an asterisk': `cameras:\n  - { id: door, name: *${asAlias}, source: '${url(asAlias)}' }\n`,
	};
	const start = async (name: string, config: string) => {
		const command = stage.command(`start, ${name}`, ['start', '--port', '0', '--config', config, '--data', join(stage.given, 'data')]);
		expect([name, await command.end()]).toEqual([name, 1]);
		expect(command.err).toMatch(/showroom: .*\.yaml/);
	};
	const files = Object.entries(settings).map(([name, text], index) => {
		const file = join(stage.given, `${index}.yaml`);
		writeFileSync(file, text);
		return [name, file] as const;
	});
	for (const [name, file] of files) await start(name, file);
	const other = createServer();
	await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
	const address = other.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	const taken = stage.command('start on a port in use', ['start', '--port', `${port}`, '--data', stage.dataDir]);
	expect(await taken.end()).toBe(1);
	other.close();
}

/** `showroom watch -` on a camera that shows pictures, one that is not there, and an address that is none. */
export async function watchCameras(stage: Stage, server: RtspServer): Promise<void> {
	const watch = (address: string) => stage.command('watch', ['watch', '-', '--json', '--data', stage.dataDir], { input: `${address}\n` });
	const absent = watch(`rtsp://viewer:${cameraPasswords.watched}@127.0.0.1:9/door`);
	await absent.says('does not answer', 20_000);
	expect(await absent.kill('SIGTERM')).toBe(0);
	const shown = watch(server.url('door', rtspLogin(cameraPasswords.right)));
	await vi.waitFor(() => expect(childrenOf(shown.pid)).toMatchObject([{ name: 'ffmpeg' }]), 20_000);
	await wait(1000);
	expect(await shown.ctrlC()).toBe(0);
	expect(await watch(`http://viewer:${cameraPasswords.watched}@127.0.0.1/`).end()).toBe(1);
}

/** The private keys that the box made for HTTPS. */
export function knowPrivateKeys(stage: Stage): void {
	for (const name of ['ca', 'server']) {
		const pem = readFileSync(join(stage.dataDir, 'tls', `${name}.key`), 'utf8');
		const { d = '' } = createPrivateKey(pem).export({ format: 'jwk' });
		stage.search.addBytes(`private key of ${name}`, Buffer.from(d, 'base64url'));
		// As the file writes it, the key goes over two lines; then comes the public one.
		for (const line of pem.split('\n').slice(1, 3)) stage.search.addText(`private key of ${name}`, line);
	}
}
