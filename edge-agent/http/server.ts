import { createServer } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { Server as SocketServer } from 'socket.io';
import type { EventType } from '../contract/events.js';
import type { DeskServer } from '../sockets/desk.types.js';
import { httpApp } from './app.js';
import { AnswerMemory } from './idempotency/answer-memory.js';
import { ListenError, listen, portOf } from './listen.js';
import { address } from './listening.js';
import type { ServerRooms } from './rooms.js';
import { isOurName, isSameOrigin } from './same-site.js';
import { SecureDoor, type SecureDoorOptions } from './tls/secure-door.js';

export { ListenError };

export interface RunningServer {
	/** The port of HTTP on this machine; another than asked for when that was 0. */
	readonly port: number;
	/** Where HTTPS listens beyond this machine; null: nowhere, because nobody asked for it or there is no administrator yet. */
	readonly beyond: { readonly port: number; readonly names: readonly string[] } | null;
	/** Ends all connections; nothing runs afterwards. */
	close(): Promise<void>;
}

export interface ServerOptions {
	/** HTTP, on this machine only: a loopback address. */
	readonly host: string;
	/** 0: any free one */
	readonly port: number;
	/** HTTPS beyond this machine, as soon as there is an administrator; null: never. */
	readonly beyond: SecureDoorOptions | null;
	/** Told where HTTPS listens since just now. */
	readonly onBeyond: (door: { readonly port: number; readonly names: readonly string[] }) => void;
}

/** Answers that are kept for whoever sends a write again. */
const REMEMBERED = { answers: 10_000, bytes: 16 * 1024 * 1024, keepMs: 24 * 60 * 60_000 };
/** After these somebody's data is nowhere any more. */
const ERASING: readonly EventType[] = ['consent.withdrawn', 'consent.expired', 'checkin.texts-expired', 'import.undone'];

/**
 * Starts HTTP and the sockets on one port of this machine and, once an administrator exists, HTTPS on another one for all.
 *
 * @throws ListenError, CertificateError
 */
export async function startServer({ host, port, beyond, onBeyond, ...rooms }: ServerRooms & ServerOptions): Promise<RunningServer> {
	const door = beyond === null ? null : new SecureDoor(beyond, rooms.onProblem);
	const openBeyond = async () => {
		if (!door || !rooms.access.hasAdministrator || closing) return;
		await door.open(server);
		onBeyond({ port: door.port, names: door.names });
	};
	let closing = false;
	const names = () => door?.names ?? [];
	const answers = new AnswerMemory(REMEMBERED);
	const deaf = rooms.log.onAppended((events) => {
		if (events.some(({ type }) => ERASING.includes(type))) answers.forgetAll();
	});
	const app = httpApp(rooms, {
		names,
		answers,
		sockets: () => sockets.engine.clientsCount,
		authority: () => door?.authority ?? null,
		address: () => (door?.isOpen ? address(door) : null),
		onAdministrator: () => {
			openBeyond().catch((error) => rooms.onProblem('beyond this machine nobody can be let in yet', error));
		},
	});
	const server = createServer(getRequestListener(app.fetch));
	const sockets: DeskServer = new SocketServer(server, {
		serveClient: false,
		// A screen that has gone silent counts as unreachable after 15 s.
		pingInterval: 10_000,
		pingTimeout: 5000,
		maxHttpBufferSize: 64 * 1024,
		// Browsers send cookies along with the sockets of any page: only our own pages may open one.
		allowRequest: ({ headers }, answer) => answer(null, isOurName(headers.host, names()) && isSameOrigin(headers)),
	});
	rooms.desk.start(sockets);
	const close = async () => {
		closing = true;
		deaf();
		rooms.desk.stop();
		const closed = sockets.close();
		await door?.close();
		// Once nothing new is let in; requests that hang would hold it open for minutes.
		await setImmediate();
		server.closeAllConnections();
		await closed;
	};
	try {
		await listen(server, host, port);
		await openBeyond();
	} catch (error) {
		await close();
		throw error;
	}
	return {
		port: portOf(server, port),
		get beyond() {
			return door?.isOpen ? { port: door.port, names: door.names } : null;
		},
		close,
	};
}
