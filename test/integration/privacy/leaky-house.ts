import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Server } from 'socket.io';
import { vi } from 'vitest';
import { passwords, type Stage, telephones } from './stage.js';

/** Programs, a server and files that tell the stage's secrets in every kind of place: what a search that works has to find. */
export async function leakEverywhere(stage: Stage): Promise<void> {
	stage.watch.start();
	const node = (code: string, options: object = {}) => stage.command('a leaky command', [], { node: ['-e', code], ...options });
	const key = stage.masterKey.toString('hex');
	// As one typed on a command line, and as one that a child inherits.
	const inList = stage.command('a leaky command', [passwords.manager], { node: ['-e', 'setTimeout(() => {}, 600)'] });
	const spawning =
		"const { spawn } = require('node:child_process'); spawn('sleep', ['0.6']); spawn('ffmpeg', ['-version', process.env.LEAK]);";
	await Promise.all([
		node('process.stdin.pipe(process.stdout)', { input: passwords.cli }).end(),
		node('process.stdin.pipe(process.stderr)', { input: telephones.imported[0] }).end(),
		node(spawning, { env: { LEAK: key } }).end(),
		inList.end(),
		leakOnline(stage),
	]);
	writeFileSync(join(stage.cwd, 'left.txt'), `…${telephones.customer.slice(-7)}…`);
	writeFileSync(join(stage.cwd, `${telephones.unknown}.csv`), '');
	writeFileSync(join(stage.dataDir, 'notes.db'), Buffer.concat([Buffer.from([0, 1, 2]), stage.masterKey]));
}

async function leakOnline(stage: Stage): Promise<void> {
	const server = createServer((_request, answer) => {
		answer.writeHead(200, { 'x-leak': encodeURIComponent(passwords.boss), 'set-cookie': `seen=${telephones.later}` });
		answer.end(JSON.stringify({ name: passwords.bossLater }));
	});
	const sockets = new Server(server);
	sockets.of('/desk').on('connection', (socket) => {
		socket.emit('change', { seq: 1, visits: [{ telephone: `+86 ${telephones.checkIn}` }], alerts: [] });
		socket.emit('picture', { camera: 'door', jpeg: stage.masterKey });
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const caller = stage.caller('somebody', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
	await caller.send('GET', '/api/me');
	const screen = caller.screen(null);
	await vi.waitFor(() => new Promise<void>((resolve) => screen.once('picture', () => resolve())), 5000);
	screen.close();
	await sockets.close();
}
