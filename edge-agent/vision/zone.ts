import type { Point } from './vision.types.js';

/** Corners of a polygon, in fractions of the picture; at least three. */
export type Zone = readonly Point[];

/** Whether the point lies in the zone, by how often a ray to its right meets the border. */
export function inZone(zone: Zone, point: Point): boolean {
	let inside = false;
	let previous = zone.at(-1);
	for (const corner of zone) {
		if (previous && corner.y > point.y !== previous.y > point.y) {
			const x = corner.x + ((point.y - corner.y) / (previous.y - corner.y)) * (previous.x - corner.x);
			if (point.x < x) inside = !inside;
		}
		previous = corner;
	}
	return inside;
}
