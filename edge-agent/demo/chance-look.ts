import type { Colour, Look } from './drawing/look.js';
import { seededRandom } from './random.js';

const skins: readonly Colour[] = [
	[244, 208, 180],
	[255, 219, 190],
	[232, 184, 146],
	[214, 160, 115],
	[190, 128, 84],
	[150, 95, 60],
	[118, 76, 52],
];
const hairs: readonly Colour[] = [
	[22, 17, 18],
	[48, 30, 20],
	[92, 58, 34],
	[150, 98, 52],
	[206, 170, 104],
	[168, 62, 28],
	[128, 128, 130],
];
const irises: readonly Colour[] = [
	[60, 36, 20],
	[40, 24, 14],
	[70, 110, 150],
	[80, 120, 80],
	[120, 90, 50],
];
const lips: readonly Colour[] = [
	[190, 60, 70],
	[170, 70, 80],
	[150, 30, 50],
	[200, 110, 100],
];
const cloths: readonly Colour[] = [
	[45, 62, 80],
	[140, 40, 45],
	[60, 95, 70],
	[200, 195, 185],
	[90, 110, 150],
	[110, 70, 120],
];

/** A drawn person made up by chance, the same for the same seed. Unlike the demo's chosen ones, some of these look alike. */
export function chanceLook(seed: number): Look {
	const random = seededRandom(seed * 7919 + 13);
	const between = (low: number, high: number): number => low + (high - low) * random();
	/** Favours both ends. */
	const extreme = (low: number, high: number): number => {
		const x = random();
		return low + (high - low) * (x < 0.5 ? 0.5 * (2 * x) ** 1.6 : 1 - 0.5 * (2 - 2 * x) ** 1.6);
	};
	const one = <T>(items: readonly [T, ...T[]] | readonly T[]): T => items[Math.floor(random() * items.length)] as T;
	const female = random() < 0.5;
	const apart = extreme(40, 70);
	const tip = extreme(38, 84);
	return {
		id: `chance-${seed}`,
		seed,
		skin: one(skins),
		lines: random() < 0.4 ? between(0.3, 1) : 0,
		sockets: between(0.2, 0.9),
		freckles: random() < 0.15,
		earrings: female && random() < 0.4,
		hair: {
			style: one(female ? ['long', 'bob', 'bun', 'fringe', 'curly', 'short'] : ['buzz', 'short', 'side', 'curly', 'long']),
			colour: one(hairs),
		},
		head: {
			width: between(0.88, 1.12),
			height: between(0.94, 1.16),
			jaw: female ? between(0, 0.55) : between(0.25, 1),
			chin: between(-0.08, 0.1),
			cheek: between(-0.06, 0.08),
		},
		eyes: {
			apart,
			y: extreme(-28, 10),
			half: Math.min(apart - 12, extreme(16, 35)),
			open: extreme(6, 16),
			slant: extreme(-7, 9),
			iris: one(irises),
			lashes: female,
		},
		brows: { thick: extreme(3, 18), above: extreme(18, 40), slant: extreme(-11, 11), dark: random() },
		nose: { tip, half: extreme(14, 42), bridge: between(5, 12) },
		mouth: {
			y: Math.min(130, Math.max(tip + 30, extreme(84, 126))),
			half: extreme(26, 60),
			lip: female ? between(8, 18) : between(4, 12),
			colour: female ? one(lips) : [165, 95, 88],
		},
		beard: female ? 'none' : one(['none', 'stubble', 'full', 'goatee', 'moustache']),
		glasses: one(['none', 'none', 'none', 'round', 'rect', 'thick']),
		clothes: { kind: one(['jumper', 'jacket', 'shirt']), colour: one(cloths), shoulders: female ? 255 : 300 },
	};
}
