import { blush, bothSides, soft, svg, tone } from './ink.js';
import type { Look } from './look.js';

/** Two shaded sides, a lit ridge and tip, wings and nostrils. */
export function nose(look: Look): string {
	const { skin } = look;
	const { tip, half, bridge } = look.nose;
	const top = look.eyes.y;
	// Light falls from the upper left: the right side of the nose is darker and its shadow wider.
	const sides = bothSides((side) => {
		const line = svg`M${side * bridge},${top - 6} C${side * (bridge + 2)},${tip * 0.5} ${side * half * 0.7},${tip - 16} ${side * half},${tip - 4}`;
		const shade = side > 0 ? `stroke="${blush(skin, 0.55)}" stroke-width="9"` : `stroke="${blush(skin, 0.62)}" stroke-width="7"`;
		return `<path d="${line}" ${shade} fill="none" opacity=".55" ${soft(3)}/>`;
	});
	const ridge = svg`<path d="M0,${top + 4} L0,${tip - 8}" stroke="${tone(skin, 1.18)}" stroke-width="${bridge}" opacity=".55" stroke-linecap="round" ${soft(3)}/>`;
	const ball = svg`<ellipse cy="${tip - 6}" rx="${half * 0.6}" ry="11" fill="${tone(skin, 1.08)}" opacity=".7" ${soft(3)}/>`;
	const under = [
		svg`M${-half},${tip - 6} Q${-half - 3},${tip + 8} ${-half * 0.5},${tip + 6}`,
		svg`Q0,${tip + 14} ${half * 0.5},${tip + 6} Q${half + 3},${tip + 8} ${half},${tip - 6}`,
	].join(' ');
	const wings = `<path d="${under}" stroke="${blush(skin, 0.5)}" stroke-width="4" fill="none" opacity=".8" ${soft(1)}/>`;
	const nostrils = bothSides(
		(side) => svg`<ellipse cx="${side * half * 0.5}" cy="${tip + 3}" rx="6" ry="3.4" fill="${blush(skin, 0.28)}"/>`,
	);
	return sides + ridge + ball + wings + nostrils;
}

export function mouth(look: Look): string {
	const { y, half, lip, colour } = look.mouth;
	const pale = Math.min(1, (look.skin[0] + 60) / 255);
	const bow = svg`Q${-half * 0.4},${y - lip * 1.05} ${-half * 0.12},${y - lip} Q0,${y - lip * 0.75} ${half * 0.12},${y - lip} Q${half * 0.4},${y - lip * 1.05}`;
	const upper = svg`<path d="M${-half},${y} ${bow} ${half},${y} Q0,${y + 3} ${-half},${y}Z" fill="${tone(colour, 0.85 * pale)}"/>`;
	const lower = svg`<path d="M${-half},${y} Q0,${y + lip * 2.3} ${half},${y} Q0,${y + 3} ${-half},${y}Z" fill="${tone(colour, 1.03 * pale)}"/>`;
	const parting = svg`<path d="M${-half - 2},${y - 1} Q0,${y + 4} ${half + 2},${y - 1}" stroke="rgb(70,28,26)" stroke-width="3" fill="none"/>`;
	const shadow = svg`<ellipse cy="${y + lip * 1.2 + 11}" rx="${half * 0.65}" ry="6" fill="${blush(look.skin, 0.62)}" opacity=".6" ${soft(3)}/>`;
	const groove = bothSides((side) => svg`<path d="M${side * 5},${look.nose.tip + 14} L${side * 4},${y - lip - 2}"/>`);
	const philtrum = `<g stroke="${blush(look.skin, 0.7)}" stroke-width="3" opacity=".5" ${soft(1)}>${groove}</g>`;
	return upper + lower + parting + shadow + philtrum;
}
