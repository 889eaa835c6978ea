/** A message or progress for people: on stderr, so that answers stand alone on stdout. */
export function note(message: string): void {
	process.stderr.write(`${message}\n`);
}
