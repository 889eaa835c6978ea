/** GBK's bytes for a text, by turning the platform's own decoder around: Node writes no GBK. */
export function gbkBytes(text: string): Uint8Array {
	codes ??= allCodes();
	return Uint8Array.from(
		[...text].flatMap((character) => {
			const code = codes?.get(character);
			if (code === undefined) throw new Error(`${character} is not in GBK`);
			return code;
		}),
	);
}

/** Every character that GBK has two bytes for. */
export function gbkCharacters(): string[] {
	codes ??= allCodes();
	return [...codes.keys()].filter((character) => (codes?.get(character)?.length ?? 0) === 2);
}

let codes: Map<string, readonly number[]> | undefined;

function allCodes(): Map<string, readonly number[]> {
	const decoder = new TextDecoder('gb18030');
	const found = new Map<string, readonly number[]>();
	for (let code = 0; code < 0x80; code++) found.set(String.fromCharCode(code), [code]);
	for (let lead = 0x81; lead <= 0xfe; lead++)
		for (let trail = 0x40; trail <= 0xfe; trail++) {
			const text = decoder.decode(Uint8Array.of(lead, trail));
			if ([...text].length === 1 && text !== '\uFFFD' && !found.has(text)) found.set(text, [lead, trail]);
		}
	return found;
}
