/**
 * How limited-range YUV becomes RGB: `R = luma (Y-16) + redV (V-128)`, `G = luma (Y-16) + greenU (U-128) + greenV (V-128)`,
 * `B = luma (Y-16) + blueU (U-128)`, all in 0..255.
 */
export interface ColourMatrix {
	/** Parts of red and blue in luma; the rest is green's. */
	readonly kr: number;
	readonly kb: number;
	readonly luma: number;
	readonly redV: number;
	readonly greenU: number;
	readonly greenV: number;
	readonly blueU: number;
}

/** From the weights of red and blue in luma (ITU-R BT.601-7 and BT.709-6, tables "signal format"; 219 and 224 are their code ranges). */
function matrix(kr: number, kb: number): ColourMatrix {
	const kg = 1 - kr - kb;
	const chroma = 255 / 224;
	return {
		kr,
		kb,
		luma: 255 / 219,
		redV: 2 * (1 - kr) * chroma,
		greenU: (-2 * (1 - kb) * kb * chroma) / kg,
		greenV: (-2 * (1 - kr) * kr * chroma) / kg,
		blueU: 2 * (1 - kb) * chroma,
	};
}

export const bt601 = matrix(0.299, 0.114);
export const bt709 = matrix(0.2126, 0.0722);

/** Luma of a colour, as far from black as white is from it at 255. */
export function greyOf({ kr, kb }: ColourMatrix, red: number, green: number, blue: number): number {
	return kr * red + (1 - kr - kb) * green + kb * blue;
}
