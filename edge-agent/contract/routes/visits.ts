import { showroomViewSchema, visitsAnswerSchema } from '../api.js';
import { visitsQuerySchema } from '../visits.api.js';
import { showroom, visit } from './examples.js';
import { both, type RouteTable } from './route.js';

/** Who came, and what a screen needs to show it. */
export const visitRoutes = {
	'GET /api/showroom': {
		...{ tag: 'visits', summary: both('门店概况', 'The showroom: staff, cameras, models'), answer: showroomViewSchema },
		example: { answer: showroom },
	},
	'GET /api/visits': {
		...{ tag: 'visits', summary: both('到店记录，最新在前', 'Visits, newest first') },
		detail: both(
			'不带其他参数时返回最多 32 天的全部记录。带 limit 等参数时分页：把答复中的 next 作为 cursor 取下一页，期间有新访客到店也不会重复或遗漏。电话只给有权查看客户者。',
			'With nothing but a time all visits of 32 days at most. With a limit or a filter a page: its `next` is the cursor of the page after it; whoever walks so meets every visit once, while new ones come in. Telephones are for those who may look at customers.',
		),
		...{ query: visitsQuerySchema, answer: visitsAnswerSchema },
		example: {
			query: { from: 1_764_000_000_000, to: 1_764_086_400_000, limit: 50 },
			answer: { visits: [visit], next: 'WzE3NjQwMzYwMDAwMDAsNDIwMF0', lastSeq: 4211 },
		},
	},
} as const satisfies RouteTable;
