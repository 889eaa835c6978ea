/** Something is wrong with a model; the message says what, and what to do. */
export class ModelError extends Error {
	override readonly name = 'ModelError';
}
