import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeySources } from '../../../edge-agent/config/environment.source.js';
import type { EventDraft } from '../../../edge-agent/contract/events.js';
import type { RowChange } from '../../../edge-agent/log/log.types.js';
import { LogWriter } from '../../../edge-agent/log/log-writer.store.js';
import { openForWriting } from '../../../edge-agent/store/database.store.js';

/** No key from systemd or the environment: it lies in the data directory's file. */
export const fileOnly: KeySources = { credentialsDirectory: null, environmentKey: null };

export function dataFolder(): string {
	return mkdtempSync(join(tmpdir(), 'showroom-sealed-'));
}

/** Every file under a folder with its bytes. */
export function filesOf(folder: string): Map<string, Buffer> {
	const names = readdirSync(folder, { recursive: true }) as string[];
	return new Map(names.filter((name) => statSync(join(folder, name)).isFile()).map((name) => [name, readFileSync(join(folder, name))]));
}

/** The files that hold any 8 bytes running of any of these values. */
export function holders(folder: string, values: readonly Uint8Array[]): string[] {
	const windows = values.flatMap((value) =>
		Array.from({ length: Math.max(0, value.length - 7) }, (_, at) => Buffer.from(value.subarray(at, at + 8))),
	);
	return [...filesOf(folder)].filter(([, bytes]) => windows.some((window) => bytes.includes(window))).map(([name]) => name);
}

/** Writes as the agent does, and closes. */
export function write(dataDir: string, changes: readonly RowChange[], drafts: readonly EventDraft[] = [], sources = fileOnly): void {
	const { database, master, close } = openForWriting(dataDir, sources);
	try {
		for (const outcome of new LogWriter(database, master.keys).commit([{ kind: 'append', drafts, changes }]))
			if ('error' in outcome) throw outcome.error;
	} finally {
		close();
	}
}

export const customer = (id: string, name = '王芳', telephone: string | null = '13812345678'): RowChange => ({
	table: 'customers',
	id,
	name,
	telephone,
	consultant: null,
});
