/** Red, green, blue, 0 to 255. */
export type Colour = readonly [number, number, number];

export type HairStyle = 'buzz' | 'short' | 'side' | 'curly' | 'long' | 'bob' | 'bun' | 'fringe';

/**
 * A drawn person's looks. Lengths are in units of the drawing: the head's centre is the origin, x to the right, y down, and a
 * head of width 1 measures 260 units from ear to ear.
 */
export interface Look {
	readonly id: string;
	/** Lays curls and freckles. */
	readonly seed: number;
	readonly skin: Colour;
	/** 0 young .. 1 deep lines. */
	readonly lines: number;
	/** How dark the eye sockets are, 0..1. */
	readonly sockets: number;
	readonly freckles: boolean;
	readonly earrings: boolean;
	readonly hair: { readonly style: HairStyle; readonly colour: Colour };
	/** `width` and `height` as factors; `jaw` 0 pointed .. 1 square; `chin` and `cheek` as fractions longer or fuller. */
	readonly head: {
		readonly width: number;
		readonly height: number;
		readonly jaw: number;
		readonly chin: number;
		readonly cheek: number;
	};
	/** `apart` is from the face's middle to an eye's centre; `half` half an eye's width; `slant` in degrees. */
	readonly eyes: {
		readonly apart: number;
		readonly y: number;
		readonly half: number;
		readonly open: number;
		readonly slant: number;
		readonly iris: Colour;
		readonly lashes: boolean;
	};
	/** `above` the eye's centre; `slant` lowers the outer end; `dark` 0..1. */
	readonly brows: { readonly thick: number; readonly above: number; readonly slant: number; readonly dark: number };
	/** `tip` is the y of the nose's tip; `half` half its width at the nostrils, `bridge` half its width between the eyes. */
	readonly nose: { readonly tip: number; readonly half: number; readonly bridge: number };
	readonly mouth: { readonly y: number; readonly half: number; readonly lip: number; readonly colour: Colour };
	readonly beard: 'none' | 'stubble' | 'full' | 'goatee' | 'moustache';
	readonly glasses: 'none' | 'round' | 'rect' | 'thick';
	readonly clothes: { readonly kind: 'jumper' | 'jacket' | 'shirt'; readonly colour: Colour; readonly shoulders: number };
}

/** Half the head's width and height in units of the drawing. */
export function headSize(look: Look): { readonly w: number; readonly h: number } {
	return { w: 130 * look.head.width, h: 178 * look.head.height };
}

/** y of the chin. */
export function chinY(look: Look): number {
	return headSize(look).h * 0.86 * (1 + look.head.chin);
}
