import { bothSides, soft, svg, tone } from './ink.js';
import { headSize, type Look } from './look.js';

/** Which leg is in front: -1 the left one in the picture, 1 the right one, 0 both feet passing. */
export type Stride = -1 | 0 | 1;

const trousers = [46, 50, 62] as const;
const shoe = '#1b1a1d';

/** y of the soles below the head's centre. */
export const solesY = 1560;

export function clothesGradient(look: Look): string {
	const stop = (offset: number, factor: number): string => `<stop offset="${offset}" stop-color="${tone(look.clothes.colour, factor)}"/>`;
	return `<linearGradient id="clothes">${stop(0, 0.75)}${stop(0.45, 1.12)}${stop(1, 0.65)}</linearGradient>`;
}

/** Shadow on the floor, legs, arms and torso. `front`: seen from the front (collar, lapels), else from behind. */
export function body(look: Look, stride: Stride, front: boolean): string {
	const shadow = svg`<ellipse cy="${solesY - 8}" rx="270" ry="34" fill="#14161a" opacity=".38" ${soft(5)}/>`;
	return (
		shadow +
		bothSides((side) => leg(side, stride)) +
		bothSides((side) => arm(look, side, stride)) +
		torso(look) +
		(front ? chest(look) : seam(look))
	);
}

function leg(side: 1 | -1, stride: Stride): string {
	// The leg behind looks shorter, is further in the shade and its foot is lifted.
	const behind = stride !== 0 && stride !== side;
	const foot = solesY - (behind ? 95 : 22);
	const x = side * (stride === 0 ? 98 : 84);
	const cloth = svg`<path d="M${side * 4},850 L${side * 172},850 Q${x + side * 78},1200 ${x + side * 52},${foot} L${x - side * 50},${foot} Q${x - side * 62},1200 ${side * 4},960Z" fill="${tone(trousers, behind ? 0.72 : 1)}"/>`;
	const sole = svg`<path d="M${x - 52},${foot - 4} L${x + 52},${foot - 4} Q${x + 66},${foot + 34} ${x},${foot + (behind ? 20 : 38)} Q${x - 66},${foot + 34} ${x - 52},${foot - 4}Z" fill="${shoe}"/>`;
	return sole + cloth;
}

function arm(look: Look, side: 1 | -1, stride: Stride): string {
	const { h } = headSize(look);
	const shoulder = look.clothes.shoulders;
	// Arms swing against the legs: the one in front hangs lower and nearer to the body.
	const swing = stride === 0 ? 0 : -stride * side;
	const hand = 880 + swing * 34;
	const out = shoulder + 26 - swing * 14;
	const skin = svg`<ellipse cx="${side * (out - 34)}" cy="${hand + 28}" rx="36" ry="50" fill="${tone(look.skin, 0.86)}"/>`;
	const sleeve = svg`M${side * (shoulder - 70)},${h + 120} Q${side * (shoulder + 30)},${h + 120} ${side * (shoulder + 22)},${h + 300} L${side * out},${hand} L${side * (out - 72)},${hand} L${side * (shoulder - 92)},${h + 340}Z`;
	return `${skin}<path d="${sleeve}" fill="${tone(look.clothes.colour, side > 0 ? 0.66 : 0.8)}"/>`;
}

function torso(look: Look): string {
	const { h } = headSize(look);
	const s = look.clothes.shoulders;
	const outline = [
		svg`M${-s},${h + 160} Q${-s * 0.8},${h + 80} -72,${h + 44} L72,${h + 44} Q${s * 0.8},${h + 80} ${s},${h + 160}`,
		svg`Q${s - 40},${h + 360} ${s * 0.74},620 Q${s * 0.66},760 ${s * 0.74},920 L${-s * 0.74},920 Q${-s * 0.66},760 ${-s * 0.74},620 Q${-s + 40},${h + 360} ${-s},${h + 160}Z`,
	].join(' ');
	return `<path d="${outline}" fill="url(#clothes)"/>`;
}

/** What tells the front of a jumper, a shirt and a jacket apart. */
function chest(look: Look): string {
	const { h } = headSize(look);
	const dark = tone(look.clothes.colour, 0.5);
	const throat = svg`<path d="M-70,${h + 42} Q0,${h + 150} 70,${h + 42}Z" fill="${tone(look.skin, 0.85)}"/>`;
	switch (look.clothes.kind) {
		case 'jumper':
			return `${throat}${svg`<path d="M-74,${h + 42} Q0,${h + 162} 74,${h + 42}" stroke="${dark}" stroke-width="16" fill="none" opacity=".7"/>`}`;
		case 'shirt': {
			const collar = bothSides(
				(side) => svg`<path d="M${side * 74},${h + 34} L0,${h + 122} L${side * 62},${h + 176}Z" fill="${tone(look.clothes.colour, 1.2)}"/>`,
			);
			const buttons = [210, 320, 430, 540].map((below) => svg`<circle cy="${h + below}" r="7" fill="${dark}"/>`);
			return `${throat}${collar}${svg`<path d="M0,${h + 122} L0,918" stroke="${dark}" stroke-width="5" opacity=".6"/>`}${buttons.join('')}`;
		}
		case 'jacket': {
			const shirt = svg`<path d="M-74,${h + 38} L0,${h + 400} L74,${h + 38} Q0,${h + 110} -74,${h + 38}Z" fill="#eceae6"/>`;
			const tie = svg`<path d="M-16,${h + 112} L16,${h + 112} L24,${h + 300} L0,${h + 372} L-24,${h + 300}Z" fill="${dark}"/>`;
			const lapels = bothSides(
				(side) =>
					svg`<path d="M${side * 74},${h + 34} L${side * 132},${h + 170} L${side * 84},${h + 196} L0,${h + 420} L${side * 30},${h + 240}Z" fill="${tone(look.clothes.colour, 0.78)}"/>`,
			);
			return `${throat}${shirt}${tie}${lapels}${svg`<path d="M0,${h + 410} L0,918" stroke="${dark}" stroke-width="6"/>`}`;
		}
	}
}

/** The back of the clothes: a seam and the shoulder blades' folds. */
function seam(look: Look): string {
	const { h } = headSize(look);
	const folds = bothSides((side) => svg`<path d="M${side * 150},${h + 190} Q${side * 110},${h + 300} ${side * 130},${h + 420}"/>`);
	return `<g stroke="${tone(look.clothes.colour, 0.55)}" stroke-width="7" fill="none" opacity=".6" ${soft(2)}>${svg`<path d="M0,${h + 90} L0,910"/>`}${folds}</g>`;
}
