/** Who signed in at this browser lately, for the sign-in form: names only, newest first. */
const key = 'showroom.names';
const most = 5;

export function readNames(): string[] {
	try {
		const names: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
		return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
	} catch {
		return [];
	}
}

export function rememberName(name: string): void {
	localStorage.setItem(key, JSON.stringify([name, ...readNames().filter((known) => known !== name)].slice(0, most)));
}
