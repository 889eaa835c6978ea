import type { Calibration } from '../../calibration/calibration.js';
import { shippedCalibration } from '../../models/catalogue.js';
import { readCalibration } from './calibration.store.js';

/** What a store's threshold rests on; `none`: its recogniser was added here and has not been calibrated. */
export type ThresholdBasis =
	| { readonly from: 'settings' }
	| { readonly from: 'own'; readonly calibration: Calibration }
	| { readonly from: 'shipped' }
	| { readonly from: 'none' };

/**
 * What the threshold of a recogniser rests on.
 * @param threshold recognition.threshold of the settings
 * @throws CalibrationError
 */
export async function thresholdBasis(modelsDir: string, modelId: string, threshold: number | null): Promise<ThresholdBasis> {
	if (threshold !== null) return { from: 'settings' };
	const calibration = await readCalibration(modelsDir, modelId);
	if (calibration) return { from: 'own', calibration };
	return { from: shippedCalibration(modelId) ? 'shipped' : 'none' };
}

/** What to do about a recogniser whose threshold rests on nothing. */
export function notCalibrated(name: string): string {
	return `${name} was added here, and nothing is known of its distances: run \`showroom calibrate thresholds DIR --model ${name}\` on photographs of staff and volunteers, or set recognition.threshold. Until then it recognises nobody`;
}
