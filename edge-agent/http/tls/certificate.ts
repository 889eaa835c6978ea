import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import {
	AuthorityKeyIdentifierExtension,
	BasicConstraintsExtension,
	ExtendedKeyUsage,
	ExtendedKeyUsageExtension,
	KeyUsageFlags,
	KeyUsagesExtension,
	PemConverter,
	SubjectAlternativeNameExtension,
	SubjectKeyIdentifierExtension,
	X509Certificate,
	X509CertificateGenerator,
} from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 24 * 3_600_000;
/** The authority outlives the box: phones trust it once. */
const AUTHORITY_DAYS = 3650;
/** Apple trusts a server's certificate of a private authority for 825 days at most, browsers' own ones for 398. */
const SERVER_DAYS = 397;
/** A clock that is a little behind must not find it not valid yet. */
const BEFORE_MS = DAY_MS;

/** A certificate and its private key, as PEM. */
export interface KeyPair {
	readonly certificate: string;
	readonly key: string;
}

/** Makes a certificate authority of this box's own. @param name as phones show it */
export async function makeAuthority(name: string, atMs: number): Promise<KeyPair> {
	const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
	const certificate = await X509CertificateGenerator.createSelfSigned({
		serialNumber: serial(),
		name: [{ CN: [name] }, { O: ['Showroom Edge'] }],
		...validity(atMs, AUTHORITY_DAYS),
		keys,
		signingAlgorithm: ALGORITHM,
		extensions: [
			new BasicConstraintsExtension(true, 0, true),
			new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
			await SubjectKeyIdentifierExtension.create(keys.publicKey),
		],
	});
	return { certificate: `${certificate.toString('pem')}\n`, key: await keyPem(keys.privateKey) };
}

/** Makes a server's certificate for these host names and addresses, signed by the authority. */
export async function makeServerCertificate(authority: KeyPair, names: readonly string[], atMs: number): Promise<KeyPair> {
	const issuer = new X509Certificate(authority.certificate);
	const signingKey = await webcrypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(authority.key), ALGORITHM, false, ['sign']);
	const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
	const certificate = await X509CertificateGenerator.create({
		serialNumber: serial(),
		subject: [{ CN: [names[0] ?? 'showroom'] }],
		issuer: issuer.subjectName,
		...validity(atMs, SERVER_DAYS),
		publicKey: keys.publicKey,
		signingKey,
		signingAlgorithm: ALGORITHM,
		extensions: [
			new BasicConstraintsExtension(false, undefined, true),
			new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
			new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
			new SubjectAlternativeNameExtension(
				names.map((name) => ({ type: isIP(name) === 0 ? ('dns' as const) : ('ip' as const), value: name })),
			),
			await SubjectKeyIdentifierExtension.create(keys.publicKey),
			await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
		],
	});
	return { certificate: `${certificate.toString('pem')}\n`, key: await keyPem(keys.privateKey) };
}

function validity(atMs: number, days: number): { notBefore: Date; notAfter: Date } {
	return { notBefore: new Date(atMs - BEFORE_MS), notAfter: new Date(atMs + days * DAY_MS) };
}

/** 127 random bits, positive. */
function serial(): string {
	const bytes = webcrypto.getRandomValues(new Uint8Array(16));
	bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
	return Buffer.from(bytes).toString('hex');
}

async function keyPem(key: webcrypto.CryptoKey): Promise<string> {
	return `${PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;
}
