/** A piece of what a run put out, and where. */
export interface Piece {
	readonly place: string;
	readonly bytes: Uint8Array;
}

/** Who may be told which secret where. */
export interface Allowed {
	/** By the secret's name. */
	readonly secret: RegExp;
	readonly place: RegExp;
	/** In one piece only, over the whole run. */
	readonly once?: true;
}

interface Form {
	readonly name: string;
	readonly bytes: Buffer;
}

/** A number that is looked for among the runs of digits: a few digits stand by chance in any longer number. */
interface Digits {
	readonly name: string;
	/** Found anywhere in a run; null: nowhere. */
	readonly within: string | null;
	/** A run that is just this. */
	readonly alone: string;
}

/** What stands between the digits of a number that is written for people, or in a URL. */
const between = /(?<=\d)(?:%20|%2D|\xc2\xa0|[ \-.+])+(?=\d)/gi;

/** Finds secrets by name, in every form in which they could be written. */
export class SecretSearch {
	readonly #forms: Form[] = [];
	readonly #digits: Digits[] = [];

	/** A password, a token, a word: as it is, and as URLs, JSON, base64 and hex write it. */
	addText(name: string, secret: string): void {
		const json = JSON.stringify(secret).slice(1, -1);
		const ascii = json.replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
		const url = encodeURIComponent(secret);
		const small = url.replace(/%../g, (code) => code.toLowerCase());
		for (const form of [secret, json, ascii, url, small, url.replaceAll('%20', '+'), encodeURI(secret)]) this.#add(name, Buffer.from(form));
		this.#addEncoded(name, Buffer.from(secret));
	}

	/** A word in groups, as people type it: also in small letters and without its dashes. */
	addWord(name: string, word: string): void {
		for (const form of [word, word.replaceAll('-', '')]) {
			this.addText(name, form);
			this.#add(name, Buffer.from(form.toLowerCase()));
		}
	}

	/** A password that goes with a user name: also as HTTP and RTSP send both. */
	addLogin(name: string, user: string, password: string): void {
		this.addText(name, password);
		this.#add(name, Buffer.from(Buffer.from(`${user}:${password}`).toString('base64').replace(/=+$/, '')));
	}

	/** A key. */
	addBytes(name: string, key: Uint8Array): void {
		this.#add(name, Buffer.from(key));
		this.#addEncoded(name, Buffer.from(key));
	}

	/** Eleven digits: whole, however spaced and whatever country code stands before it, or the last seven alone. */
	addTelephone(name: string, number: string): void {
		this.#digits.push({ name, within: number, alone: number.slice(-7) });
		this.#addEncoded(name, Buffer.from(number));
	}

	/** A code of digits, however spaced. */
	addCode(name: string, code: string): void {
		this.#digits.push({ name, within: null, alone: code });
	}

	/** The names of what is in there, each once. */
	in(bytes: Uint8Array): string[] {
		const hay = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		const found = new Set<string>();
		for (const { name, bytes } of this.#forms) if (!found.has(name) && hay.includes(bytes)) found.add(name);
		const text = hay.toString('latin1');
		const runs = new Set([...(text.match(/\d{7,}/g) ?? []), ...(text.replace(between, '').match(/\d{7,}/g) ?? [])]);
		for (const { name, within, alone } of this.#digits)
			if (runs.has(alone) || (within !== null && [...runs].some((run) => run.includes(within)))) found.add(name);
		return [...found];
	}

	#addEncoded(name: string, secret: Buffer): void {
		this.#add(name, Buffer.from(secret.toString('hex')));
		this.#add(name, Buffer.from(secret.toString('hex').toUpperCase()));
		// Where base64 begins decides what it looks like: three ways. The signs at its ends hold a part of what stands beside it.
		for (const before of [0, 1, 2]) {
			const inside = Buffer.concat([Buffer.alloc(before), secret])
				.toString('base64')
				.replace(/=+$/, '');
			const certain = inside.slice(before === 0 ? 0 : before + 1, Math.floor(((before + secret.length) * 8) / 6));
			this.#add(name, Buffer.from(certain));
			this.#add(name, Buffer.from(certain.replaceAll('+', '-').replaceAll('/', '_')));
		}
	}

	#add(name: string, bytes: Buffer): void {
		if (bytes.length < 6) throw new Error(`${name} is too short to be told from anything else`);
		if (!this.#forms.some((form) => form.name === name && form.bytes.equals(bytes))) this.#forms.push({ name, bytes });
	}
}

/** Which secret is where nobody allowed it, and which exceptions no piece needed. */
export function judge(
	pieces: readonly Piece[],
	search: SecretSearch,
	allowed: readonly Allowed[],
): { readonly leaks: string[]; readonly idle: Allowed[] } {
	const leaks = new Set<string>();
	const used = new Map<Allowed, Set<string>>();
	for (const { place, bytes } of pieces)
		for (const name of search.in(bytes)) {
			const exception = allowed.find(({ secret, place: where }) => secret.test(name) && where.test(place));
			const before = exception && (used.get(exception) ?? new Set());
			if (exception?.once && before?.has(name)) leaks.add(`${name} in ${place}, once more`);
			if (exception && before) used.set(exception, before.add(name));
			else leaks.add(`${name} in ${place}`);
		}
	return { leaks: [...leaks], idle: allowed.filter((exception) => !used.has(exception)) };
}
