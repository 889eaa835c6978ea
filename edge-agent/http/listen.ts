import type { Server } from 'node:net';

/** The server cannot listen; the message says why and what to do. */
export class ListenError extends Error {
	override readonly name = 'ListenError';
}

/** @throws ListenError */
export function listen(server: Server, host: string, port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		const failed = (error: NodeJS.ErrnoException) => reject(new ListenError(listenProblem(error, host, port), { cause: error }));
		server.once('error', failed);
		server.listen(port, host, () => {
			server.off('error', failed);
			resolve();
		});
	});
}

/** The port in use, which is another than asked for when that was 0. */
export function portOf(server: Server, asked: number): number {
	const address = server.address();
	return typeof address === 'object' && address ? address.port : asked;
}

function listenProblem({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
	if (code === 'EADDRINUSE')
		return `Port ${port} on ${host} is in use by another program, perhaps by this one started twice. Stop it, or choose another port with --port or server.port.`;
	if (code === 'EACCES') return `Port ${port} may not be used by this user. Choose one above 1023 with --port or server.port.`;
	if (code === 'EADDRNOTAVAIL')
		return `This machine has no address ${host}. Set server.host to one that it has, or to 0.0.0.0 for all of them.`;
	return `The server cannot listen on ${host}, port ${port}: ${message}`;
}
