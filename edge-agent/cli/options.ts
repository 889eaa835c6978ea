import { InvalidArgumentError } from 'commander';

/** A parser for an option that takes one of these words. */
export function oneOf<const T extends string>(words: readonly T[]): (text: string) => T {
	return (text) => {
		const found = words.find((word) => word === text);
		if (found === undefined) throw new InvalidArgumentError(`choose one of: ${words.join(', ')}`);
		return found;
	};
}
