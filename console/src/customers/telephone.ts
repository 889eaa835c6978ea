/** A telephone for lists: who looks over a shoulder does not read whole numbers. 138****5678 */
export function maskedTelephone(telephone: string): string {
	const hidden = telephone.length >= 11 ? 4 : Math.max(0, telephone.length - 4);
	const start = Math.max(0, telephone.length - 4 - hidden);
	return telephone.slice(0, start) + '*'.repeat(hidden) + telephone.slice(start + hidden);
}

/** What the agent takes: 5 to 15 digits, perhaps with a plus; spaces and dashes between them. Empty: none. */
export function isTelephone(text: string): boolean {
	return text.trim() === '' || /^\+?\d{5,15}$/.test(text.replace(/[\s-]/g, ''));
}
