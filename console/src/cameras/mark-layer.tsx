import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useWords } from '../words/words.js';
import { type Mark, type Marks, moved, type Point, withCorner, withoutCorner } from './marks.js';

interface MarkLayerProps {
	readonly marks: Marks;
	/** While dragging. */
	readonly onDraw: (marks: Marks) => void;
	/** A change is complete: the state before it can be gone back to. */
	readonly onDone: (before: Marks) => void;
}

/** One press of an arrow key; with shift ten. */
const keyStep = 0.005;
const arrows: Readonly<Record<string, Point>> = {
	ArrowLeft: { x: -1, y: 0 },
	ArrowRight: { x: 1, y: 0 },
	ArrowUp: { x: 0, y: -1 },
	ArrowDown: { x: 0, y: 1 },
};

/** Line and zone over the picture, with handles for finger, mouse and arrow keys. Coordinates are the picture's pixels on the screen. */
export function MarkLayer({ marks, onDraw, onDone }: MarkLayerProps) {
	const { say } = useWords();
	const layer = useRef<SVGSVGElement>(null);
	const { width, height } = useSize(layer);
	const [dragged, setDragged] = useState<{ readonly mark: Mark; readonly before: Marks } | null>(null);
	const on = (point: Point) => ({ x: point.x * width, y: point.y * height });

	const handle = (mark: Mark, point: Point, label: string) => {
		const { x, y } = on(point);
		const key = (event: KeyboardEvent) => {
			const arrow = arrows[event.key];
			if (arrow) {
				event.preventDefault();
				const step = keyStep * (event.shiftKey ? 10 : 1);
				onDone(marks);
				onDraw(moved(marks, mark, { x: point.x + arrow.x * step, y: point.y + arrow.y * step }));
			} else if (mark.kind === 'zone' && (event.key === 'Delete' || event.key === 'Backspace')) {
				event.preventDefault();
				onDone(marks);
				onDraw(withoutCorner(marks, mark.index));
			}
		};
		return (
			// biome-ignore lint/a11y/useSemanticElements: a slider of two dimensions has no element of its own.
			<g
				key={`${mark.kind}-${mark.index}`}
				className={`handle ${mark.kind}`}
				role="button"
				tabIndex={0}
				aria-label={label}
				data-testid={`${mark.kind}-${mark.index}`}
				onKeyDown={key}
				onPointerDown={(event: PointerEvent) => {
					event.preventDefault();
					layer.current?.setPointerCapture(event.pointerId);
					setDragged({ mark, before: marks });
				}}
			>
				<circle cx={x} cy={y} r={24} className="reach" />
				<circle cx={x} cy={y} r={9} />
			</g>
		);
	};

	const drag = (event: PointerEvent) => {
		const box = layer.current?.getBoundingClientRect();
		if (!dragged || !box) return;
		onDraw(moved(marks, dragged.mark, { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height }));
	};
	const drop = () => {
		if (dragged) onDone(dragged.before);
		setDragged(null);
	};

	return (
		<svg
			ref={layer}
			className={dragged ? 'marks dragging' : 'marks'}
			data-testid="marks"
			aria-label={say('marks.layer')}
			viewBox={`0 0 ${width} ${height}`}
			onPointerMove={drag}
			onPointerUp={drop}
			onPointerCancel={drop}
		>
			{marks.zone && (
				<>
					<polygon className="zone" points={marks.zone.map((corner) => `${corner.x * width},${corner.y * height}`).join(' ')} />
					{marks.zone.map((corner, index) => {
						const next = marks.zone?.[(index + 1) % marks.zone.length] ?? corner;
						const middle = on({ x: (corner.x + next.x) / 2, y: (corner.y + next.y) / 2 });
						const add = () => {
							onDone(marks);
							onDraw(withCorner(marks, index));
						};
						return (
							// biome-ignore lint/a11y/useSemanticElements: a button cannot stand inside a drawing.
							<g
								// biome-ignore lint/suspicious/noArrayIndexKey: corners have no other name than their place.
								key={`side-${index}`}
								className="side"
								role="button"
								tabIndex={0}
								aria-label={say('marks.add-corner')}
								onClick={add}
								onKeyDown={(event) => event.key === 'Enter' && add()}
							>
								<circle cx={middle.x} cy={middle.y} r={16} className="reach" />
								<path d={`M${middle.x - 6} ${middle.y}h12M${middle.x} ${middle.y - 6}v12`} />
							</g>
						);
					})}
					{marks.zone.map((corner, index) => handle({ kind: 'zone', index }, corner, say('marks.corner', { number: index + 1 })))}
				</>
			)}
			{marks.line && (
				<>
					<LineArrow from={on(marks.line[0])} to={on(marks.line[1])} label={say('marks.in')} picture={{ x: width, y: height }} />
					{handle({ kind: 'line', index: 0 }, marks.line[0], say('marks.first-end'))}
					{handle({ kind: 'line', index: 1 }, marks.line[1], say('marks.second-end'))}
				</>
			)}
		</svg>
	);
}

/** The line and, from its middle, an arrow the way that is in: to its right hand. */
function LineArrow({ from, to, label, picture }: { from: Point; to: Point; label: string; picture: Point }) {
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

/** The element's size on the screen, px. */
function useSize(element: React.RefObject<SVGSVGElement | null>): { readonly width: number; readonly height: number } {
	const [size, setSize] = useState({ width: 640, height: 360 });
	useEffect(() => {
		const observed = element.current;
		if (!observed) return;
		const observer = new ResizeObserver(([entry]) => {
			if (entry && entry.contentRect.width > 0) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
		});
		observer.observe(observed);
		return () => observer.disconnect();
	}, [element]);
	return size;
}
