import { readFile } from 'node:fs/promises';
import { parse, YAMLParseError } from 'yaml';
import { type Config, configSchema, contradictions } from './config.schema.js';

/** A configuration that cannot be used; the message names each key and what to do. */
export class ConfigError extends Error {
	override readonly name = 'ConfigError';
}

/** Checks settings and fills in the defaults. @throws ConfigError naming each wrong key, never its value (a value can hold a password). */
export function parseConfig(settings: unknown, from: string): Config {
	const result = configSchema.safeParse(settings ?? {});
	const problems = result.success
		? contradictions(result.data)
		: result.error.issues.map((issue) => `${issue.path.length > 0 ? keyPath(issue.path) : '(top level)'}: ${issue.message}`);
	if (!result.success || problems.length > 0)
		throw new ConfigError(`${from} cannot be used:\n${problems.map((line) => `  ${line}`).join('\n')}`);
	return freeze(result.data);
}

/** Reads a YAML (or JSON) configuration; without a path, the defaults. @throws ConfigError */
export async function loadConfig(path: string | undefined): Promise<Config> {
	if (path === undefined) return parseConfig({}, 'the default configuration');
	let text: string;
	try {
		text = await readFile(path, 'utf8');
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		if (code === 'ENOENT')
			throw new ConfigError(`${path} is not there. Give --config the path of a YAML file, or leave it out for the defaults.`);
		throw new ConfigError(`${path} cannot be read (${String(code)}).`);
	}
	let settings: unknown;
	try {
		settings = parse(text);
	} catch (error) {
		if (error instanceof YAMLParseError) {
			const line = error.linePos?.[0].line;
			throw new ConfigError(`${path} is not valid YAML${line === undefined ? '' : ` at line ${line}`} (${error.code}).`);
		}
		throw error;
	}
	return parseConfig(settings, path);
}

/** `cameras[1].line.x1` */
function keyPath(path: readonly PropertyKey[]): string {
	return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`)).join('');
}

function freeze<T>(value: T): T {
	if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
		Object.freeze(value);
		for (const inner of Object.values(value)) freeze(inner);
	}
	return value;
}
