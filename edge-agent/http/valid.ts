import type { Context } from 'hono';
import type { z } from 'zod';
import { ApiError, invalid } from './api-error.js';
import { fieldProblems } from './field-problems.js';

/** The request's JSON as the schema gives it. @throws ApiError `not-json`, or `invalid` naming the fields and never their values */
export async function validBody<T extends z.ZodType>(c: Context, schema: T): Promise<z.output<T>> {
	const type = c.req.header('content-type') ?? '';
	if (!/^application\/json\s*(;|$)/i.test(type)) throw new ApiError('not-json');
	const text = await c.req.text();
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw new ApiError('not-json');
	}
	return valid(value, schema);
}

/** The request's query as the schema gives it. @throws ApiError `invalid` */
export function validQuery<T extends z.ZodType>(c: Context, schema: T): z.output<T> {
	return valid(c.req.query(), schema);
}

function valid<T extends z.ZodType>(value: unknown, schema: T): z.output<T> {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	throw invalid(fieldProblems(result.error.issues, value));
}
