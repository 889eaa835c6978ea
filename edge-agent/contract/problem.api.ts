import { z } from 'zod';

/** What is wrong with a field. `unknown`: there is no such field. */
export const fieldFaultSchema = z.enum(['missing', 'type', 'format', 'too-small', 'too-large', 'choice', 'unknown', 'wrong']);
export type FieldFault = z.infer<typeof fieldFaultSchema>;

/**
 * Every error answer: `application/problem+json` (RFC 9457). It never repeats what was typed.
 */
export const problemSchema = z.object({
	/** `/problems/CODE`, where the code is explained. */
	type: z.string(),
	/** A short phrase that belongs to the code, in English. */
	title: z.string(),
	/** The HTTP status. */
	status: z.number().int(),
	/** What happened, for people, in the request's language. */
	detail: z.string(),
	/** Stable: what programs decide by. */
	code: z.string(),
	/** With `invalid`: the fields that are wrong, by their outermost names. */
	fields: z.array(z.object({ field: z.string(), problem: fieldFaultSchema })).optional(),
});
export type Problem = z.infer<typeof problemSchema>;
export type FieldProblem = NonNullable<Problem['fields']>[number];

/** The media type of problems. */
export const PROBLEM_TYPE = 'application/problem+json';
