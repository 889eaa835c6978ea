import { svg } from './ink.js';

/** The picture's size in pixels. */
export const picture = { width: 1280, height: 720 } as const;

/** Where the eye line of the camera lies; heads far and near are close to it. */
export const horizonY = 226;

/** Where the back wall meets the floor. */
export const wallY = 440;

/** The opening in the back wall that people come through, in pixels. */
export const doorway = { x: 250, y: 122, width: 220, height: wallY - 122 } as const;

/** The showroom without people, as SVG. No text elements: those would look different with every system's fonts. */
export function drawBackground(): string {
	const { width, height } = picture;
	const layers = [room(), street(), door(), sign(), lamps(), desk(), car(), plant(1215, 470), plant(120, 520)];
	const grain = `<rect width="${width}" height="${height}" filter="url(#grain)"/>`;
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>${paints}</defs>${layers.join('')}${grain}</svg>`;
}

const gradient = (id: string, stops: readonly (readonly [number, string, number?])[], across = false): string => {
	const list = stops.map(([offset, colour, opacity = 1]) => `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity}"/>`);
	return `<linearGradient id="${id}" x1="0" y1="0" x2="${across ? 1 : 0}" y2="1">${list.join('')}</linearGradient>`;
};

const paints = [
	gradient('wall', [
		[0, '#eceae5'],
		[1, '#d2cfc9'],
	]),
	gradient('floor', [
		[0, '#8d8c8a'],
		[1, '#c0beba'],
	]),
	gradient('sky', [
		[0, '#c9dcea'],
		[0.6, '#dfe8ea'],
		[1, '#e9e6dc'],
	]),
	gradient(
		'glass',
		[
			[0, '#d3e6f0', 0.75],
			[0.5, '#a9c3d0', 0.6],
			[1, '#dcebf2', 0.75],
		],
		true,
	),
	gradient('gloss', [
		[0, '#fff', 0.6],
		[0.42, '#fff', 0],
		[1, '#000', 0.45],
	]),
	'<filter id="blur"><feGaussianBlur stdDeviation="7"/></filter>',
	'<filter id="grain" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency=".8" numOctaves="2" seed="4"/>',
	'<feColorMatrix type="saturate" values="0"/><feComponentTransfer><feFuncA type="linear" slope=".09"/></feComponentTransfer></filter>',
].join('');

/** Walls and a tiled floor, its joints running to one point on the horizon. */
function room(): string {
	const { width, height } = picture;
	const joints = Array.from({ length: 19 }, (_, i) => {
		const foot = 640 + (i - 9) * 170;
		const top = 640 + ((foot - 640) * (wallY - horizonY)) / (height - horizonY);
		return svg`M${top},${wallY} L${foot},${height}`;
	});
	// Equal steps in depth: the distance below the horizon goes with 1 / depth.
	const rows = [1, 1.25, 1.55, 1.9, 2.3].map((near) => svg`M0,${horizonY + (wallY - horizonY) * near} H${width}`);
	const tiles = `<path d="${joints.join(' ')} ${rows.join(' ')}" stroke="#7d7b78" stroke-width="1.5" opacity=".55"/>`;
	const skirting = `<rect y="${wallY - 12}" width="${width}" height="12" fill="#a7a39c"/>`;
	return `<rect width="${width}" height="${wallY}" fill="url(#wall)"/><rect y="${wallY}" width="${width}" height="${height - wallY}" fill="url(#floor)"/>${tiles}${skirting}`;
}

/** What is seen through the open door. */
function street(): string {
	const { x, y, width, height } = doorway;
	const houses = [0, 46, 108, 160].map((left, i) => {
		const top = y + 70 + ((i * 37) % 60);
		return svg`<rect x="${x + left}" y="${top}" width="${54}" height="${wallY - 80 - top}" fill="${['#b9b7b4', '#a8adb3', '#c3bdb2', '#aab4b0'][i] ?? '#b9b7b4'}"/>`;
	});
	const pavement = `<rect x="${x}" y="${wallY - 82}" width="${width}" height="82" fill="#a9a8a4"/>`;
	return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="url(#sky)"/>${houses.join('')}${pavement}`;
}

/** The frame of the entrance and its two glass leaves, slid open to the sides. */
function door(): string {
	const { x, y, width, height } = doorway;
	const leaf = (left: number): string =>
		svg`<rect x="${left}" y="${y}" width="100" height="${height}" fill="url(#glass)" stroke="#3b3f44" stroke-width="8"/><path d="M${left + 20},${y + 250} L${left + 72},${y + 60}" stroke="#fff" stroke-width="9" opacity=".45"/>`;
	const frame = svg`<path d="M${x - 7},${wallY} V${y - 7} H${x + width + 7} V${wallY}" stroke="#33373c" stroke-width="14" fill="none"/>`;
	const lintel = svg`<rect x="${x - 122}" y="${y - 34}" width="${width + 244}" height="26" fill="#4a4f55"/>`;
	return leaf(x - 112) + leaf(x + width + 12) + lintel + frame;
}

/** "SHOWROOM" from strokes, each letter in a box of 20 x 30. */
const letters: Record<string, string> = {
	S: 'M18,4 Q10,-3 4,3 Q-1,11 10,15 Q21,19 16,27 Q9,33 1,26',
	H: 'M2,0 V30 M18,0 V30 M2,15 H18',
	O: 'M10,0 Q20,0 20,15 Q20,30 10,30 Q0,30 0,15 Q0,0 10,0Z',
	W: 'M0,0 L5,30 L10,8 L15,30 L20,0',
	R: 'M2,30 V0 H10 Q18,1 18,8 Q18,15 10,16 H2 M10,16 L18,30',
	M: 'M1,30 V0 L10,20 L19,0 V30',
};

function sign(): string {
	const word = [...'SHOWROOM'].map((letter, i) => `<path transform="translate(${i * 32},0)" d="${letters[letter] ?? ''}"/>`).join('');
	const text = `<g transform="translate(690,98)" stroke="#f1f4f6" stroke-width="4.5" fill="none" stroke-linecap="round" stroke-linejoin="round">${word}</g>`;
	const emblem =
		'<circle cx="648" cy="113" r="19" stroke="#d8a948" stroke-width="5" fill="none"/><path d="M634,118 L648,100 L662,118" stroke="#d8a948" stroke-width="5" fill="none"/>';
	return `<rect x="610" y="76" width="346" height="74" rx="4" fill="#24303c"/>${emblem}${text}`;
}

function lamps(): string {
	return [160, 560, 860, 1120]
		.map((x) => `<ellipse cx="${x}" cy="14" rx="44" ry="12" fill="#fffdf0"/><path d="M${x},0 V6" stroke="#888" stroke-width="4"/>`)
		.join('');
}

function desk(): string {
	return [
		'<rect x="1085" y="352" width="150" height="12" rx="3" fill="#7b6048"/><rect x="1094" y="364" width="132" height="88" fill="#63503f"/>',
		'<rect x="1118" y="298" width="74" height="48" rx="3" fill="#1b1e22"/><rect x="1122" y="302" width="66" height="38" fill="#3a5f7c"/><rect x="1148" y="346" width="14" height="8" fill="#1b1e22"/>',
	].join('');
}

/** The car on show, on a low round stage. */
function car(): string {
	const shape = 'M0,96 Q4,58 66,46 Q112,4 190,2 Q270,4 312,44 Q372,52 382,98 Q384,124 362,124 L18,124 Q-4,124 0,96Z';
	const windows = '<path d="M88,44 Q126,14 180,13 L184,44Z M196,44 L194,13 Q252,15 292,44Z" fill="#26323b"/>';
	const wheels = [76, 306].map((x) => {
		const spokes = [0, 1, 2, 3, 4]
			.map((k) => svg`M${x},122 L${x + 19 * Math.cos(k * 1.2566)},${122 + 19 * Math.sin(k * 1.2566)}`)
			.join(' ');
		return `<circle cx="${x}" cy="122" r="33" fill="#17181a"/><circle cx="${x}" cy="122" r="21" fill="#b5babd"/><path d="${spokes}" stroke="#555" stroke-width="5"/>`;
	});
	const stage = '<ellipse cx="191" cy="150" rx="236" ry="26" fill="#e4e2de"/><ellipse cx="191" cy="142" rx="236" ry="26" fill="#f3f1ee"/>';
	const shadow = '<ellipse cx="191" cy="146" rx="190" ry="14" fill="#333" opacity=".5" filter="url(#blur)"/>';
	const lamp = '<ellipse cx="366" cy="76" rx="12" ry="8" fill="#fff1bd"/><ellipse cx="14" cy="80" rx="8" ry="8" fill="#c9342d"/>';
	const body = `<path d="${shape}" fill="#8c1d24"/><path d="${shape}" fill="url(#gloss)"/>`;
	return `<g transform="translate(640,318)">${stage}${shadow}${body}${windows}${wheels.join('')}${lamp}</g>`;
}

function plant(x: number, y: number): string {
	const leaves = Array.from({ length: 15 }, (_, i) => {
		const angle = -Math.PI * (0.08 + (0.84 * i) / 14);
		const length = 95 + ((i * 37) % 50);
		const tip = { x: Math.cos(angle) * length, y: Math.sin(angle) * length };
		const colour = ['#2f5d34', '#3f7a43', '#27502c'][i % 3] ?? '#2f5d34';
		return svg`<path d="M0,0 Q${tip.x * 0.6 + 8},${tip.y * 0.7 - 16} ${tip.x},${tip.y}" stroke="${colour}" stroke-width="${11 - (i % 4) * 2}" fill="none" stroke-linecap="round"/>`;
	});
	return `<g transform="translate(${x},${y})"><path d="M-34,0 L34,0 L26,84 L-26,84Z" fill="#6d4b3a"/>${leaves.join('')}</g>`;
}
