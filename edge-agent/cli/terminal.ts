/** An answer for programs: one line of JSON. */
export function answer(value: unknown): void {
	process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** A message or progress for people: on stderr, so that answers stand alone on stdout. */
export function note(message: string): void {
	process.stderr.write(`${message}\n`);
}
