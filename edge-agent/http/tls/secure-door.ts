import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';
import { createServer, type Server as TlsServer } from 'node:tls';
import { listen, portOf } from '../listen.js';
import { type CertificateOptions, type ServerCertificate, serverCertificate } from './certificate.store.js';

export interface SecureDoorOptions extends CertificateOptions {
	readonly host: string;
	/** 0: any free one */
	readonly port: number;
}

/** How often to look whether the certificate has to be renewed, because of its age or of a new address of this machine. */
const LOOK_MS = 3_600_000;
const HANDSHAKE_MS = 10_000;

/** HTTPS: takes TLS off and hands the connections to the HTTP server, which need not know. */
export class SecureDoor {
	readonly #options: SecureDoorOptions;
	readonly #onProblem: (message: string, error: unknown) => void;
	readonly #raw = new Set<Socket>();
	#server: TlsServer | null = null;
	#certificate: ServerCertificate | null = null;
	#looking: NodeJS.Timeout | undefined;

	constructor(options: SecureDoorOptions, onProblem: (message: string, error: unknown) => void) {
		this.#options = options;
		this.#onProblem = onProblem;
	}

	get isOpen(): boolean {
		return this.#server?.listening ?? false;
	}

	get port(): number {
		return this.#server ? portOf(this.#server, this.#options.port) : this.#options.port;
	}

	/** What the certificate is good for; nothing before the door is open. */
	get names(): readonly string[] {
		return this.#certificate?.names ?? [];
	}

	get authority(): string | null {
		return this.#certificate?.authority ?? null;
	}

	/** Does nothing when it is open already. @throws ListenError, CertificateError */
	async open(http: HttpServer): Promise<void> {
		if (this.#server) return;
		const server = createServer({ handshakeTimeout: HANDSHAKE_MS, minVersion: 'TLSv1.2', ALPNProtocols: ['http/1.1'] }, (socket) => {
			http.emit('connection', socket);
		});
		this.#server = server;
		server.on('connection', (socket) => {
			this.#raw.add(socket);
			socket.once('close', () => this.#raw.delete(socket));
		});
		// A phone that does not trust the certificate yet, a scanner: nothing that anybody here could do about.
		server.on('tlsClientError', (_error, socket) => socket.destroy());
		try {
			await this.#renew(server);
			await listen(server, this.#options.host, this.#options.port);
		} catch (error) {
			this.#server = null;
			throw error;
		}
		server.on('error', (error) => this.#onProblem('HTTPS', error));
		this.#looking = setInterval(() => {
			this.#renew(server).catch((error) => this.#onProblem('the certificate could not be renewed', error));
		}, LOOK_MS);
	}

	async close(): Promise<void> {
		clearInterval(this.#looking);
		const server = this.#server;
		if (!server?.listening) return;
		const closed = new Promise((resolve) => server.close(resolve));
		for (const socket of this.#raw) socket.destroy();
		await closed;
	}

	async #renew(server: TlsServer): Promise<void> {
		const certificate = await serverCertificate(this.#options);
		if (certificate.certificate === this.#certificate?.certificate) return;
		server.setSecureContext({ cert: certificate.certificate, key: certificate.key, minVersion: 'TLSv1.2' });
		this.#certificate = certificate;
	}
}
