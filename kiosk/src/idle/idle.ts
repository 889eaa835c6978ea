/** Nobody touched the kiosk for this long: back to the start page, ms. */
export const idleMs = 60_000;
/** The visitor is asked this long before, ms. */
export const warningMs = 15_000;

export type IdlePhase =
	| { readonly phase: 'active' }
	| { readonly phase: 'warning'; readonly secondsLeft: number }
	| { readonly phase: 'over' };

/** How it stands `sinceTouchMs` after the last touch. */
export function idlePhase(sinceTouchMs: number): IdlePhase {
	if (sinceTouchMs >= idleMs) return { phase: 'over' };
	if (sinceTouchMs < idleMs - warningMs) return { phase: 'active' };
	return { phase: 'warning', secondsLeft: Math.ceil((idleMs - sinceTouchMs) / 1000) };
}
