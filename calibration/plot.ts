/** One line of a plot, or a shaded area from the line down to `base`. */
export interface Series {
	readonly label: string;
	readonly points: readonly (readonly [x: number, y: number])[];
	readonly colour: string;
	readonly dashed?: boolean;
	/** A band between this series and these points, in reverse. */
	readonly area?: readonly (readonly [x: number, y: number])[];
}

export interface Axis {
	readonly label: string;
	readonly from: number;
	readonly to: number;
	readonly scale: 'linear' | 'log';
}

export interface Plot {
	readonly title: string;
	readonly x: Axis;
	readonly y: Axis;
	readonly series: readonly Series[];
	/** A vertical line, and what it says. */
	readonly mark?: { readonly x: number; readonly label: string };
}

const width = 720;
const frame = { left: 76, top: 16, right: 700, bottom: 300 } as const;

/** A plot as SVG, for a page or a printer: black on white, lines told apart by dashes as well as by colour. */
export function plotSvg({ title, x, y, series, mark }: Plot): string {
	const across = position(x, frame.left, frame.right);
	const up = position(y, frame.bottom, frame.top);
	const path = (points: Series['points']): string =>
		points.map(([px, py], i) => `${i === 0 ? 'M' : 'L'}${across(px).toFixed(1)},${up(py).toFixed(1)}`).join('');
	const grid = [
		...ticks(x).map((at) => {
			const px = across(at).toFixed(1);
			return `<path class="grid" d="M${px},${frame.top}V${frame.bottom}"/><text x="${px}" y="${frame.bottom + 18}" text-anchor="middle">${number(at)}</text>`;
		}),
		...ticks(y).map((at) => {
			const py = up(at).toFixed(1);
			return `<path class="grid" d="M${frame.left},${py}H${frame.right}"/><text x="${frame.left - 8}" y="${Number(py) + 4}" text-anchor="end">${number(at)}</text>`;
		}),
	];
	const lines = series.map(({ points, colour, dashed, area }) => {
		const band =
			area && points.length > 0
				? `<path d="${path([...points, ...area])}Z" fill="${colour}" opacity="0.18" clip-path="url(#inside)"/>`
				: '';
		const stroke = `stroke="${colour}" stroke-width="2"${dashed ? ' stroke-dasharray="7 5"' : ''}`;
		return points.length === 0 || area ? band : `<path d="${path(points)}" fill="none" ${stroke} clip-path="url(#inside)"/>`;
	});
	const marked = mark
		? `<path d="M${across(mark.x).toFixed(1)},${frame.top}V${frame.bottom}" stroke="#000" stroke-dasharray="2 3"/><text x="${(across(mark.x) + 5).toFixed(1)}" y="${frame.top + 14}">${escaped(mark.label)}</text>`
		: '';
	const legend = series.map(({ label, colour, dashed, area }, i) => {
		const [at, line] = [frame.left, frame.bottom + 58 + 20 * i];
		const sample = area
			? `<rect x="${at}" y="${line - 10}" width="26" height="10" fill="${colour}" opacity="0.18"/>`
			: `<path d="M${at},${line - 5}h26" stroke="${colour}" stroke-width="2"${dashed ? ' stroke-dasharray="7 5"' : ''}/>`;
		return `${sample}<text x="${at + 34}" y="${line}">${escaped(label)}</text>`;
	});
	const tall = frame.bottom + 50 + 20 * series.length;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${tall}" role="img" aria-label="${escaped(title)}">`,
		`<clipPath id="inside"><rect x="${frame.left}" y="${frame.top}" width="${frame.right - frame.left}" height="${frame.bottom - frame.top}"/></clipPath>`,
		...grid,
		`<rect x="${frame.left}" y="${frame.top}" width="${frame.right - frame.left}" height="${frame.bottom - frame.top}" fill="none" stroke="#333"/>`,
		...lines,
		marked,
		`<text x="${(frame.left + frame.right) / 2}" y="${frame.bottom + 36}" text-anchor="middle">${escaped(x.label)}</text>`,
		`<text transform="translate(16,${(frame.top + frame.bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(y.label)}</text>`,
		...legend,
		'</svg>',
	].join('');
}

/** Where a value lies between two places; what a logarithm cannot show lies at the axis' beginning. */
function position({ from, to, scale }: Axis, start: number, end: number): (value: number) => number {
	const along = (value: number): number =>
		scale === 'linear' ? (value - from) / (to - from) : Math.log(Math.max(value, from) / from) / Math.log(to / from);
	return (value) => start + (end - start) * Math.max(-0.5, Math.min(1.5, along(value)));
}

function ticks({ from, to, scale }: Axis): number[] {
	if (scale === 'log') {
		const [low, high] = [Math.ceil(Math.log10(from) - 1e-9), Math.floor(Math.log10(to) + 1e-9)];
		return Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
	}
	const rough = (to - from) / 7;
	const unit = 10 ** Math.floor(Math.log10(rough));
	const step = ([1, 2, 5, 10].find((times) => times * unit >= rough) ?? 10) * unit;
	const first = Math.ceil(from / step - 1e-9);
	return Array.from({ length: Math.floor(to / step + 1e-9) - first + 1 }, (_, i) => (first + i) * step);
}

function number(value: number): string {
	if (value !== 0 && Math.abs(value) < 0.001) return `10${superscript(Math.round(Math.log10(value)))}`;
	return String(Number(value.toPrecision(3)));
}

function superscript(exponent: number): string {
	return String(exponent).replace(/./g, (digit) => (digit === '-' ? '⁻' : ('⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? digit)));
}

/** Text for HTML and SVG. */
export function escaped(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
