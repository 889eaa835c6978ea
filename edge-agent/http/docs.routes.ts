import { Hono } from 'hono';
import packageJson from '../../package.json' with { type: 'json' };
import { routes } from '../contract/routes/index.js';
import { languageSchema } from '../contract/vocabulary.js';
import { ApiError, errorCodes, language } from './api-error.js';
import { docsPage } from './openapi/docs-page.js';
import { openApi } from './openapi/openapi.js';
import type { HttpEnv } from './principal.js';

/** What the API says of itself: for programs, and for people. */
export function docsRoutes(): Hono<HttpEnv> {
	const document = openApi(routes, packageJson.version);
	const json = JSON.stringify(document);
	const pages = { zh: docsPage(document, 'zh'), en: docsPage(document, 'en') };
	return new Hono<HttpEnv>()
		.get('/api/openapi.json', (c) => c.body(json, 200, { 'content-type': 'application/json' }))
		.get('/api/docs', (c) => {
			const asked = languageSchema.safeParse(c.req.query('lang'));
			return c.html(pages[asked.success ? asked.data : language(c.req.header('accept-language'))], 200, { vary: 'Accept-Language' });
		})
		.get('/problems/:code', (c) => {
			const known = errorCodes().find(({ code }) => code === c.req.param('code'));
			if (!known) throw new ApiError('not-found');
			return c.redirect(`/api/docs#problem-${known.code}`);
		});
}
