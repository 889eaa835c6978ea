/**
 * FMR that a gallery of this many people may have for a stranger to be taken for one of them at this rate (FPIR):
 * `FPIR = 1 - (1 - FMR)^people`, if comparisons are independent (ISO/IEC 19795-1).
 */
export function fmrFor(fpir: number, people: number): number {
	return -Math.expm1(Math.log1p(-fpir) / Math.max(1, people));
}
