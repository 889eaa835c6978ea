/**
 * A telephone number as it is compared: digits alone; China's country code is left out, another one keeps its `+`. So
 * `138 1234-5678`, `+86 13812345678` and `008613812345678` are one.
 */
export function normaliseTelephone(telephone: string): string {
	const typed = telephone.normalize('NFKC').replace(/[^\d+]/g, '');
	const international = typed.replace(/^00/, '+');
	const digits = international.replace(/\+/g, '');
	if (!international.startsWith('+')) return digits;
	return digits.startsWith('86') ? digits.slice(2) : `+${digits}`;
}
