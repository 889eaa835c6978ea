import type { FivePointModel } from './five-point.js';

/**
 * SFace (Zhong et al. 2021) as OpenCV's model zoo publishes it: RGB 0 to 255 as they are. OpenCV reads pictures as BGR and
 * swaps them on the way in (`blobFromImage(..., swapRB = true)` in modules/objdetect/src/face_recognize.cpp).
 */
export const sFace: FivePointModel = {
	modelId: 'sface/fp32/a1',
	mean: [0, 0, 0],
	deviation: [1, 1, 1],
};
