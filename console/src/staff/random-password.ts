/** No letters or digits that look alike. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Three groups of four, 59 bits: easy to read out, and changed by its owner. */
export function randomPassword(): string {
	// 31 letters: values of 248 and above would favour the first ones.
	const letters: string[] = [];
	while (letters.length < 12)
		for (const value of crypto.getRandomValues(new Uint8Array(16)))
			if (value < 248 && letters.length < 12) letters.push(alphabet[value % alphabet.length] ?? '');
	return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
}
