import type { FivePointModel } from './five-point.js';

/** MobileFaceNet (foamliu/MobileFaceNet): RGB / 255, then ImageNet's mean and deviation. */
export const mobileFaceNet: FivePointModel = {
	modelId: 'mobilefacenet/fp32/a1',
	mean: [0.485 * 255, 0.456 * 255, 0.406 * 255],
	deviation: [0.229 * 255, 0.224 * 255, 0.225 * 255],
};
