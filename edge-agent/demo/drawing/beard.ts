import { jawWidth } from './head.js';
import { soft, svg, tone } from './ink.js';
import { chinY, headSize, type Look } from './look.js';

/** Where a full beard or its stubble grows: from ear to ear round the jaw, free of the cheeks and lips. */
function beardArea(look: Look): string {
	const { w, h } = headSize(look);
	const { y, half, lip } = look.mouth;
	const chin = chinY(look);
	const jaw = jawWidth(look);
	return [
		svg`M${-w * 0.93},0 C${-w * 0.9},${h * 0.5} ${-w * (jaw + 0.2)},${chin * 0.9} ${-w * jaw * 0.7},${chin * 1.02}`,
		svg`Q0,${chin * 1.22} ${w * jaw * 0.7},${chin * 1.02} C${w * (jaw + 0.2)},${chin * 0.9} ${w * 0.9},${h * 0.5} ${w * 0.93},0`,
		svg`C${w * 0.82},${y - 30} ${w * 0.6},${y - 34} ${half + 14},${y - lip - 14} Q0,${y - lip - 16} ${-half - 14},${y - lip - 14}`,
		svg`C${-w * 0.6},${y - 34} ${-w * 0.82},${y - 30} ${-w * 0.93},0Z`,
	].join(' ');
}

/** What lies under the mouth and nose: stubble, a full beard, a goatee. */
export function beard(look: Look): string {
	const colour = tone(look.hair.colour, 0.75);
	if (look.beard === 'stubble') return `<path d="${beardArea(look)}" fill="${colour}" opacity=".33" ${soft(5)}/>`;
	if (look.beard === 'full') return `<path d="${beardArea(look)}" fill="${colour}" opacity=".93" ${soft(2)}/>`;
	if (look.beard !== 'goatee') return '';
	const { y, half, lip } = look.mouth;
	const end = chinY(look) * 1.12;
	const patch = [
		svg`M${-half - 8},${y - lip - 10} Q0,${y - lip - 18} ${half + 8},${y - lip - 10} L${half + 6},${y + 30}`,
		svg`Q${half * 0.5},${end} 0,${end} Q${-half * 0.5},${end} ${-half - 6},${y + 30}Z`,
	].join(' ');
	return `<path d="${patch}" fill="${colour}" opacity=".88" ${soft(2)}/>`;
}

/** Lies over the upper lip. */
export function moustache(look: Look): string {
	if (look.beard !== 'moustache') return '';
	const { y, half, lip } = look.mouth;
	const end = half + 12;
	const patch = [
		svg`M${-end},${y + 6} Q${-half * 0.5},${y - lip - 24} 0,${y - lip - 10} Q${half * 0.5},${y - lip - 24} ${end},${y + 6}`,
		svg`Q${half * 0.4},${y - 4} 0,${y - 3} Q${-half * 0.4},${y - 4} ${-end},${y + 6}Z`,
	].join(' ');
	return `<path d="${patch}" fill="${tone(look.hair.colour, 0.75)}" ${soft(1)}/>`;
}
