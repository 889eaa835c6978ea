import { join } from 'node:path';
import type { Config } from '../config/config.schema.js';
import type { ServerOptions } from './server.js';

/** Where to listen, as the settings say: HTTP on this machine, and HTTPS beyond it if they want that. */
export function listening({ host, port, tls }: Config['server'], dataDir: string): Omit<ServerOptions, 'onBeyond'> {
	if (isLoopback(host)) return { host, port, beyond: null };
	const { certificate, key, names } = tls;
	const own = certificate !== null && key !== null ? { certificate, key } : null;
	return { host: '127.0.0.1', port, beyond: { host, port: tls.port, directory: join(dataDir, 'tls'), own, names, now: Date.now } };
}

function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** A host as it stands in a URL. */
export function inUrl(host: string): string {
	return host.includes(':') ? `[${host}]` : host;
}

/** The address to type into another device: one by number, which needs no name server. null: there is none. */
export function address(door: { readonly port: number; readonly names: readonly string[] }): string | null {
	const all = addresses(door);
	return all.find((url) => /^https:\/\/[\d.]+:/.test(url)) ?? all[0] ?? null;
}

/** Where other machines find this one by HTTPS. */
export function addresses({ port, names }: { readonly port: number; readonly names: readonly string[] }): string[] {
	return names.filter((name) => !isLoopback(name)).map((name) => `https://${inUrl(name)}:${port}/`);
}
