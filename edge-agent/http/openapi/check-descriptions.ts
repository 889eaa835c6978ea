import { routes } from '../../contract/routes/index.js';
import type { RouteTable } from '../../contract/routes/route.js';
import { errorCodes } from '../api-error.js';

/**
 * Holds what is served under /api against what is told of it.
 * @throws Error naming each route that nobody has described, each description without a route, and each code that is no problem of ours
 */
export function checkDescriptions(served: readonly string[], table: RouteTable = routes): void {
	const keys = new Set(served.filter((key) => / \/api\//.test(key)));
	const codes = new Set<string>(errorCodes().map(({ code }) => code));
	const lines = [
		...[...keys].filter((key) => !Object.hasOwn(table, key)).map((key) => `  ${key}: nobody has described it`),
		...Object.keys(table)
			.filter((key) => !keys.has(key))
			.map((key) => `  ${key}: is described, but nothing answers to it`),
		...Object.entries(table).flatMap(([key, { errors = [] }]) =>
			errors.filter((code) => !codes.has(code)).map((code) => `  ${key}: no problem is called ${code}`),
		),
	];
	if (lines.length > 0)
		throw new Error(`the descriptions of routes (edge-agent/contract/routes) and what is served differ:\n${lines.join('\n')}`);
}
