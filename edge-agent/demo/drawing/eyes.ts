import { blush, bothSides, soft, svg, tone } from './ink.js';
import { headSize, type Look } from './look.js';

export function eyes(look: Look): string {
	return bothSides((side) => {
		const { apart, y, slant } = look.eyes;
		return svg`<g transform="translate(${side * apart},${y}) rotate(${-side * slant})">${eye(look, side)}</g>`;
	});
}

/** One eye about its own centre. */
function eye(look: Look, side: 1 | -1): string {
	const { half, open, iris, lashes } = look.eyes;
	const almond = svg`M${-half},2 Q0,${-open * 1.5} ${half},0 Q0,${open * 1.35} ${-half},2Z`;
	const clip = side > 0 ? 'eye-right' : 'eye-left';
	const lid = svg`M${-half},${-open * 0.5} Q0,${-open * 1.5} ${half},${-open * 0.5} L${half},${-open * 2} L${-half},${-open * 2}Z`;
	const socket = svg`<ellipse cy="-4" rx="${half * 1.55}" ry="${open * 2.5}" fill="${blush(look.skin, 0.66)}" opacity="${0.35 + 0.5 * look.sockets}" ${soft(5)}/>`;
	const ball = `<clipPath id="${clip}"><path d="${almond}"/></clipPath><path d="${almond}" fill="rgb(238,232,228)"/>`;
	const pupil = svg`<circle r="${Math.max(8, open * 1.02)}" fill="${tone(iris)}"/><circle r="${Math.max(3.5, open * 0.48)}" fill="#0a0806"/>`;
	const seen = `<g clip-path="url(#${clip})">${pupil}<path d="${lid}" fill="#000" opacity=".35" ${soft(1)}/></g>`;
	const glint = '<circle cx="3" cy="-3" r="2.2" fill="#fff"/>';
	const lash = svg`<path d="M${-half * 1.05},3 Q0,${-open * 1.65} ${half * 1.08},-1" stroke="${lashes ? '#120a08' : 'rgb(50,30,24)'}" stroke-width="${lashes ? 4.5 : 3}"/>`;
	const fold = svg`<path d="M${-half * 0.9},${-open * 1.1} Q0,${-open * 2.3} ${half},${-open}" stroke="${tone(look.skin, 0.55)}" stroke-width="2.2"/>`;
	const lower = svg`<path d="M${-half},3 Q0,${open * 1.5} ${half},1" stroke="${blush(look.skin, 0.55)}" stroke-width="1.6"/>`;
	const bag = svg`<path d="M${-half},${open * 1.6} Q0,${open * 3} ${half},${open * 1.6}" stroke="${blush(look.skin, 0.6)}" stroke-width="3" opacity="${look.lines * 0.8}" ${soft(1)}/>`;
	return `${socket}${ball}${seen}${glint}<g fill="none">${lash}${fold}${lower}${look.lines > 0 ? bag : ''}</g>`;
}

export function brows(look: Look): string {
	const { apart, half, y } = look.eyes;
	const { thick, above, slant, dark } = look.brows;
	const colour = tone(look.hair.colour, 0.45 + 0.4 * (1 - dark));
	return bothSides((side) => {
		const x = side * apart;
		const line = svg`M${x - side * half * 1.2},${y - above + 4} Q${x},${y - above - 9} ${x + side * half * 1.45},${y - above + slant}`;
		return svg`<path d="${line}" stroke="${colour}" stroke-width="${thick}" fill="none" stroke-linecap="round" ${soft(1)}/>`;
	});
}

export function glasses(look: Look): string {
	if (look.glasses === 'none') return '';
	const { apart, y } = look.eyes;
	const { w } = headSize(look);
	const thick = look.glasses === 'thick';
	const rim = `fill="#cfe" fill-opacity=".12" stroke="#1e1a18" stroke-width="${thick ? 10 : 4}"`;
	const lenses = bothSides((side) => {
		const x = side * apart;
		if (look.glasses === 'round') return svg`<circle cx="${x}" cy="${y + 2}" r="36" ${rim}/>`;
		if (look.glasses === 'rect') return svg`<rect x="${x - 36}" y="${y - 20}" width="72" height="44" rx="8" ${rim}/>`;
		return svg`<rect x="${x - 39}" y="${y - 26}" width="78" height="54" rx="16" ${rim}/>`;
	});
	const bridge = svg`M${34 - apart},${y - 2} Q0,${y - 12} ${apart - 34},${y - 2}`;
	const temples = svg`M${-apart - 37},${y - 4} L${-w},${y - 12} M${apart + 37},${y - 4} L${w},${y - 12}`;
	return `${lenses}<path d="${bridge} ${temples}" stroke="#1c1816" stroke-width="${thick ? 9 : 4}" fill="none"/>`;
}
