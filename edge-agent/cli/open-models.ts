import { join } from 'node:path';
import { type ModelStore, openModelStore } from '../../models/model-store.js';
import { note } from './terminal.js';

/** Options of every `showroom models …`. */
export interface ModelsOptions {
	readonly data: string;
	readonly json?: boolean;
}

/** The networks of the data directory; what takes a while is told. */
export function openModels({ data }: ModelsOptions): ModelStore {
	return openModelStore({ dir: join(data, 'models'), onProgress: ({ message }) => note(message) });
}
