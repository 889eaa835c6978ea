import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openModelStore } from '../../models/model-store.js';
import { seededRandom } from '../demo/random.js';
import type { GalleryModel } from '../gallery/gallery.js';
import type { RowChange } from '../log/log.types.js';
import { LogWriter } from '../log/log-writer.store.js';
import { openForWriting } from '../store/database.store.js';
import { strangers } from './strangers.js';

/** parent -> the process that opens. */
export interface OpeningJob {
	readonly dataDir: string;
	readonly modelsDir: string;
	readonly templates: number;
}

/** The process that opens -> parent. */
export interface Opened {
	readonly openMs: number;
	readonly rssMb: number;
	readonly mainBusyMs: number;
}

const model: GalleryModel = { modelId: 'face-api/fp32/a1', descriptorLength: 128, metric: 'euclidean' };
/** Rows that one commit takes. */
const together = 3000;

/**
 * Seals templates into a store of its own, and has another process, which holds log and vision workers as the agent does, open them.
 * Grants of consent are written straight into their table: it is the templates that are measured.
 */
export async function openingGallery(dir: string, templates: number): Promise<Opened> {
	const job: OpeningJob = { dataDir: join(dir, 'data'), modelsDir: join(dir, 'models'), templates };
	fill(job);
	const models = openModelStore({ dir: job.modelsDir });
	for (const name of ['face-api-recogniser', 'face-api-landmarks68', 'face-api-ssd-256x448', 'face-api-ssd-320x512'])
		await models.ensure(name);
	const child = fork(new URL('./opening-gallery.process.js', import.meta.url), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
	const failed = once(child, 'exit').then(([code]) => {
		throw new Error(`the process that opens the gallery ended (${code})`);
	});
	child.send(job);
	const opened = await Promise.race([once(child, 'message').then(([answer]) => answer as Opened), failed]);
	failed.catch(() => {});
	child.disconnect();
	return opened;
}

function fill({ dataDir, templates }: OpeningJob): void {
	const { database, master, close } = openForWriting(dataDir, { credentialsDirectory: null, environmentKey: null });
	try {
		const grant = database.prepare(`
			INSERT OR IGNORE INTO consent_grants (id, person, kind, notice, purposes, granted_at, granted_by, via, guardian)
			VALUES ('grant-' || @person, @person, 'customer', 'n1', '["recognition"]', 0, 's1', 'paper', 0)`);
		const writer = new LogWriter(database, master.keys);
		let changes: RowChange[] = [];
		const commit = (): void => {
			for (const outcome of writer.commit([{ kind: 'append', drafts: [], changes }])) if ('error' in outcome) throw outcome.error;
			changes = [];
		};
		let count = 0;
		for (const { descriptor, ...template } of strangers(model, templates, seededRandom(1))) {
			grant.run({ person: template.person });
			changes.push({ table: 'templates', id: `template-${count++}`, ...template, descriptor: new Uint8Array(descriptor.buffer) });
			if (changes.length === together) commit();
		}
		commit();
	} finally {
		close();
	}
}
