import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useWords } from '../words/words.js';
import { LineArrow } from './line-arrow.js';
import { type Mark, type Marks, moved, type Point, polygonOf, type Shape, shapesOf, withCorner, withoutCorner } from './marks.js';

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

/** `zone`, `mask-0`: how a polygon is called among the drawing's parts. */
const idOf = (shape: Shape) => (shape.kind === 'zone' ? 'zone' : `mask-${shape.mask}`);

/** Line, zone and masks over the picture, with handles for finger, mouse and arrow keys. Coordinates are the picture's pixels on the screen. */
export function MarkLayer({ marks, onDraw, onDone }: MarkLayerProps) {
	const { say } = useWords();
	const layer = useRef<SVGSVGElement>(null);
	const { width, height } = useSize(layer);
	const [dragged, setDragged] = useState<{ readonly mark: Mark; readonly before: Marks } | null>(null);
	const on = (point: Point) => ({ x: point.x * width, y: point.y * height });
	const change = (next: Marks) => {
		onDone(marks);
		onDraw(next);
	};

	const handle = (mark: Mark, point: Point, label: string) => {
		const { x, y } = on(point);
		const id = `${mark.kind === 'line' ? 'line' : idOf(mark)}-${mark.index}`;
		const key = (event: KeyboardEvent) => {
			const arrow = arrows[event.key];
			if (arrow) {
				event.preventDefault();
				const step = keyStep * (event.shiftKey ? 10 : 1);
				change(moved(marks, mark, { x: point.x + arrow.x * step, y: point.y + arrow.y * step }));
			} else if (mark.kind !== 'line' && (event.key === 'Delete' || event.key === 'Backspace')) {
				event.preventDefault();
				change(withoutCorner(marks, mark, mark.index));
			}
		};
		return (
			// biome-ignore lint/a11y/useSemanticElements: a slider of two dimensions has no element of its own.
			<g
				key={id}
				className={`handle ${mark.kind}`}
				role="button"
				tabIndex={0}
				aria-label={label}
				data-testid={id}
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

	const side = (shape: Shape, index: number, from: Point, to: Point) => {
		const middle = on({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 });
		const add = () => change(withCorner(marks, shape, index));
		return (
			// biome-ignore lint/a11y/useSemanticElements: a button cannot stand inside a drawing.
			<g
				key={`side-${index}`}
				className="side"
				role="button"
				tabIndex={0}
				aria-label={say('marks.add-corner')}
				data-testid={`${idOf(shape)}-side-${index}`}
				onClick={add}
				onKeyDown={(event) => event.key === 'Enter' && add()}
			>
				<circle cx={middle.x} cy={middle.y} r={16} className="reach" />
				<path d={`M${middle.x - 6} ${middle.y}h12M${middle.x} ${middle.y - 6}v12`} />
			</g>
		);
	};

	const polygon = (shape: Shape) => {
		const corners = polygonOf(marks, shape) ?? [];
		const label = (number: number) =>
			shape.kind === 'zone' ? say('marks.corner', { number }) : say('marks.mask-corner', { mask: shape.mask + 1, number });
		return (
			<g key={idOf(shape)}>
				<polygon
					className={shape.kind}
					data-testid={idOf(shape)}
					points={corners.map((corner) => `${corner.x * width},${corner.y * height}`).join(' ')}
				/>
				{corners.map((corner, index) => side(shape, index, corner, corners[(index + 1) % corners.length] ?? corner))}
				{corners.map((corner, index) => handle({ ...shape, index }, corner, label(index + 1)))}
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
			{shapesOf(marks).map(polygon)}
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
