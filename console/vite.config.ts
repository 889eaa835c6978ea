import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The agent serves dist/console at `/`. `npx vite --config console/vite.config.ts` develops against an agent on its default port. */
export default defineConfig({
	root: import.meta.dirname,
	base: '/',
	plugins: [react()],
	server: {
		proxy: {
			// The browser's own host name goes through: the agent compares it with the page's origin.
			'/api': { target: 'http://127.0.0.1:8080' },
			'/socket.io': { target: 'http://127.0.0.1:8080', ws: true },
		},
	},
	build: {
		outDir: '../dist/console',
		emptyOutDir: true,
		chunkSizeWarningLimit: 1200,
		// A data: URL font or script would need a wider content security policy.
		assetsInlineLimit: 0,
	},
});
