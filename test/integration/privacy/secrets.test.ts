import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeClip, RtspServer } from '../../rtsp/rtsp-server.js';
import { buildModels } from '../agent/agent.js';
import { fullRun } from './full-run.js';
import { leakEverywhere } from './leaky-house.js';
import { type Allowed, judge, type Piece, SecretSearch } from './secret-search.js';
import { cameraPasswords, passwords, Stage, telephones } from './stage.js';

/*
 * Nothing that the program puts out holds a secret that it was given or made: what commands print, the process list, the environments of
 * what it starts, answers, socket packets, and what a run leaves in files.
 */

/** Who is told which secret. Everything else is a leak. */
const allowed: readonly Allowed[] = [
	// What is made here is told once, to whoever asked for it.
	{ secret: /^set-up code$/, place: /^stderr of start$/, once: true },
	{ secret: /^token \d+ of a session$/, place: /^cookie of POST \/api\/(setup|sign-in) 200 to /, once: true },
	{ secret: /^token \d+ of a device$/, place: /^cookie of POST \/api\/pair 200 to /, once: true },
	{ secret: /^pairing code/, place: /^body of POST \/api\/devices\/codes 200 to the administrator$/, once: true },
	{ secret: /^API token/, place: /^body of POST \/api\/tokens 201 to the administrator$/, once: true },
	{ secret: /^password code$/, place: /^body of POST \/api\/staff\/li\/password-code 200 to the administrator$/, once: true },
	{ secret: /^TOTP secret$/, place: /^body of POST \/api\/me\/totp 200 to the administrator$/, once: true },
	{ secret: /^recovery code/, place: /^body of POST \/api\/me\/totp\/confirm 200 to the administrator$/, once: true },
	// Telephones are for people signed in who may read customers, for programs that may, and for whoever has the data directory and its key.
	{
		secret: /^telephone/,
		place: /^body of (GET|POST|PATCH) \/api\/customers\S* 20[01] to the (administrator|manager|consultant|reader of customers)$/,
	},
	{ secret: /^telephone/, place: /^body of \S+ \/api\/(im|ex)ports\/customers\S* 20[012] to the (administrator|manager)$/ },
	{ secret: /^telephone: checkIn$/, place: /^body of GET \/api\/visits 200 to the (administrator|manager|consultant)$/ },
	{ secret: /^telephone/, place: /^stdout of customers list$/ },
	{ secret: /^telephone: checkIn$/, place: /^stdout of log export$/ },
	{ secret: /^telephone/, place: /^file cwd\/customers\.csv$/ },
	// Where they are kept, for their owner's eyes only.
	{ secret: /^camera password: (right|added|inThePath)$/, place: /^file data\/settings\.json$/ },
	{ secret: /^private key of ca$/, place: /^file data\/tls\/ca\.key$/ },
	{ secret: /^private key of server$/, place: /^file data\/tls\/server\.key$/ },
];

let folder: string;
let stage: Stage;
let server: RtspServer;
let pieces: Piece[];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'showroom-secrets-'));
	const [clip] = await Promise.all([
		makeClip(folder, 'clip', { codec: 'h264', width: 320, height: 180, seconds: 4, gop: 25 }),
		buildModels(join(folder, 'models')),
	]);
	const auth = { method: 'basic', user: 'viewer', password: cameraPasswords.right } as const;
	server = await RtspServer.start({ mounts: { door: [clip] }, auth });
	stage = new Stage(folder);
	const begun = performance.now();
	await fullRun(stage, server, join(folder, 'models'));
	pieces = await stage.pieces();
	const bytes = pieces.reduce((sum, piece) => sum + piece.bytes.length, 0);
	console.info(`${pieces.length} pieces, ${(bytes / 1e6).toFixed(1)} MB, in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
}, 240_000);
afterAll(async () => {
	await stage?.end();
	await server?.stop();
	await rm(folder, { recursive: true, force: true });
});

it('a full run tells no secret to anybody but those it is for', () => {
	const { leaks, idle } = judge(pieces, stage.search, allowed);
	expect(leaks).toEqual([]);
	// Whoever may be told a secret was told it: the run has been everywhere.
	expect(idle).toEqual([]);
});

describe('the same search finds', () => {
	it('a secret in every kind of place', async () => {
		const leaky = await mkdtemp(join(tmpdir(), 'showroom-leaky-'));
		const house = new Stage(leaky);
		try {
			await leakEverywhere(house);
			const { leaks } = judge(await house.pieces(), house.search, allowed);
			// That ffmpeg lives for a moment: whether a look at the process list meets it is chance.
			const certain = leaks.filter((leak) => !/ffmpeg\)?$/.test(leak));
			expect(certain.toSorted()).toEqual(
				[
					'password: cli in stdout of a leaky command',
					'telephone: imported in stderr of a leaky command',
					'password: manager in process list (node)',
					"master key in process list (ffmpeg's own record)",
					'master key in environment of sleep',
					"master key in environment (ffmpeg's own record)",
					'password: boss in head of GET /api/me 200 to somebody',
					'telephone: later in cookie of GET /api/me 200 to somebody',
					'password: bossLater in body of GET /api/me 200 to somebody',
					'telephone: checkIn in socket of somebody',
					'master key in socket of somebody',
					'telephone: customer in file cwd/left.txt',
					`telephone: unknown in file cwd/${telephones.unknown}.csv`,
					'master key in file data/notes.db',
				].toSorted(),
			);
		} finally {
			await house.end();
			await rm(leaky, { recursive: true, force: true });
		}
	}, 30_000);

	const key = Buffer.from('00ff10ef20df30cf40bf50af609f708f80ff10ef20df30cf40bf50af609f7fbf', 'hex');
	const login = Buffer.from(`viewer:${cameraPasswords.right}`).toString('base64');
	const [start, end] = [telephones.customer.slice(0, 3), telephones.customer.slice(-4)];
	const middle = telephones.customer.slice(3, 7);
	it.each([
		['password: boss', passwords.boss],
		['password: boss', JSON.stringify(passwords.boss)],
		['password: boss', encodeURIComponent(passwords.boss)],
		['password: boss', new URLSearchParams({ password: passwords.boss }).toString()],
		['password: boss', Buffer.from(`name=${passwords.boss};`).toString('base64')],
		['password: boss', Buffer.from(passwords.boss).toString('hex')],
		['camera password: right', `rtsp://viewer:${encodeURI(cameraPasswords.right)}@127.0.0.1/door`],
		['camera password: right', `Authorization: Basic ${login}`],
		['key', key],
		['key', key.toString('base64')],
		['key', Buffer.concat([Buffer.from('k'), key]).toString('base64url')],
		['key', key.toString('hex').toUpperCase()],
		['word', 'K7QF-2M9X-RTBA'],
		['word', 'typed k7qf2m9xrtba here'],
		['code', '{"code":"40718832"}'],
		['code', '4071 8832'],
		['telephone: customer', `+86${telephones.customer}`],
		['telephone: customer', `0086 ${start} ${middle} ${end}`],
		['telephone: customer', `${start}-${middle}-${end}`],
		['telephone: customer', `%2B86%20${start}%20${middle}%20${end}`],
		['telephone: customer', `***${telephones.customer.slice(-7)}`],
		['telephone: customer', Buffer.from(`tel:${telephones.customer}`).toString('base64')],
	])('%s in %j', (name, form) => {
		const search = new SecretSearch();
		search.addText('password: boss', passwords.boss);
		search.addLogin('camera password: right', 'viewer', cameraPasswords.right);
		search.addBytes('key', key);
		search.addWord('word', 'K7QF-2M9X-RTBA');
		search.addCode('code', '40718832');
		search.addTelephone('telephone: customer', telephones.customer);
		const around = Buffer.concat([Buffer.from('1795000407188327: "'), Buffer.from(form), Buffer.from('", 17')]);
		expect(search.in(around)).toEqual([name]);
		expect(search.in(Buffer.from('1795000407188327 138****1946, 7731946000'))).toEqual([]);
	});

	it('what is told to the wrong person, in the wrong answer, or twice', () => {
		const search = new SecretSearch();
		search.addTelephone('telephone: checkIn', telephones.checkIn);
		search.addWord('set-up code', 'K7QF-2M9X-RTBA');
		search.addText('token 1 of a session', 'cookies-are-for-the-head-only');
		const told = [telephones.checkIn, 'K7QF-2M9X-RTBA', 'cookies-are-for-the-head-only'].join('\n');
		const right = [
			'body of GET /api/visits 200 to the consultant',
			'body of GET /api/customers 200 to the reader of customers',
			'stderr of start',
			'cookie of POST /api/sign-in 200 to the manager',
		];
		const wrong = [
			"body of GET /api/visits 200 to the consultant's phone",
			'body of GET /api/visits 200 to the reader of visits',
			'body of GET /api/customers 200 to the kiosk',
			'body of POST /api/customers 201 to the writer of customers',
			'body of POST /api/customers 400 to the manager',
			'socket of the consultant',
			'body of POST /api/sign-in 200 to the manager',
			'stderr of users list',
		];
		const all = [...right, ...wrong, ...right].map((place) => ({ place, bytes: Buffer.from(told) }));
		const { leaks } = judge(all, search, allowed);
		for (const place of wrong)
			for (const name of ['telephone: checkIn', 'set-up code', 'token 1 of a session']) expect(leaks).toContain(`${name} in ${place}`);
		expect(leaks).toContain('set-up code in stderr of start, once more');
		expect(leaks).toContain('token 1 of a session in cookie of POST /api/sign-in 200 to the manager, once more');
		expect(leaks.filter((leak) => /^telephone.*(consultant|reader of customers)$/.test(leak))).toEqual([
			'telephone: checkIn in socket of the consultant',
		]);
	});
});
