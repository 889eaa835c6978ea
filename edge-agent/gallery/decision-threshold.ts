import type { Calibration } from '../../calibration/calibration.js';
import { fmrFor, type Threshold, thresholdAt } from '../../calibration/threshold.js';
import { assumedCalibration, shippedCalibration } from '../../models/catalogue.js';

/** Share of the strangers who may be taken for somebody in the gallery, unless the settings say otherwise. */
export const FPIR = 0.003;

/**
 * The threshold for a gallery of this many templates: it falls as the gallery grows, so that strangers are taken for somebody at the same
 * rate. From the store's own calibration, or else from the recogniser's shipped one.
 */
export function decisionThreshold(modelId: string, templates: number, own: Calibration | null, fpir: number = FPIR): Threshold {
	return thresholdAt(fmrFor(fpir, templates), shippedCalibration(modelId) ?? assumedCalibration, own);
}
