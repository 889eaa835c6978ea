import type { Side } from '../vision/presentation/challenge.js';
import type { Look } from './drawing/look.js';
import { drawPortrait, kioskPicture, type Portrait, turnHead, warp } from './turned-head.js';

/*
 * What can be held before a kiosk's camera, drawn: a person who turns their head, and pictures of one. Eight pictures a second. The pictures
 * are ideal ones, without paper's gloss, a screen's grid or a hand's shadow, which a network could see and a challenge cannot.
 */

export const clipRate = 8;
const STILL = 8;
const WAY = 6;
const MOST = 34;

/** Degrees of the head in each picture, for somebody who is asked for these sides. */
function degreesOf(sides: readonly Side[]): number[] {
	const still = Array<number>(STILL).fill(0);
	const way = Array.from({ length: WAY }, (_, i) => (MOST * (i + 1)) / WAY);
	return [
		...still,
		...sides.flatMap((side) => {
			const there = way.map((degrees) => (side === 'left' ? degrees : -degrees));
			return [...there, ...Array<number>(3).fill(there.at(-1) ?? 0), ...there.toReversed(), ...still];
		}),
	];
}

/** A person before the camera who does what they are asked. */
async function person(look: Look, sides: readonly Side[]): Promise<Portrait[]> {
	const straight = await drawPortrait(look);
	const views = new Map<number, Portrait>();
	return degreesOf(sides).map((degrees) => {
		const view = views.get(degrees) ?? turnHead(straight, look, degrees);
		views.set(degrees, view);
		return view;
	});
}

/** How a sheet with a picture on it is held. */
interface Held {
	/** Degrees about its upright and its level axis, and clockwise. */
	readonly yaw: number;
	readonly pitch: number;
	readonly roll: number;
	/** Pixels beside the middle; share of its size. */
	readonly x: number;
	readonly size: number;
	/** How far it is bent round an upright cylinder: 0 flat, 1 a half circle. */
	readonly bend: number;
}

/** The portrait as a sheet about 1,200 pixels' length away. */
function sheet(portrait: Portrait, { yaw, pitch, roll, x, size, bend }: Held): Portrait {
	const away = 1200;
	const [cx, cy] = [kioskPicture.width / 2, kioskPicture.height / 2];
	const radians = (degrees: number) => (degrees * Math.PI) / 180;
	const [sy, cosY, sp, cp] = [Math.sin(radians(yaw)), Math.cos(radians(yaw)), Math.sin(radians(pitch)), Math.cos(radians(pitch))];
	const [sr, cr] = [Math.sin(radians(roll)), Math.cos(radians(roll))];
	return warp(portrait, (px, py) => {
		const u0 = (px - cx - x) / size;
		const v0 = (py - cy) / size;
		const u = u0 * cr + v0 * sr;
		const v = v0 * cr - u0 * sr;
		// Where the line of sight meets the sheet: nearer by z = a * across + b * down.
		const nearness = 1 + (u * sy) / (cosY * away) + (v * sp) / (cp * away);
		const across = u / (cosY * nearness);
		const down = v / (cp * nearness);
		if (bend === 0) return [cx + across, cy + down];
		const radius = kioskPicture.width / (Math.PI * bend) / 2;
		return Math.abs(across) < radius ? [cx + radius * Math.asin(across / radius), cy + down] : null;
	});
}

/** A printed photograph, turned to the sides that are asked for, moved and tilted. */
async function print(look: Look, sides: readonly Side[], random: () => number, bend: number): Promise<Portrait[]> {
	const photograph = await drawPortrait(look);
	const most = 35 + 25 * random();
	const [pitch, roll] = [16 * random() - 8, 20 * random() - 10];
	return degreesOf(sides).map((degrees) => {
		const yaw = (degrees / MOST) * most;
		return sheet(photograph, { yaw, pitch: (pitch * yaw) / most, roll: (roll * yaw) / most, x: yaw, size: 0.95 + 0.1 * random(), bend });
	});
}

/** The print worn as a mask with holes for the eyes: it turns with the head, and the eyes behind it move against it. */
async function mask(look: Look, sides: readonly Side[]): Promise<Portrait[]> {
	const worn = await drawPortrait(look);
	const { apart, y, half, open } = look.eyes;
	const unit = 150 / 260;
	const [cx, cy] = [kioskPicture.width / 2, kioskPicture.height * 0.45];
	return degreesOf(sides).map((degrees) => {
		const behind = 9 * Math.sin((degrees * Math.PI) / 180);
		const eyes = warp(worn, (px, py) => {
			const inEye = [-1, 1].some(
				(side) => ((px - cx - side * apart * unit) / (half * unit)) ** 2 + ((py - cy - y * unit) / (2 * open * unit)) ** 2 < 1,
			);
			return inEye ? [px + behind, py] : [px, py];
		});
		return sheet(eyes, { yaw: degrees, pitch: 0, roll: 0, x: degrees / 2, size: 1, bend: 0.15 });
	});
}

/** A film of the person on a screen held before the camera. */
async function screen(look: Look, filmed: readonly Side[]): Promise<Portrait[]> {
	return (await person(look, filmed)).map((picture) => sheet(picture, { yaw: 4, pitch: 3, roll: 2, x: 6, size: 0.92, bend: 0 }));
}

const otherSide = (side: Side): Side => (side === 'left' ? 'right' : 'left');

/** By the name of their kind: what is held before the camera when these sides are asked for. `replay-fits` is the film that happens to fit. */
export const presentationKinds: Readonly<
	Record<string, (look: Look, asked: readonly [Side, Side], random: () => number) => Promise<readonly Portrait[]>>
> = {
	'bona-fide': (look, asked) => person(look, asked),
	print: (look, asked, random) => print(look, asked, random, 0),
	'bent-print': (look, asked, random) => print(look, asked, random, 0.35),
	mask: (look, asked) => mask(look, asked),
	'replay-other-order': (look, [first, second]) => screen(look, [otherSide(first), second]),
	'replay-fits': (look, asked) => screen(look, asked),
};
