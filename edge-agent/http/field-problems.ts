import type { z } from 'zod';
import type { FieldFault, FieldProblem } from '../contract/problem.api.js';

/**
 * What a schema found wrong, by field. Only the outermost field is named, and never its value: what lies in it may be named by whoever asks,
 * and so may a field that the schema does not know.
 *
 * @param value what was held against the schema
 */
export function fieldProblems(issues: readonly z.core.$ZodIssue[], value: unknown): FieldProblem[] {
	const found = new Map<string, FieldFault>();
	for (const issue of issues) {
		const field = issue.path.length === 0 ? 'JSON' : String(issue.path[0]);
		if (!found.has(field)) found.set(field, fault(issue, value));
	}
	return [...found].map(([field, problem]) => ({ field, problem }));
}

function fault({ code, path }: z.core.$ZodIssue, value: unknown): FieldFault {
	if (code !== 'unrecognized_keys' && path.length > 0 && at(value, path) === undefined) return 'missing';
	switch (code) {
		case 'invalid_type':
			return 'type';
		case 'too_small':
			return 'too-small';
		case 'too_big':
			return 'too-large';
		case 'invalid_format':
			return 'format';
		case 'invalid_value':
			return 'choice';
		case 'unrecognized_keys':
			return 'unknown';
		default:
			return 'wrong';
	}
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
	return path.reduce<unknown>(
		(part, key) => (typeof part === 'object' && part !== null ? (part as Record<PropertyKey, unknown>)[key] : undefined),
		value,
	);
}
