import type { FivePoints, Point } from '../../../../edge-agent/vision/vision.types.js';

interface Point3 extends Point {
	/** Towards the camera. */
	readonly z: number;
}

/** Eyes, nose tip and mouth corners of a head in eye distances, as anthropometry gives them: the nose stands out by a third. */
const head: readonly [Point3, Point3, Point3, Point3, Point3] = [
	{ x: -0.5, y: 0, z: 0 },
	{ x: 0.5, y: 0, z: 0 },
	{ x: 0, y: 0.62, z: 0.4 },
	{ x: -0.4, y: 1.05, z: 0.03 },
	{ x: 0.4, y: 1.05, z: 0.03 },
];

export interface Attitude {
	/** Degrees to the person's own left, chin up, and clockwise in the picture. */
	readonly yaw: number;
	readonly pitch?: number;
	readonly roll?: number;
	/** Pixels between the eyes, where the head is. */
	readonly eyes?: number;
	readonly x?: number;
	readonly y?: number;
}

/** What a camera 10 eye distances away sees of a head, or of a photograph of its face (`depth` 0). */
export function points({ yaw, pitch = 0, roll = 0, eyes = 80, x = 320, y = 240 }: Attitude, depth = 1): FivePoints {
	const [sy, cy, sp, cp, sr, cr] = [yaw, pitch, roll].flatMap((degrees) => {
		const angle = (degrees * Math.PI) / 180;
		return [Math.sin(angle), Math.cos(angle)];
	}) as [number, number, number, number, number, number];
	const seen = head.map((point): Point => {
		const z0 = point.z * depth;
		const x1 = point.x * cy + z0 * sy;
		const z1 = z0 * cy - point.x * sy;
		const y2 = point.y * cp - z1 * sp;
		const z2 = z1 * cp + point.y * sp;
		const near = eyes / (1 - z2 / 10);
		return { x: x + near * (x1 * cr - y2 * sr), y: y + near * (x1 * sr + y2 * cr) };
	});
	return seen as unknown as FivePoints;
}
