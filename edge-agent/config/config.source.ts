import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
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
		: result.error.issues.map((issue) => `${issue.path.length > 0 ? keyPath(issue.path) : '(top level)'}: ${problemOf(issue)}`);
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
	return parseConfig(parseYaml(text, path), path);
}

/** Nothing of what the parser says but its code is told: the rest quotes the text, which can hold a password. @throws ConfigError */
function parseYaml(text: string, path: string): unknown {
	const document = parseDocument(text);
	const [problem] = [...document.errors, ...document.warnings];
	if (problem) {
		const line = problem.linePos?.[0].line;
		throw new ConfigError(`${path} is not valid YAML${line === undefined ? '' : ` at line ${line}`} (${problem.code}).`);
	}
	try {
		return document.toJS();
	} catch {
		throw new ConfigError(
			`${path} is not valid YAML: a word that begins with * stands for something that is not there. Put it into quotes.`,
		);
	}
}

/** What is wrong with a key. One that looks like none can be a camera's address, with a space missing after `source:`. */
function problemOf(issue: z.core.$ZodIssue): string {
	if (issue.code !== 'unrecognized_keys' || issue.keys.every((key) => /^\w{1,32}$/.test(key))) return issue.message;
	return 'holds something that is no key. Is the space after a colon missing?';
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
