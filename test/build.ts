import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Compiles the sources once before the tests; types are the check's business (`npm run check`). */
export default function build(): void {
	const root = join(import.meta.dirname, '..');
	execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', root, '--noCheck'], { stdio: 'inherit' });
}
