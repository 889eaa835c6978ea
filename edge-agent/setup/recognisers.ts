import { recognisers } from '../../models/catalogue.js';
import type { ModelStore } from '../../models/model-store.js';
import type { SettingsView } from '../contract/setup.api.js';

/** The recognisers that a store can choose, which is in use, and which have all their networks here. */
export async function recogniserViews(models: Pick<ModelStore, 'active' | 'list' | 'needs'>): Promise<SettingsView['recognisers']> {
	const [active, list] = await Promise.all([models.active(), models.list()]);
	const here = new Set(list.filter(({ state }) => state === 'ok').map(({ model }) => model.name));
	return recognisers.map((name) => ({
		name,
		active: name === active,
		installed: models.needs(name).every((needed) => here.has(needed)),
		fallback: name === 'face-api',
	}));
}
