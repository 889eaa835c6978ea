import { z } from 'zod';
import { alertCloseSchema, alertsAnswerSchema, alertViewSchema } from '../api.js';
import { alert } from './examples.js';
import { both, bytes, type RouteTable } from './route.js';

export const alertsQuerySchema = z.object({ open: z.literal('true') });

const act = { tag: 'alerts', answer: alertViewSchema, errors: ['no-such-alert', 'taken', 'over'] } as const;

/** Somebody is to be received. */
export const alertRoutes = {
	'GET /api/alerts': {
		...{ tag: 'alerts', summary: both('待处理的提醒，最早在前', 'Open and accepted alerts, oldest first') },
		...{ query: alertsQuerySchema, answer: alertsAnswerSchema },
		example: { query: { open: 'true' }, answer: { alerts: [alert], lastSeq: 4211 } },
	},
	'POST /api/alerts/:id/accept': {
		...act,
		...{ summary: both('接受提醒', 'Accept: I am on my way'), example: { answer: alert } },
	},
	'POST /api/alerts/:id/greet': { ...act, summary: both('已迎接', 'Greeted: I am with them') },
	'POST /api/alerts/:id/close': {
		...act,
		...{ summary: both('关闭提醒', 'Close: left, or no visitor at all'), body: alertCloseSchema, example: { body: { reason: 'courier' } } },
	},
	'GET /api/alerts/:id/photograph': {
		...{ tag: 'alerts', summary: both('到店客户的照片', 'The photograph of whoever is waited for') },
		detail: both(
			'须客户同意保留照片；只给收到提醒或已接受的人、前台和经理，客户离店后不再提供。每次查看都有记录。',
			'If the customer’s consent keeps one: for whoever was told or took the alert, reception and managers, until the customer leaves. Each look is on record.',
		),
		answer: bytes(['image/jpeg'], '最新的一张', 'The newest one kept'),
	},
} as const satisfies RouteTable;
