import { TOTP } from 'otpauth';
import { expect } from 'vitest';
import type {
	NewToken,
	PairingCode,
	PasswordCode,
	RecoveryCodes,
	Scope,
	StaffAccountView,
	TotpEnrolment,
} from '../../../edge-agent/contract/access.api.js';
import type { Command } from '../cli/command.js';
import type { Caller } from './caller.js';
import { passwords, type Stage } from './stage.js';

/** Everybody who is known to the agent, by what they are called in the verdict. */
export interface Everybody {
	readonly nobody: Caller;
	readonly administrator: Caller;
	readonly manager: Caller;
	readonly consultant: Caller;
	readonly phone: Caller;
	readonly kiosk: Caller;
	readonly board: Caller;
	readonly visitsReader: Caller;
	readonly customersReader: Caller;
	readonly customersWriter: Caller;
}

/** With the code that the first start prints: the first administrator, then HTTPS. Answers where it is and its authority. */
async function setUp(stage: Stage, agent: Command): Promise<{ readonly url: string; readonly ca: string }> {
	const [, http = '', code = ''] = await agent.says(/Open (http\S+) on this machine and type .*: (\S+)\n/, 30_000);
	stage.search.addWord('set-up code', code);
	const boss = stage.caller('the administrator', http);
	const form = { code, name: '周敏', password: passwords.boss };
	expect((await boss.send('POST', '/api/setup', { json: { ...form, code: passwords.guessed } })).status).toBe(401);
	expect((await boss.send('POST', '/api/setup', { json: { ...form, password: passwords.weak } })).status).toBe(400);
	expect((await boss.send('POST', '/api/setup', { json: form })).status).toBe(200);
	const [, port] = await agent.says(/Other machines and phones: https:\S+:(\d+)\//, 10_000);
	return { url: `https://127.0.0.1:${port}/`, ca: (await boss.send('GET', '/ca.crt')).body };
}

/** Signs in wrong and right, changes the password, and switches one-time codes on and uses them. */
async function administer(stage: Stage, newCaller: (name: string) => Caller): Promise<Caller> {
	const boss = newCaller('the administrator');
	const signIn = (typed: object, who = boss) => who.send('POST', '/api/sign-in', { json: { name: '周敏', ...typed } });
	expect((await signIn({ password: passwords.guessed })).status).toBe(401);
	// As it happens: the password in the field of the name.
	expect((await signIn({ name: passwords.boss, password: passwords.boss })).status).toBe(401);
	expect((await signIn({ password: passwords.boss })).status).toBe(200);
	const change = { current: passwords.boss, password: passwords.bossLater };
	expect((await boss.send('POST', '/api/me/password', { json: { ...change, current: passwords.guessed } })).status).toBe(401);
	expect((await boss.send('POST', '/api/me/password', { json: { ...change, password: passwords.weak } })).status).toBe(400);
	expect((await boss.send('POST', '/api/me/password', { json: change })).status).toBe(204);

	const begun = await boss.send('POST', '/api/me/totp', { json: { password: passwords.bossLater } });
	const { secret }: TotpEnrolment = begun.body;
	stage.search.addText('TOTP secret', secret);
	const codeIn = (ms: number) => new TOTP({ secret, algorithm: 'SHA1', digits: 6, period: 30 }).generate({ timestamp: Date.now() + ms });
	expect((await boss.send('POST', '/api/me/totp/confirm', { json: { code: 'nonsense' } })).status).toBe(401);
	const { recoveryCodes }: RecoveryCodes = (await boss.send('POST', '/api/me/totp/confirm', { json: { code: codeIn(0) } })).body;
	expect(recoveryCodes).toHaveLength(10);
	for (const [index, code] of recoveryCodes.entries()) stage.search.addWord(`recovery code ${index}`, code);
	const later = { password: passwords.bossLater };
	expect((await signIn(later)).body.code).toBe('code-needed');
	expect((await signIn({ ...later, code: 'ABCD-EFGH-JKLM' })).status).toBe(401);
	expect((await signIn({ ...later, code: recoveryCodes[0] })).status).toBe(200);
	// The step of the code before is used up.
	expect((await signIn({ ...later, code: codeIn(30_000) })).status).toBe(200);
	return boss;
}

async function hire(
	stage: Stage,
	boss: Caller,
	newCaller: (name: string) => Caller,
): Promise<{ readonly manager: Caller; readonly consultant: Caller }> {
	const add = async (person: object): Promise<StaffAccountView> => (await boss.send('POST', '/api/staff', { json: person })).body;
	await add({ id: 'ma', name: '马强', role: 'manager', password: passwords.manager });
	await add({ id: 'li', name: '李静', role: 'consultant' });
	await add({ id: 'wang', name: '王磊', role: 'consultant', onDuty: false });
	expect((await boss.send('POST', '/api/staff', { json: { name: '弱', role: 'reception', password: passwords.weak } })).status).toBe(400);
	const { code }: PasswordCode = (await boss.send('POST', '/api/staff/li/password-code')).body;
	stage.search.addWord('password code', code);
	const choose = (password: string) => newCaller('nobody').send('POST', '/api/sign-in/password', { json: { code, password } });
	expect((await newCaller('nobody').send('POST', '/api/sign-in/link', { json: { code } })).status).toBe(401);
	expect((await choose(passwords.weak)).status).toBe(400);
	expect((await choose(passwords.consultant)).status).toBe(200);
	expect((await choose(passwords.guessed)).status).toBe(401);
	const signedIn = async (name: string, id: string, password: string) => {
		const caller = newCaller(name);
		expect((await caller.send('POST', '/api/sign-in', { json: { name: id, password } })).status).toBe(200);
		return caller;
	};
	const manager = await signedIn('the manager', 'ma', passwords.manager);
	return { manager, consultant: await signedIn('the consultant', 'li', passwords.consultant) };
}

/** The way in for everybody: set-up, passwords, one-time codes, pairing, tokens for programs. */
export async function everybodyComesIn(stage: Stage, agent: Command): Promise<Everybody> {
	const { url, ca } = await setUp(stage, agent);
	const newCaller = (name: string) => stage.caller(name, url, ca);
	const boss = await administer(stage, newCaller);
	const staff = await hire(stage, boss, newCaller);
	const pair = async (name: string, pairing: object) => {
		const made: PairingCode = (await boss.send('POST', '/api/devices/codes', { json: { name, ...pairing } })).body;
		stage.search.addCode(`pairing code of ${name}`, made.code);
		const device = newCaller(name);
		expect((await device.send('POST', '/api/pair', { json: { code: made.code } })).status).toBe(200);
		// Used up.
		expect((await newCaller('nobody').send('POST', '/api/pair', { json: { code: made.code } })).status).toBe(401);
		return device;
	};
	const program = async (name: string, scopes: readonly Scope[]) => {
		const { token }: NewToken = (await boss.send('POST', '/api/tokens', { json: { name, scopes } })).body;
		stage.search.addText(`API token of ${name}`, token);
		stage.search.addText(`API token of ${name}`, token.replace('showroom_', ''));
		const caller = newCaller(name);
		caller.bearer = token;
		return caller;
	};
	return {
		...staff,
		nobody: newCaller('nobody'),
		administrator: boss,
		phone: await pair("the consultant's phone", { kind: 'phone', staff: 'li' }),
		kiosk: await pair('the kiosk', { kind: 'kiosk' }),
		board: await pair('the board', { kind: 'board' }),
		visitsReader: await program('the reader of visits', ['read:log', 'read:visits', 'write:checkins']),
		customersReader: await program('the reader of customers', ['read:customers']),
		customersWriter: await program('the writer of customers', ['write:customers']),
	};
}
