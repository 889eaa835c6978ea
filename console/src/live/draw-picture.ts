import type { LiveBox, LivePicture } from '../../../edge-agent/contract/sockets.js';

export interface DecodedPicture {
	readonly image: ImageBitmap;
	readonly boxes: readonly LiveBox[];
	readonly line: LivePicture['line'];
}

const colours = { body: '#7fd1ff', face: '#ffffff', known: '#5ee08a', line: '#ffc233' } as const;
const font = "600 16px system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";

/** Draws a picture with its boxes, the names of people who opted in, and the counting line with its way in. */
export function drawPicture(canvas: HTMLCanvasElement, { image, boxes, line }: DecodedPicture): void {
	if (canvas.width !== image.width || canvas.height !== image.height) {
		canvas.width = image.width;
		canvas.height = image.height;
	}
	const context = canvas.getContext('2d');
	if (!context) return;
	const scale = Math.max(1, canvas.width / 640);
	context.drawImage(image, 0, 0);
	if (line) drawLine(context, line, scale);
	// A person's face and body are two boxes; the name stands once, at the face.
	const faces = new Set(boxes.filter(({ kind }) => kind === 'face').map(({ label }) => label));
	for (const box of boxes) drawBox(context, box, box.kind === 'face' || !faces.has(box.label), scale);
}

function drawBox(context: CanvasRenderingContext2D, box: LiveBox, named: boolean, scale: number): void {
	const { width, height } = context.canvas;
	const [x, y, w, h] = [box.x * width, box.y * height, box.width * width, box.height * height];
	context.strokeStyle = box.label ? colours.known : colours[box.kind];
	context.lineWidth = (box.kind === 'face' ? 2.5 : 1.5) * scale;
	context.strokeRect(x, y, w, h);
	if (!box.label || !named) return;
	context.font = font.replace('16px', `${Math.round(16 * scale)}px`);
	context.textBaseline = 'middle';
	const textWidth = context.measureText(box.label).width;
	const textHeight = 22 * scale;
	const top = y > textHeight ? y - textHeight : y + h;
	context.fillStyle = 'rgba(0, 0, 0, 0.72)';
	context.fillRect(x, top, textWidth + 12 * scale, textHeight);
	context.fillStyle = colours.known;
	context.fillText(box.label, x + 6 * scale, top + textHeight / 2);
}

/** The line, and in its middle an arrow to its right-hand side, seen from its first to its second end: that way is in. */
function drawLine(context: CanvasRenderingContext2D, line: NonNullable<LivePicture['line']>, scale: number): void {
	const { width, height } = context.canvas;
	const [x1, y1, x2, y2] = [line.x1 * width, line.y1 * height, line.x2 * width, line.y2 * height];
	const length = Math.hypot(x2 - x1, y2 - y1) || 1;
	const [inX, inY] = [-(y2 - y1) / length, (x2 - x1) / length];
	const [middleX, middleY] = [(x1 + x2) / 2, (y1 + y2) / 2];
	const reach = 26 * scale;
	const [tipX, tipY] = [middleX + inX * reach, middleY + inY * reach];

	context.strokeStyle = colours.line;
	context.lineWidth = 3 * scale;
	context.beginPath();
	context.moveTo(x1, y1);
	context.lineTo(x2, y2);
	context.moveTo(middleX, middleY);
	context.lineTo(tipX, tipY);
	for (const side of [1, -1]) {
		context.moveTo(tipX, tipY);
		context.lineTo(tipX - (inX + side * inY) * reach * 0.35, tipY - (inY - side * inX) * reach * 0.35);
	}
	context.stroke();
}
