import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const run = (tool: string, ...args: string[]) =>
	execFileSync(process.execPath, [join(root, 'node_modules', tool), ...args], {
		cwd: root,
		stdio: 'inherit',
		// vitest says "test", which would make the pages' development build.
		env: { ...process.env, NODE_ENV: 'production' },
	});

/** Compiles the sources once before the tests, and builds the web pages that are older than theirs; types are the check's business. */
export default function build(): void {
	run('typescript/bin/tsc', '--noCheck');
	for (const page of ['console', 'kiosk']) {
		const sources = Math.max(...[page, 'console/src/shared', 'edge-agent/contract'].map(changedAt));
		if (sources > builtAt(page)) run('vite/bin/vite.js', 'build', '--config', `${page}/vite.config.ts`, '--logLevel', 'warn');
	}
}

/** When the newest file of a folder was changed. */
function changedAt(folder: string): number {
	const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	return Math.max(...files.map(({ parentPath, name }) => statSync(join(parentPath, name)).mtimeMs));
}

function builtAt(page: string): number {
	return statSync(join(root, 'dist', page, 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
