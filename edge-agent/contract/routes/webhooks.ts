import type { WebhooksAnswer, WebhookTestAnswer } from '../webhooks.js';
import { both, inWords, type RouteTable } from './route.js';

/** Messages to group robots and other programs. */
export const webhookRoutes = {
	'GET /api/webhooks': {
		...{ tag: 'system', summary: both('各个推送的状态', 'How each webhook does; its address is never told') },
		answer: inWords<WebhooksAnswer>('每个推送一项', 'one entry a webhook'),
	},
	'POST /api/webhooks/:id/test': {
		...{ tag: 'system', summary: both('发送一条测试消息', 'Send a test message now') },
		...{ answer: inWords<WebhookTestAnswer>('是否送达，以及原因', 'whether it arrived, and why not'), errors: ['no-such-webhook'] },
	},
} as const satisfies RouteTable;
