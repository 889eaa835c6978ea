import { join } from 'node:path';
import type { Command } from 'commander';
import type { RecogniserName } from '../../models/catalogue.js';
import { openModelStore } from '../../models/model-store.js';

/** The option of commands that run a recogniser. */
export const modelOption = ['--model <name>', 'a recogniser that `showroom models list` names; by default the one in use'] as const;

/** The recogniser that --model names, by default the one in use. Wrong usage where there is none such. */
export async function chosenRecogniser(
	command: Command,
	{ data, model }: { readonly data: string; readonly model?: string | undefined },
): Promise<RecogniserName> {
	const models = openModelStore({ dir: join(data, 'models') });
	if (model === undefined) return models.active();
	const names = (await models.recognisers()).map(({ name }) => name);
	return names.includes(model) ? model : command.error(`error: ${model} is no recogniser; there are ${names.join(', ')}`, { exitCode: 2 });
}
