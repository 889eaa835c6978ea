import { type Context, Hono } from 'hono';
import { brochures } from '../brochures/catalogue.js';
import { daySchema, figuresQuerySchema, pageQuerySchema, type SummariesAnswer, type SummaryDetails } from '../contract/figures.api.js';
import { summaryPage } from '../summary/page/summary-page.js';
import { ApiError, language } from './api-error.js';
import type { HttpEnv } from './principal.js';
import type { ServerRooms } from './rooms.js';
import { validQuery } from './valid.js';

/** What managers count: figures of any span, and the days' summaries, also on paper. */
export function figuresRoutes({ summaries, queries, storeName, now }: ServerRooms): Hono<HttpEnv> {
	const detailsOf = async (c: Context<HttpEnv, '/summaries/:day'>): Promise<SummaryDetails> => {
		const day = daySchema.safeParse(c.req.param('day'));
		const details = day.success ? await summaries.details(day.data) : null;
		if (!details) throw new ApiError('no-such-summary');
		return details;
	};
	return new Hono<HttpEnv>()
		.get('/figures', async (c) => {
			const { compare, ...span } = validQuery(c, figuresQuerySchema);
			return c.json(await summaries.figures(span, compare === 'true'));
		})
		.get('/summaries', async (c) => c.json({ summaries: await summaries.list() } satisfies SummariesAnswer))
		.get('/summaries/:day', async (c) => c.json(await detailsOf(c)))
		.get('/summaries/:day/page', async (c) => {
			const { lang = language(c.req.header('accept-language')) } = validQuery(c, pageQuerySchema);
			const [details, staff] = await Promise.all([detailsOf(c), queries.staff()]);
			return c.html(
				summaryPage({
					...{ language: lang, storeName: storeName(), details, now: now().wall },
					staff: new Map(staff.map(({ id, name }) => [id, name])),
					models: new Map(brochures.map(({ id, title }) => [id, title[lang]])),
				}),
			);
		});
}
