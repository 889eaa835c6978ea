/** Something is wrong with a model; the message says what, and what to do. */
export class ModelError extends Error {
	override readonly name: string = 'ModelError';
}

/**
 * Why a network could not be brought: nobody answers, the connection broke (what came is kept), the server refuses, it sends something
 * else, nobody publishes the file, or the folder does not hold it.
 */
export type FetchFault = 'unreachable' | 'interrupted' | 'refused' | 'wrong-file' | 'no-address' | 'not-in-folder' | 'bad-folder';

/** A network could not be brought. */
export class FetchError extends ModelError {
	constructor(
		readonly fault: FetchFault,
		message: string,
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}
