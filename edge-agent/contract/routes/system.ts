import { logAnswerSchema, logQuerySchema } from '../access.api.js';
import { both, bytes, inWords, type RouteTable } from './route.js';

/** The log, and the API itself. */
export const systemRoutes = {
	'GET /api/log': {
		...{ tag: 'system', summary: both('展厅日志的事件，最早在前', "The showroom log's events, oldest first") },
		detail: both(
			'从上次的 next（或最后的 seq）继续读取；事件不含姓名。',
			'Go on from `next`, or from the last seq that was seen: nothing is lost or repeated. Events hold no names.',
		),
		...{ query: logQuerySchema, answer: logAnswerSchema },
		example: {
			query: { after: 4210, limit: 1 },
			answer: {
				events: [
					{
						...{ seq: 4211, id: '0193b0c2-6f6e-7000-8000-0000000000e1', type: 'alert.acknowledged', version: 1 },
						at: { wall: 1_764_036_006_000, mono: 86_406_000, boot: '5f1c4b8a-0000-4000-8000-000000000000' },
						...{ actor: 'staff:wangfang', subject: '0193b0c2-6f6e-7000-8000-0000000000a1', cause: null },
						body: { alert: '0193b0c2-6f6e-7000-8000-0000000000a1', staff: 'wangfang' },
					},
				],
				...{ next: null, lastSeq: 4211 },
			},
		},
	},
	'GET /api/openapi.json': {
		...{ tag: 'system', summary: both('本接口的 OpenAPI 3.1 描述', 'This API as OpenAPI 3.1') },
		answer: inWords<object>('OpenAPI 文档', 'The OpenAPI document'),
	},
	'GET /api/docs': {
		...{ tag: 'system', summary: both('本页', 'This page; ?lang=zh or ?lang=en') },
		answer: bytes(['text/html'], '网页', 'The page'),
	},
} as const satisfies RouteTable;
