import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * Puts the `showroom` command where npx looks first. A `bin` entry in package.json would make npx install and build this very
 * project into its cache at the first call.
 */
const command = join(import.meta.dirname, '..', 'cli.js');
const bin = join(import.meta.dirname, '../../..', 'node_modules', '.bin');
const link = join(bin, 'showroom');

mkdirSync(bin, { recursive: true });
chmodSync(command, 0o755);
if (process.platform === 'win32') {
	writeFileSync(`${link}.cmd`, `@node "%~dp0\\${relative(bin, command)}" %*\r\n`);
} else {
	rmSync(link, { force: true });
	symlinkSync(relative(bin, command), link);
}
