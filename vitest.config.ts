import { join, relative } from 'node:path';
import { defineConfig, type Plugin } from 'vitest/config';

const root = import.meta.dirname;

/**
 * Tests import the sources by name and get the compiled files: worker threads, native modules and paths are then the ones
 * that ship. `test/build.ts` compiles before the first test.
 */
const compiled: Plugin = {
	name: 'compiled-sources',
	enforce: 'pre',
	resolveId(source, importer) {
		if (!importer || !source.startsWith('.') || !source.endsWith('.js')) return null;
		const path = relative(root, join(importer, '..', source));
		return /^(edge-agent|models|calibration)\//.test(path) ? { id: join(root, 'dist', path), external: true } : null;
	},
};

export default defineConfig({
	plugins: [compiled],
	test: {
		include: ['test/{unit,integration,browser}/**/*.test.ts'],
		globalSetup: 'test/build.ts',
		// As `edge-agent/cli.ts` does: ONNX Runtime reports nothing to its maker.
		env: { ORT_DISABLE_TELEMETRY: '1' },
		// Real processes, sockets and clocks on a shared machine: the report says which test needed its second try.
		retry: process.env.CI ? 1 : 0,
		pool: 'forks',
		maxWorkers: 2,
		testTimeout: 30_000,
		hookTimeout: 60_000,
	},
});
