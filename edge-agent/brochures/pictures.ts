/*
 * The pictures of the brochures, drawn: no photograph of a real car is ours to show. 960 x 540, without text, so that they need no
 * font and no language.
 */

const PAINT = '#1f6f78';
const DARK = '#17252b';
const GLASS = '#9fc4cf';
const STEEL = '#c9d3d6';
const GLOW = '#f2b84b';

function svg(background: string, content: string): string {
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 540" role="img"><rect width="960" height="540" fill="${background}"/>${content}</svg>`;
}

function wheel(x: number, y: number, radius: number): string {
	const spokes = Array.from({ length: 10 }, (_, index) => {
		const angle = (index * Math.PI) / 5;
		const end = `x2="${(x + Math.cos(angle) * radius * 0.66).toFixed(1)}" y2="${(y + Math.sin(angle) * radius * 0.66).toFixed(1)}"`;
		return `<line x1="${x}" y1="${y}" ${end} stroke="${STEEL}" stroke-width="${radius / 9}"/>`;
	}).join('');
	return (
		`<circle cx="${x}" cy="${y}" r="${radius}" fill="${DARK}"/>` +
		`<circle cx="${x}" cy="${y}" r="${radius * 0.7}" fill="#3a4a50"/>${spokes}` +
		`<circle cx="${x}" cy="${y}" r="${radius * 0.16}" fill="${STEEL}"/>`
	);
}

const BODY =
	'M120 362 C118 318 134 290 190 276 L300 262 C356 202 410 172 494 168 L640 168 C724 170 778 212 806 258 C842 266 856 292 854 362 Z';

/** The car from its left side. */
function side(paint: string): string {
	return (
		`<ellipse cx="487" cy="424" rx="400" ry="18" fill="#000" opacity="0.22"/>` +
		`<path d="${BODY}" fill="${paint}"/>` +
		`<path d="M120 362 L854 362 L846 396 L136 396 Z" fill="${DARK}"/>` +
		`<path d="M330 262 C374 216 418 192 488 190 L520 190 L520 262 Z" fill="${GLASS}"/>` +
		`<path d="M538 190 L636 190 C694 192 736 222 764 262 L538 262 Z" fill="${GLASS}"/>` +
		`<path d="M128 300 L206 286" stroke="${GLOW}" stroke-width="9" stroke-linecap="round"/>` +
		`<path d="M826 282 L850 292" stroke="#d8453c" stroke-width="11" stroke-linecap="round"/>` +
		`<path d="M529 190 L529 374 M318 268 L318 372 M748 268 L726 330" stroke="#000" stroke-opacity="0.25" stroke-width="3" fill="none"/>` +
		`<path d="M480 288 h34 M690 288 h34" stroke="${STEEL}" stroke-width="6" stroke-linecap="round"/>` +
		`<path d="M470 165 L650 165" stroke="${STEEL}" stroke-width="6" stroke-linecap="round"/>` +
		wheel(262, 376, 58) +
		wheel(716, 376, 58)
	);
}

const exterior = svg(
	'#dfe8e6',
	`<circle cx="760" cy="120" r="64" fill="#f6e3b4"/><path d="M0 330 C180 230 300 300 470 250 S800 220 960 290 L960 420 L0 420 Z" fill="#b9cdc8"/>` +
		`<rect y="410" width="960" height="130" fill="#8b9a9c"/>${side(PAINT)}`,
);

const seat = (x: number) =>
	`<path d="M${x} 540 L${x + 8} 372 Q${x + 70} 342 ${x + 132} 372 L${x + 140} 540 Z" fill="#c08a5a"/>` +
	`<rect x="${x + 38}" y="322" width="64" height="42" rx="14" fill="#a8754a"/>`;

const cabin = svg(
	'#20303a',
	`<path d="M60 60 L900 60 L960 250 L0 250 Z" fill="#a9c9d4"/><path d="M0 250 L960 250 L960 344 Q480 292 0 344 Z" fill="#2d414b"/>` +
		`<rect x="330" y="206" width="420" height="112" rx="14" fill="#0c1519"/><rect x="346" y="220" width="186" height="84" rx="8" fill="#16424d"/>` +
		`<rect x="546" y="220" width="188" height="84" rx="8" fill="#123038"/><path d="M362 286 C392 240 438 284 516 236" stroke="${GLOW}" stroke-width="5" fill="none"/>` +
		`<circle cx="640" cy="262" r="26" fill="none" stroke="#5fc3b5" stroke-width="7"/>` +
		`<circle cx="206" cy="304" r="86" fill="none" stroke="#101a1f" stroke-width="24"/><path d="M122 306 h168 M206 306 v80" stroke="#101a1f" stroke-width="18"/>` +
		`${seat(180)}${seat(640)}<rect x="400" y="380" width="160" height="160" rx="24" fill="#2d414b"/>`,
);

const cells = Array.from({ length: 12 }, (_, index) => {
	const [column, row] = [index % 6, Math.floor(index / 6)];
	return `<rect x="${322 + column * 54}" y="${212 + row * 62}" width="46" height="52" rx="6" fill="${index < 10 ? '#3fae8f' : '#5d7078'}"/>`;
}).join('');

const platform = svg(
	'#e9eef0',
	`<rect x="150" y="150" width="660" height="236" rx="60" fill="none" stroke="${STEEL}" stroke-width="16"/>` +
		`<rect x="306" y="196" width="348" height="144" rx="16" fill="${DARK}"/>${cells}` +
		`<rect x="196" y="226" width="74" height="84" rx="18" fill="${PAINT}"/><rect x="692" y="226" width="74" height="84" rx="18" fill="${PAINT}"/>` +
		[196, 690]
			.map((x) => [120, 362].map((y) => `<rect x="${x}" y="${y}" width="76" height="54" rx="14" fill="${DARK}"/>`).join(''))
			.join('') +
		`<path d="M270 268 h36 M654 268 h38" stroke="${GLOW}" stroke-width="10"/>` +
		`<path d="M810 300 C880 300 860 440 790 440 L560 440" stroke="${GLOW}" stroke-width="10" fill="none"/>` +
		`<path d="M520 420 l-34 28 h26 l-20 34 l52 -40 h-26 z" fill="${GLOW}"/>`,
);

const wave = (x: number, y: number, towards: 1 | -1) =>
	[60, 100, 140]
		.map((r) => {
			const [from, to] = [y - r * 0.6, y + r * 0.6];
			const edge = x + towards * r * 0.8;
			return `<path d="M${edge} ${from} A${r} ${r} 0 0 ${towards === 1 ? 1 : 0} ${edge} ${to}" stroke="#5fc3b5" stroke-width="7" fill="none" opacity="${1.15 - r / 160}"/>`;
		})
		.join('');

const assistance = svg(
	'#1b2a31',
	`<path d="M0 120 H960 M0 420 H960" stroke="#e7edef" stroke-width="6" stroke-dasharray="60 40"/>` +
		`<rect x="300" y="190" width="360" height="160" rx="56" fill="${PAINT}"/><path d="M400 206 Q372 270 400 334 L452 320 V220 Z" fill="${GLASS}"/>` +
		`<path d="M590 214 Q610 270 590 326 L556 316 V224 Z" fill="${GLASS}"/><rect x="462" y="214" width="86" height="112" rx="16" fill="#174f56"/>` +
		`<path d="M306 214 l22 -8 M306 326 l22 8" stroke="${GLOW}" stroke-width="10" stroke-linecap="round"/>` +
		`${wave(300, 270, -1)}${wave(660, 270, 1)}<rect x="20" y="226" width="96" height="88" rx="24" fill="#5d7078"/>`,
);

/** By file name. */
export const pictures: Readonly<Record<string, string>> = {
	'exterior.svg': exterior,
	'cabin.svg': cabin,
	'platform.svg': platform,
	'assistance.svg': assistance,
};
