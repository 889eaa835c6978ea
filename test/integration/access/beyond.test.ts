import { stat } from 'node:fs/promises';
import { Agent } from 'node:https';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { connect as tlsConnect } from 'node:tls';
import { io } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeAuthority, makeServerCertificate } from '../../../edge-agent/http/tls/certificate.js';
import { serverCertificate } from '../../../edge-agent/http/tls/certificate.store.js';
import { type House, openHouse, removeFolder, temporaryFolder } from '../sockets/house.js';
import { Browser } from './browser.js';

const password = 'correct horse battery';
/** An address of this machine that is not loopback. */
const lan = Object.values(networkInterfaces())
	.flatMap((list) => list ?? [])
	.find(({ internal, family }) => !internal && family === 'IPv4')?.address;

let dataDir: string;
let house: House;
const options = () => ({ host: '0.0.0.0', port: 0, directory: join(dataDir, 'tls'), own: null, names: ['shop.example'], now: Date.now });

const listens = (host: string, port: number) =>
	new Promise<boolean>((resolve) => {
		const socket = connect({ host, port }, () => resolve(true));
		socket.on('error', () => resolve(false));
		socket.on('connect', () => socket.destroy());
	});

beforeEach(async () => {
	dataDir = await temporaryFolder();
	house = await openHouse(dataDir, { beyond: options() });
});
afterEach(async () => {
	await house.close();
	expect(house.problems).toEqual([]);
	await removeFolder(dataDir);
});

/** Makes the administrator as the console does, and waits until HTTPS listens. */
async function setUp(): Promise<{ port: number; ca: string }> {
	const code = (await house.access.signIn.setupCode()) ?? '';
	expect((await new Browser(house.url).post('/api/setup', { code, name: '店主', password })).status).toBe(200);
	await vi.waitFor(() => expect(house.server.beyond).not.toBeNull());
	const answer = await new Browser(house.url).get('/ca.crt');
	expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/x-x509-ca-cert']);
	return { port: house.server.beyond?.port ?? 0, ca: answer.body };
}

describe.skipIf(lan === undefined)('beyond this machine', () => {
	it('nothing listens before there is an administrator; then HTTPS does, at once and after a restart', async () => {
		expect([house.server.beyond, await listens(lan ?? '', house.port)]).toEqual([null, false]);
		expect((await new Browser(house.url).get('/ca.crt')).status).toBe(404);
		const { port, ca } = await setUp();
		const there = new Browser(`https://${lan}:${port}`, new Agent({ ca }));
		expect((await there.get('/api/me')).body).toEqual({ kind: 'nobody', setupNeeded: false });
		// HTTP stays on this machine.
		expect(await listens(lan ?? '', house.port)).toBe(false);
		await house.close();
		house = await openHouse(dataDir, { beyond: options(), staff: false });
		const again = house.server.beyond?.port ?? 0;
		expect((await new Browser(`https://${lan}:${again}`, new Agent({ ca })).get('/healthz')).body).toEqual({ ok: true });
	});

	it('the cookie is for HTTPS only, browsers are told to stay with it, and sockets work', async () => {
		const { port, ca } = await setUp();
		const agent = new Agent({ ca });
		const there = new Browser(`https://${lan}:${port}`, agent);
		const signedIn = await there.post('/api/sign-in', { name: '店主', password });
		expect(signedIn.cookies[0]).toMatch(/^__Host-showroom-session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
		expect(signedIn.headers['strict-transport-security']).toBe('max-age=15552000');
		expect((await new Browser(house.url).get('/healthz')).headers['strict-transport-security']).toBeUndefined();
		const local = new Browser(`https://localhost:${port}`, agent);
		expect((await local.get('/healthz')).headers['strict-transport-security']).toBeUndefined();
		const socket = io(`https://${lan}:${port}/desk`, {
			...{
				transports: ['websocket'],
				forceNew: true,
				reconnection: false,
				extraHeaders: { cookie: there.cookie },
				auth: { device: 'd', after: 0 },
				ca,
			},
		});
		await new Promise<void>((resolve, reject) => {
			socket.on('connect', resolve);
			socket.on('connect_error', reject);
		});
		// A cookie that plain HTTP set counts for nothing here.
		expect((await new Browser(`https://${lan}:${port}`, agent).get('/api/me', { cookie: await house.cookie('ma') })).body.kind).toBe(
			'nobody',
		);
		socket.close();
	});

	it('a request names this box by a name of its certificate', async () => {
		const { port, ca } = await setUp();
		// Node holds the certificate against the name in the header; a browser that was misled (DNS rebinding) would not come so far.
		const there = new Browser(`https://${lan}:${port}`, new Agent({ ca, checkServerIdentity: () => undefined }));
		expect((await there.get('/healthz', { host: `shop.example:${port}` })).status).toBe(200);
		expect((await there.get('/healthz', { host: 'evil.example' })).code).toBe('not-local');
	});

	it('closes while a handshake hangs', async () => {
		const { port } = await setUp();
		const hanging = connect(port, lan ?? '');
		await new Promise((resolve) => hanging.on('connect', resolve));
		hanging.on('error', () => {});
		const start = performance.now();
		await house.close();
		expect(performance.now() - start).toBeLessThan(3000);
		house = await openHouse(dataDir, { staff: false });
	});
});

describe('the certificate', () => {
	it('is trusted through the authority alone, names this machine, and its keys are nobody else’s', async () => {
		const { port, ca } = await setUp();
		const peer = await new Promise<{ subjectaltname?: string; authorized: boolean; protocol: string | null }>((resolve, reject) => {
			const socket = tlsConnect({ host: '127.0.0.1', port, ca, servername: 'localhost' }, () => {
				resolve({ ...socket.getPeerCertificate(), authorized: socket.authorized, protocol: socket.getProtocol() });
				socket.destroy();
			});
			socket.on('error', reject);
		});
		expect([peer.authorized, peer.protocol]).toEqual([true, 'TLSv1.3']);
		expect(peer.subjectaltname).toContain('DNS:shop.example');
		expect(peer.subjectaltname).toContain('IP Address:127.0.0.1');
		await expect(new Browser(`https://127.0.0.1:${port}`, new Agent({})).get('/healthz')).rejects.toThrow(/certificate/);
		for (const key of ['ca.key', 'server.key']) expect((await stat(join(dataDir, 'tls', key))).mode & 0o777).toBe(0o600);
	});

	it('is made anew before it ends and for a new name, never the authority', async () => {
		const day = 86_400_000;
		const first = await serverCertificate(options());
		expect((await serverCertificate({ ...options(), now: () => Date.now() + 300 * day })).certificate).toBe(first.certificate);
		const renewed = await serverCertificate({ ...options(), now: () => Date.now() + 380 * day });
		expect(renewed.certificate).not.toBe(first.certificate);
		const named = await serverCertificate({ ...options(), names: ['other.example'] });
		expect(named.names).toContain('other.example');
		expect([renewed.authority, named.authority]).toEqual([first.authority, first.authority]);
	});

	it('may be the user’s own; a wrong one says which file and what to do', async () => {
		const { writeFile } = await import('node:fs/promises');
		const authority = await makeAuthority('test', Date.now());
		const [mine, other] = [
			await makeServerCertificate(authority, ['a.example'], Date.now()),
			await makeServerCertificate(authority, ['b.example'], Date.now()),
		];
		const paths = { certificate: join(dataDir, 'my.crt'), key: join(dataDir, 'my.key') };
		await writeFile(paths.certificate, mine.certificate);
		await writeFile(paths.key, mine.key);
		expect(await serverCertificate({ ...options(), own: paths })).toMatchObject({ names: ['a.example'], authority: null });
		await writeFile(paths.key, other.key);
		await expect(serverCertificate({ ...options(), own: paths })).rejects.toThrow('my.key: certificate and key cannot be used together');
		await expect(serverCertificate({ ...options(), own: { ...paths, key: '/none' } })).rejects.toThrow(
			'server.tls.key: /none cannot be read',
		);
	});
});
