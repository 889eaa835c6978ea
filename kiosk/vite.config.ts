import { rmSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const outDir = join(import.meta.dirname, '../dist/kiosk');

/** dist/kiosk/electron is the shell, compiled by tsc: only what this build made before is cleared. */
const clearAssets: Plugin = {
	name: 'clear-assets',
	apply: 'build',
	buildStart: () => rmSync(join(outDir, 'assets'), { recursive: true, force: true }),
};

/** The agent serves dist/kiosk at `/kiosk/`. */
export default defineConfig({
	root: import.meta.dirname,
	base: '/kiosk/',
	plugins: [react(), clearAssets],
	server: { proxy: { '/api': { target: 'http://127.0.0.1:8080' } } },
	build: { outDir, emptyOutDir: false, assetsInlineLimit: 0 },
});
