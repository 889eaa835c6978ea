import { createServer, type Server as HttpServer } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { Server as SocketServer } from 'socket.io';
import type { DeskServer } from '../sockets/desk.js';
import { httpApp } from './app.js';
import { isLocalMessage } from './loopback.js';
import type { ServerRooms } from './rooms.js';

export interface RunningServer {
	/** The port in use; another than asked for when that was 0. */
	readonly port: number;
	/** Ends all connections; nothing runs afterwards. */
	close(): Promise<void>;
}

/** The server cannot listen; the message says why and what to do. */
export class ListenError extends Error {
	override readonly name = 'ListenError';
}

/**
 * Starts HTTP and the sockets on one port.
 *
 * @param port 0: any free one
 * @throws ListenError
 */
export async function startServer({
	host,
	port,
	...rooms
}: ServerRooms & { readonly host: string; readonly port: number }): Promise<RunningServer> {
	const server = createServer(getRequestListener(httpApp(rooms).fetch));
	const sockets: DeskServer = new SocketServer(server, {
		serveClient: false,
		// A screen that has gone silent counts as unreachable after 15 s.
		pingInterval: 10_000,
		pingTimeout: 5000,
		maxHttpBufferSize: 64 * 1024,
		allowRequest: (request, answer) => answer(null, isLocalMessage(request)),
	});
	rooms.desk.start(sockets);
	const close = async () => {
		rooms.desk.stop();
		const closed = sockets.close();
		// Once nothing new is let in; requests that hang would hold it open for minutes.
		await setImmediate();
		server.closeAllConnections();
		await closed;
	};
	try {
		await listen(server, host, port);
	} catch (error) {
		await close();
		throw error;
	}
	const address = server.address();
	return { port: typeof address === 'object' && address ? address.port : port, close };
}

function listen(server: HttpServer, host: string, port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => reject(new ListenError(listenProblem(error, host, port), { cause: error })));
		server.listen(port, host, resolve);
	});
}

function listenProblem({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
	if (code === 'EADDRINUSE')
		return `Port ${port} on ${host} is in use by another program, perhaps by this one started twice. Stop it, or choose another port with --port or server.port.`;
	if (code === 'EACCES') return `Port ${port} may not be used by this user. Choose one above 1023 with --port or server.port.`;
	return `The server cannot listen on ${host}, port ${port}: ${message}`;
}
