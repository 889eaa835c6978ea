import { X509Certificate } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { type KeyPair, makeAuthority, makeServerCertificate } from './certificate.js';

const DAY_MS = 24 * 3_600_000;
/** So long before its end a certificate made here is made anew. */
const RENEW_MS = 30 * DAY_MS;

export interface CertificateOptions {
	/** Where the ones made here lie. */
	readonly directory: string;
	/** The user's own (paths of PEM files); null: made here. */
	readonly own: { readonly certificate: string; readonly key: string } | null;
	/** Names besides the machine's own under which it is reached. */
	readonly names: readonly string[];
	/** Unix ms */
	readonly now: () => number;
}

export interface ServerCertificate extends KeyPair {
	/** The host names and addresses it is good for, in small letters. */
	readonly names: readonly string[];
	/** The authority to be trusted on phones, as PEM; null with the user's own certificate. */
	readonly authority: string | null;
}

/** The certificate cannot be used; the message says which file and what to do. */
export class CertificateError extends Error {
	override readonly name = 'CertificateError';
}

/** The certificate to serve with: the user's, or one made here for the names and addresses that the machine has now. @throws CertificateError */
export async function serverCertificate(options: CertificateOptions): Promise<ServerCertificate> {
	const pair = options.own ? await ownPair(options.own) : await madePair(options);
	try {
		createSecureContext({ cert: pair.certificate, key: pair.key });
		const names = alternativeNames(new X509Certificate(pair.certificate));
		return { ...pair, names, authority: options.own ? null : await readFile(file(options, 'ca.crt'), 'utf8') };
	} catch (error) {
		const which = options.own ? `${options.own.certificate} and ${options.own.key}` : options.directory;
		throw new CertificateError(
			`${which}: certificate and key cannot be used together (${error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'}). ` +
				'Both must be PEM, the key without a passphrase and of this certificate.',
		);
	}
}

async function ownPair({ certificate, key }: { readonly certificate: string; readonly key: string }): Promise<KeyPair> {
	const read = (path: string, setting: string) =>
		readFile(path, 'utf8').catch((error) => {
			throw new CertificateError(`server.tls.${setting}: ${path} cannot be read (${String(error.code)})`);
		});
	return { certificate: await read(certificate, 'certificate'), key: await read(key, 'key') };
}

async function madePair(options: CertificateOptions): Promise<KeyPair> {
	await mkdir(options.directory, { recursive: true, mode: 0o700 });
	const names = machineNames(options.names);
	const authority =
		(await readPair(options, 'ca')) ?? (await keepPair(options, 'ca', await makeAuthority(`Showroom Edge ${hostname()}`, options.now())));
	const pair = await readPair(options, 'server');
	if (pair && isGood(pair, authority, names, options.now())) return pair;
	return keepPair(options, 'server', await makeServerCertificate(authority, names, options.now()));
}

function isGood(pair: KeyPair, authority: KeyPair, names: readonly string[], atMs: number): boolean {
	const certificate = new X509Certificate(pair.certificate);
	const known = alternativeNames(certificate);
	const lasts = Date.parse(certificate.validTo) - atMs > RENEW_MS && Date.parse(certificate.validFrom) <= atMs;
	return lasts && certificate.verify(new X509Certificate(authority.certificate).publicKey) && names.every((name) => known.includes(name));
}

async function readPair(options: CertificateOptions, name: string): Promise<KeyPair | null> {
	try {
		return { certificate: await readFile(file(options, `${name}.crt`), 'utf8'), key: await readFile(file(options, `${name}.key`), 'utf8') };
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
		throw error;
	}
}

/** The key first, readable by this user only from its first byte on. */
async function keepPair(options: CertificateOptions, name: string, pair: KeyPair): Promise<KeyPair> {
	for (const [end, text, mode] of [
		['key', pair.key, 0o600],
		['crt', pair.certificate, 0o644],
	] as const) {
		const path = file(options, `${name}.${end}`);
		await writeFile(`${path}.new`, text, { mode });
		await chmod(`${path}.new`, mode);
		await rename(`${path}.new`, path);
	}
	return pair;
}

function file({ directory }: CertificateOptions, name: string): string {
	return join(directory, name);
}

/** What this machine is called on its network now. Link-local addresses are left out: nobody types them. */
function machineNames(more: readonly string[]): string[] {
	const host = hostname().toLowerCase();
	const addresses = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
	const names = [host, host.includes('.') ? host : `${host}.local`, ...more.map((name) => name.toLowerCase()), 'localhost', ...addresses];
	return [...new Set(names.filter((name) => /^[\w.:-]+$/.test(name) && !/^fe80:/i.test(name)))];
}

/** DNS names and addresses of a certificate, in small letters, addresses written shortest. */
function alternativeNames({ subjectAltName = '' }: X509Certificate): string[] {
	return subjectAltName.split(/,\s*/).flatMap((entry) => {
		const [kind, name] = [entry.slice(0, entry.indexOf(':')), entry.slice(entry.indexOf(':') + 1).toLowerCase()];
		if (kind === 'IP Address') return [shortest(name)];
		return kind === 'DNS' ? [name] : [];
	});
}

function shortest(address: string): string {
	return address.includes(':') ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
}
