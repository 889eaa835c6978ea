const SHORTEST = 4;
const LONGEST = 160;

/** Whatever of a webhook's address and secret nobody may read: robots have their keys in the query or at the end of the path. */
export function secretsOf(url: string, secret: string | null): string[] {
	const { username, password, pathname, searchParams } = new URL(url);
	const parts = [secret ?? '', username, password, ...pathname.split('/'), ...searchParams.values()];
	const written = parts.flatMap((part) => [part, decoded(part), encodeURIComponent(part)]);
	return [...new Set(written)].filter((part) => part.length >= SHORTEST).toSorted((a, b) => b.length - a.length);
}

/** What the other side said, fit for people: short, one line, without these. */
export function scrub(text: string, secrets: readonly string[]): string {
	const clean = secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), text.replace(/\p{C}+/gu, ' '));
	return clean.replace(/https?:\/\/\S+/gi, '…').slice(0, LONGEST);
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
