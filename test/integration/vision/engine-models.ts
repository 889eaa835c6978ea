import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelFiles } from '../../../edge-agent/vision/engine.types.js';
import { openModelStore } from '../../../models/model-store.js';

/** A model store in a folder of its own, which has what lies in the test data besides face-api's networks. */
export async function modelsForTests(testdata?: string): Promise<ModelFiles & { readonly dir: string; remove(): void }> {
	const dir = mkdtempSync(join(tmpdir(), 'showroom-engine-'));
	const store = openModelStore({ dir });
	if (testdata !== undefined) await store.fetchFrom(join(testdata, 'models'));
	return { ...store, dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
