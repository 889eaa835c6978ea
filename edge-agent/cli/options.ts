import { InvalidArgumentError } from 'commander';

/** A parser for an option that takes one of these words. */
export function oneOf<const T extends string>(words: readonly T[]): (text: string) => T {
	return (text) => {
		const found = words.find((word) => word === text);
		if (found === undefined) throw new InvalidArgumentError(`choose one of: ${words.join(', ')}`);
		return found;
	};
}

/** A parser for an option that takes a whole number within these bounds. */
export function whole(from: number, to: number): (text: string) => number {
	return (text) => {
		const value = Number(text);
		if (text.trim() === '' || !(value >= from && value <= to) || !Number.isInteger(value))
			throw new InvalidArgumentError(`give a whole number from ${from} to ${to}`);
		return value;
	};
}
