import { seededRandom } from '../random.js';
import { bothSides, soft, svg, tone } from './ink.js';
import { headSize, type Look } from './look.js';

/** Hair in two layers: `behind` the head and shoulders, `over` the forehead. */
export interface Hair {
	readonly behind: string;
	readonly over: string;
}

const locks = 'fill="url(#hair)"';

export function hairGradient(look: Look): string {
	const stop = (offset: number, factor: number): string => `<stop offset="${offset}" stop-color="${tone(look.hair.colour, factor)}"/>`;
	return `<linearGradient id="hair" x1="0" y1="0" x2="1" y2="1">${stop(0, 1.15)}${stop(0.35, 1.45)}${stop(1, 0.6)}</linearGradient>`;
}

/** Over the crown from the left side to the right: open path data, to be closed along the hairline. */
function crown(look: Look, height: number, width: number, fromY: number): string {
	const { w, h } = headSize(look);
	const bulge = w * (width + 0.06);
	const top = -h * (height + 0.22);
	return svg`M${-w * width},${fromY} C${-bulge},${-h * height} ${-w * 0.55},${top} 0,${top} C${w * 0.55},${top} ${bulge},${-h * height} ${w * width},${fromY}`;
}

/** Hair seen from the front. */
export function hairFromFront(look: Look): Hair {
	const { w, h } = headSize(look);
	const line = -h * 0.6;
	const over = (d: string, fill = locks): string => `<path d="${d}" ${fill} ${soft(1)}/>`;
	const nothing = '';
	switch (look.hair.style) {
		case 'buzz': {
			const edge = svg`C${w * 0.85},${line} ${w * 0.6},${line - 4} 0,${line - 12} C${-w * 0.6},${line - 4} ${-w * 0.85},${line} ${-w},-30Z`;
			const thin = `fill="${tone(look.hair.colour)}" opacity=".72" ${soft(2)}`;
			return { behind: nothing, over: `<path d="${crown(look, 0.72, 1, -30)} ${edge}" ${thin}/>` };
		}
		case 'short': {
			const edge = svg`L${w * 0.93},-20 C${w * 0.85},${line + 10} ${w * 0.5},${line - 8} 0,${line} C${-w * 0.5},${line - 8} ${-w * 0.85},${line + 10} ${-w * 0.93},-20Z`;
			return { behind: nothing, over: over(`${crown(look, 0.88, 1.05, -20)} ${edge}`) };
		}
		case 'side': {
			const edge = svg`L${w * 0.93},-20 C${w * 0.9},${line + 20} ${w * 0.75},${line - 30} ${w * 0.45},${line - 34} C${w * 0.1},${line + 40} ${-w * 0.6},${line + 34} ${-w * 0.93},-20Z`;
			return { behind: nothing, over: over(`${crown(look, 0.95, 1.06, -20)} ${edge}`) };
		}
		case 'curly':
			return { behind: nothing, over: curls(look) };
		case 'bun': {
			const edge = svg`C${w * 0.9},${line + 10} ${w * 0.4},${line - 34} 0,${line - 34} C${-w * 0.4},${line - 34} ${-w * 0.9},${line + 10} ${-w * 1.02},-20Z`;
			return { behind: svg`<circle cy="${-h * 1.2}" r="58" ${locks}/>`, over: over(`${crown(look, 0.82, 1.02, -20)} ${edge}`) };
		}
		case 'long': {
			const edge = svg`C${w},-30 ${w * 0.75},${line} ${w * 0.06},${line - 40} C${-w * 0.7},${line - 10} ${-w},-40 ${-w * 1.06},20Z`;
			const strands = bothSides(
				(side) =>
					svg`<path d="M${side * w * 0.86},-70 Q${side * w * 1.12},60 ${side * w * 0.9},${h * 1.1} L${side * w * 1.4},${h * 1.2} L${side * w * 1.12},-70Z" ${locks}/>`,
			);
			return { behind: curtain(look, 1.45, h * 1.55), over: over(`${crown(look, 0.93, 1.06, 10)} ${edge}`) + strands };
		}
		case 'bob': {
			const edge = svg`C${w * 0.95},-20 ${w * 0.85},${line + 26} ${w * 0.5},${line + 16} L${-w * 0.5},${line + 16} C${-w * 0.85},${line + 26} ${-w * 0.95},-20 ${-w * 1.08},20Z`;
			return { behind: curtain(look, 1.3, h * 0.72), over: over(`${crown(look, 0.93, 1.08, 20)} ${edge}`) };
		}
		case 'fringe': {
			const end = Math.min(line + 62, look.eyes.y - look.brows.above - 10);
			const edge = svg`Q${w},${line + 50} ${w * 0.8},${end} L${-w * 0.8},${end} Q${-w},${line + 50} ${-w * 1.06},20Z`;
			return { behind: curtain(look, 1.3, h * 1.2), over: over(`${crown(look, 0.9, 1.06, 20)} ${edge}`) };
		}
	}
}

/** Hair hanging behind the face down to `endY`, `width` half widths wide there. */
function curtain(look: Look, width: number, endY: number): string {
	const { w, h } = headSize(look);
	const half = w * width;
	return svg`<path d="M0,${-h * 1.18} C${w * 1.52},${-h * 1.2} ${w * 1.4},40 ${half},${endY} Q0,${endY - h * 0.12} ${-half},${endY} C${-w * 1.4},40 ${-w * 1.52},${-h * 1.2} 0,${-h * 1.18}Z" ${locks}/>`;
}

function curls(look: Look): string {
	const { w, h } = headSize(look);
	const line = -h * 0.6;
	const random = seededRandom(look.seed + 5);
	const curl = (x: number, y: number, r: number): string =>
		svg`<circle cx="${x}" cy="${y}" r="${r}" fill="${tone(look.hair.colour, 0.8 + random() * 0.5)}"/>`;
	const rim = Array.from({ length: 46 }, (_, i) => {
		const angle = Math.PI * (1.02 - (0.96 * i) / 45);
		const reach = 1.02 + 0.16 * random();
		return curl(Math.cos(angle) * w * reach * 1.02, -h * 0.28 - Math.sin(angle) * h * 0.72 * reach, 26 + random() * 16);
	});
	const front = Array.from({ length: 22 }, (_, i) => {
		const x = w * (-0.85 + (1.7 * i) / 21);
		return curl(x, line - 14 + (x / w) ** 2 * 50, 20 + random() * 10);
	});
	const ground = svg`<path d="${crown(look, 0.8, 0.95, -70)} Q0,${line - 30} ${-w * 0.95},-70Z" fill="${tone(look.hair.colour, 0.95)}"/>`;
	return `<g ${soft(2)}>${rim.join('')}${front.join('')}${ground}</g>`;
}

/** The back of the head: hair over all of it, down to the nape or further. Drawn over the body. */
export function hairFromBehind(look: Look): string {
	const { w, h } = headSize(look);
	const { style, colour } = look.hair;
	const skull = svg`${crown(look, 0.9, 1.02, -10)} C${w * 1.02},${h * 0.45} ${w * 0.62},${h * 0.72} 0,${h * 0.76} C${-w * 0.62},${h * 0.72} ${-w * 1.02},${h * 0.45} ${-w * 1.02},-10Z`;
	const whirl = svg`<path d="M${-w * 0.5},${h * 0.5} Q${-w * 0.25},${-h * 0.5} ${w * 0.1},${-h * 0.75} M${-w * 0.05},${h * 0.6} Q${w * 0.05},${-h * 0.3} ${w * 0.1},${-h * 0.75} M${w * 0.45},${h * 0.52} Q${w * 0.4},${-h * 0.3} ${w * 0.1},${-h * 0.75}" stroke="${tone(colour, 0.62)}" stroke-width="7" fill="none" opacity=".55" ${soft(3)}/>`;
	const base = `<path d="${skull}" ${locks} ${soft(1)}/>${whirl}`;
	if (style === 'long') return base + curtain(look, 1.35, h * 1.6) + whirl;
	if (style === 'bob') return base + curtain(look, 1.25, h * 0.78) + whirl;
	if (style === 'fringe') return base + curtain(look, 1.25, h * 1.25) + whirl;
	if (style === 'bun') return `${base}<circle cy="${-h * 0.95}" r="66" ${locks}/>`;
	return base;
}
