import { seededRandom } from '../random.js';
import { blush, bothSides, soft, svg, tone } from './ink.js';
import { chinY, headSize, type Look } from './look.js';

/** How wide the jaw is at its corner, as a fraction of the head's half width. */
export const jawWidth = (look: Look): number => 0.42 + 0.36 * look.head.jaw;

/** The face's outline as path data, from the left temple over the crown and round the chin. */
export function faceOutline(look: Look): string {
	const { w, h } = headSize(look);
	const chin = chinY(look);
	const cheek = w * (1 + look.head.cheek);
	const corner = w * (jawWidth(look) + 0.22);
	const jaw = w * jawWidth(look) * 0.75;
	const temple = w * 0.95;
	return [
		svg`M${-temple},-30 C${-w},${-h * 0.62} ${-w * 0.6},${-h * 0.95} 0,${-h * 0.95}`,
		svg`C${w * 0.6},${-h * 0.95} ${w},${-h * 0.62} ${temple},-30`,
		svg`C${cheek},${h * 0.3} ${corner},${chin * 0.78} ${jaw},${chin * 0.93}`,
		svg`Q${w * 0.2},${chin * 1.02} 0,${chin * 1.02} Q${-w * 0.2},${chin * 1.02} ${-jaw},${chin * 0.93}`,
		svg`C${-corner},${chin * 0.78} ${-cheek},${h * 0.3} ${-temple},-30Z`,
	].join(' ');
}

export function ears(look: Look): string {
	const { w } = headSize(look);
	return bothSides((side) => {
		const outer = svg`<ellipse cx="${side * w * 0.99}" cy="4" rx="17" ry="36" fill="${blush(look.skin, 0.82)}"/>`;
		const inner = svg`<ellipse cx="${side * w}" cy="6" rx="8" ry="20" fill="${blush(look.skin, 0.6)}" ${soft(3)}/>`;
		const ring = look.earrings ? svg`<circle cx="${side * w * 1.03}" cy="46" r="8" fill="#e8c860"/>` : '';
		return outer + inner + ring;
	});
}

/** Neck, with the chin's shadow on it when the face looks this way. */
export function neck(look: Look, chinShadow: boolean): string {
	const { h } = headSize(look);
	const chin = chinY(look);
	const skin = svg`<path d="M-62,${h * 0.5} L-66,${h + 60} Q0,${h + 110} 66,${h + 60} L62,${h * 0.5}Z" fill="${blush(look.skin, 0.78)}"/>`;
	if (!chinShadow) return skin;
	const edge = svg`M-62,${h * 0.7} Q0,${chin * 1.25} 62,${h * 0.7} L62,${h * 0.95} Q0,${chin * 1.45} -62,${h * 0.95}Z`;
	return `${skin}<path d="${edge}" fill="${blush(look.skin, 0.5)}" opacity=".6" ${soft(5)}/>`;
}

/** Skin, cheeks, lines and freckles: the face without its features. */
export function faceGround(look: Look): string {
	const { w } = headSize(look);
	const outline = faceOutline(look);
	const cheek = (side: 1 | -1, factor: number): string =>
		svg`<ellipse cx="${side * w * 0.55}" cy="${look.nose.tip}" rx="${w * 0.28}" ry="34" fill="${blush(look.skin, factor)}" opacity=".5" ${soft(5)}/>`;
	const clip = `<clipPath id="face"><path d="${outline}"/></clipPath>`;
	const cheeks = `<g clip-path="url(#face)">${cheek(-1, 1.02)}${cheek(1, 0.9)}</g>`;
	return `${clip}<path d="${outline}" fill="url(#skin)"/>${cheeks}`;
}

/** Lines beside the mouth and on the forehead. */
export function lines(look: Look): string {
	if (look.lines === 0) return '';
	const { w, h } = headSize(look);
	const { nose, mouth } = look;
	const folds = bothSides(
		(side) =>
			svg`<path d="M${side * (nose.half + 6)},${nose.tip} Q${side * (mouth.half + 8)},${nose.tip + 18} ${side * (mouth.half + 12)},${mouth.y + 4}"/>`,
	);
	const forehead = [28, 46].map((below) => {
		const y = -h * 0.6 + below;
		return svg`<path d="M${-w * 0.48},${y} Q0,${y - 8} ${w * 0.48},${y}"/>`;
	});
	return `<g stroke="${blush(look.skin, 0.6)}" stroke-width="4" fill="none" opacity="${look.lines}" ${soft(1)}>${folds}${forehead.join('')}</g>`;
}

export function freckles(look: Look): string {
	if (!look.freckles) return '';
	const { w } = headSize(look);
	const random = seededRandom(look.seed + 77);
	const spots = Array.from({ length: 50 }, () => {
		const x = (random() - 0.5) * w * 1.3;
		return svg`<circle cx="${x}" cy="${look.eyes.y + 20 + random() * 50}" r="${1.5 + random() * 2}"/>`;
	});
	return `<g fill="${blush(look.skin, 0.6)}" opacity=".6">${spots.join('')}</g>`;
}

/** Gradient of the lit skin. */
export function skinGradient(look: Look): string {
	const stops = `<stop offset="0" stop-color="${tone(look.skin, 1.07)}"/><stop offset=".62" stop-color="${tone(look.skin, 0.95)}"/>`;
	return `<radialGradient id="skin" cx="42%" cy="42%" r="68%">${stops}<stop offset="1" stop-color="${blush(look.skin, 0.62)}"/></radialGradient>`;
}
