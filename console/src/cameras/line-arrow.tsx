import type { Point } from './marks.js';

/** The line and, from its middle, an arrow the way that is in: to its right hand. */
export function LineArrow({ from, to, label, picture }: { from: Point; to: Point; label: string; picture: Point }) {
	const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
	const [inX, inY] = [-(to.y - from.y) / length, (to.x - from.x) / length];
	const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
	const reach = Math.min(44, picture.y * 0.16);
	const tip = { x: middle.x + inX * reach, y: middle.y + inY * reach };
	const wing = (side: 1 | -1) => `${tip.x - inX * 14 + side * inY * 10} ${tip.y - inY * 14 - side * inX * 10}`;
	return (
		<g className="count-line" data-testid="line-arrow">
			<path d={`M${from.x} ${from.y}L${to.x} ${to.y}M${middle.x} ${middle.y}L${tip.x} ${tip.y}M${wing(1)}L${tip.x} ${tip.y}L${wing(-1)}`} />
			<text x={within(tip.x + inX * 16, 20, picture.x)} y={within(tip.y + inY * 16, 12, picture.y)}>
				{label}
			</text>
		</g>
	);
}

/** Kept `margin` away from both ends of 0..size. */
function within(value: number, margin: number, size: number): number {
	return Math.min(size - margin, Math.max(margin, value));
}
