import type { ModelStore } from '../../models/model-store.js';
import type { RecogniserView, ThresholdsView } from '../contract/setup.api.js';
import type { ThresholdBasis } from '../gallery/threshold-basis.js';

/** What a threshold rests on, as the console shows it. */
export function thresholdsView(basis: ThresholdBasis): ThresholdsView {
	if (basis.from !== 'own') return basis;
	const { madeAt, people } = basis.calibration;
	return { from: 'own', madeAt, people };
}

/**
 * The recognisers that a store can choose in the console, best advised first.
 * @param running the one that the agent runs with, which may be another than the chosen one until the next start
 */
export async function recogniserViews(
	models: Pick<ModelStore, 'active' | 'list' | 'needs' | 'recognisers'>,
	running: string,
): Promise<RecogniserView[]> {
	const [active, list, recognisers] = await Promise.all([models.active(), models.list(), models.recognisers()]);
	const views = recognisers.map(async ({ name, advice }): Promise<RecogniserView> => {
		const needs = await models.needs(name);
		const needed = list.filter(({ model }) => needs.includes(model.name));
		const missing = needed.filter(({ state }) => state !== 'ok').map(({ model }) => model);
		return {
			...{ name, advice, active: name === active, running: name === running, installed: missing.length === 0 },
			fetchBytes: missing.reduce((sum, { bytes }) => sum + bytes, 0),
			fetchable: missing.every(({ origin }) => origin.kind === 'fetched' && origin.url !== null),
			licences: needed.map(({ model }) => model.licence),
		};
	});
	// Whether 8-bit integers are worth it is tried on the command line.
	return (await Promise.all(views)).filter((view) => view.name !== 'face-api-int8' || view.active);
}
