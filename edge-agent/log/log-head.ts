/** The log's head at some moment: its last event's seq and link, which stand for every event before it. */
export interface LogHead {
	readonly seq: number;
	/** Unix ms. */
	readonly wall: number;
	/** The event's link in the chain, hexadecimal. */
	readonly hash: string;
	/** The id of the master key that authenticates it. */
	readonly key: string;
	/** HMAC-SHA-256, hexadecimal. */
	readonly code: string;
}

/** What authenticates heads: `StoreKeys` does. */
export interface HeadKeys {
	readonly id: string;
	headCode(text: string): Buffer;
}

export function authenticatedHead(keys: HeadKeys, seq: number, hash: Uint8Array, wall: number): LogHead {
	const head = { seq, wall, hash: Buffer.from(hash).toString('hex'), key: keys.id };
	return { ...head, code: keys.headCode(authenticatedText(head)).toString('hex') };
}

/** authentic: made by who has the key. other-key: made under a key that is not here, so nobody can say. */
export function checkHead(keys: HeadKeys | null, head: LogHead): 'authentic' | 'forged' | 'other-key' {
	if (!keys || head.key !== keys.id) return 'other-key';
	return keys.headCode(authenticatedText(head)).toString('hex') === head.code ? 'authentic' : 'forged';
}

/** A line of heads.log. */
export function headLine({ seq, wall, hash, key, code }: LogHead): string {
	return `${JSON.stringify({ seq, wall, hash, key, code })}\n`;
}

/** null: no whole line of ours, as a crash in the middle of writing leaves one. */
export function parseHeadLine(line: string): LogHead | null {
	try {
		const { seq, wall, hash, key, code } = JSON.parse(line) as LogHead;
		const whole = Number.isSafeInteger(seq) && Number.isSafeInteger(wall) && [hash, key, code].every((text) => typeof text === 'string');
		return whole ? { seq, wall, hash, key, code } : null;
	} catch {
		return null;
	}
}

function authenticatedText({ seq, wall, hash, key }: Omit<LogHead, 'code'>): string {
	return JSON.stringify(['showroom log head', 1, seq, wall, hash, key]);
}
