import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Calibration, calibrationSchema } from '../../calibration/calibration.js';
import { replaceFile } from '../../models/atomic-file.store.js';
import type { Model } from '../../models/catalogue.js';
import { ModelError } from '../../models/model-error.js';
import { openModelStore } from '../../models/model-store.js';

/** A calibration that cannot be used; says which file and what to do. */
export class CalibrationError extends Error {
	override readonly name = 'CalibrationError';
}

/** Beside the recogniser's own file. */
function calibrationPath(modelsDir: string, { name }: Model): string {
	return join(modelsDir, `${name}.calibration.json`);
}

/** The network that makes descriptors of this `modelId`. @throws ModelError for one that is not known in this data directory */
async function networkOf(modelsDir: string, modelId: string): Promise<Model> {
	const models = openModelStore({ dir: modelsDir });
	const recogniser = (await models.recognisers()).find((one) => one.modelId === modelId);
	if (!recogniser) throw new ModelError(`No recogniser known in ${modelsDir} makes descriptors ${modelId}.`);
	return models.network(recogniser.network);
}

/**
 * The store's own calibration of a recogniser; null where there is none, or only of an earlier version of it, whose distances were others.
 * @throws CalibrationError for a file that is damaged
 */
export async function readCalibration(modelsDir: string, modelId: string): Promise<Calibration | null> {
	const network = await networkOf(modelsDir, modelId);
	const path = calibrationPath(modelsDir, network);
	let text: string;
	try {
		text = await readFile(path, 'utf8');
	} catch (cause) {
		if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
		throw new CalibrationError(`${path} cannot be read; change its permissions`, { cause });
	}
	const { success, data, error } = calibrationSchema.safeParse(parsed(text));
	if (!success)
		throw new CalibrationError(`${path} is damaged: delete it, or run \`showroom calibrate thresholds\` again\n${z.prettifyError(error)}`);
	return data.model.id === modelId && data.model.sha256 === network.sha256 ? data : null;
}

/** Writes a calibration so that it is there as a whole or not at all. Answers its path. */
export async function writeCalibration(modelsDir: string, calibration: Calibration): Promise<string> {
	const path = calibrationPath(modelsDir, await networkOf(modelsDir, calibration.model.id));
	await replaceFile(path, (file) => file.writeFile(`${JSON.stringify(calibration)}\n`));
	return path;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
