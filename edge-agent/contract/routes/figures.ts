import { type FiguresAnswer, figuresQuerySchema, pageQuerySchema, type SummariesAnswer, type SummaryDetails } from '../figures.api.js';
import { both, bytes, inWords, type RouteTable } from './route.js';

/** What managers count. */
export const figuresRoutes = {
	'GET /api/figures': {
		...{ tag: 'visits', summary: both('一段时间的接待指标', 'The figures of a span of time: received, kept, driven, ordered') },
		detail: both(
			'同行的一批人只算一次；员工、快递、非访客与已合并的记录不计。',
			'Who came in together counts once; couriers, colleagues and merged visits count nowhere.',
		),
		query: figuresQuerySchema,
		answer: inWords<FiguresAnswer>(
			'指标；compare=true 时另附之前同样长的一段',
			'the figures; with compare=true those of as long a time before',
		),
		example: { query: { from: '1795363200000', to: '1795968000000', compare: 'true' } },
	},
	'GET /api/summaries': {
		...{ tag: 'visits', summary: both('最近 31 天的日报', 'The summaries of the newest 31 days') },
		answer: inWords<SummariesAnswer>('每天一份，最新在前', 'one a day, newest first'),
	},
	'GET /api/summaries/:day': {
		...{ tag: 'visits', summary: both('一天的日报与待办', 'One day: its figures, who left unreceived, which forms are open') },
		...{ answer: inWords<SummaryDetails>('指标与名单', 'figures and lists'), errors: ['no-such-summary'] },
	},
	'GET /api/summaries/:day/page': {
		...{ tag: 'visits', summary: both('可打印的日报', 'The same as a page to print'), query: pageQuerySchema },
		...{ answer: bytes(['text/html'], '一页 A4', 'one sheet of A4'), errors: ['no-such-summary'] },
	},
} as const satisfies RouteTable;
