import { z } from 'zod';
import { alertViewSchema } from '../api.js';
import { said } from '../described.js';
import {
	assignSchema,
	dutySchema,
	freeSchema,
	guestsAnswerSchema,
	guestViewSchema,
	newGuestSchema,
	receptionViewSchema,
	rotaRowSchema,
	taskDoneSchema,
	tasksAnswerSchema,
	whyViewSchema,
	wishesSchema,
} from '../reception.api.js';
import { li } from './examples.js';
import { both, type RouteTable } from './route.js';

const time = z.coerce.number().int().nonnegative().meta(said('Unix time in ms', 'Unix 时间，毫秒'));
export const guestsQuerySchema = z
	.object({ from: time, to: time })
	.refine(({ from, to }) => to >= from, { path: ['to'], error: 'after from' });
export const tasksQuerySchema = z.object({
	all: z.literal('true').optional().meta(said("Everybody's; for managers", '所有人的；限经理')),
});

const alertAct = { tag: 'alerts', answer: alertViewSchema, errors: ['no-such-alert', 'taken', 'over'] } as const;
const duty = { tag: 'reception', answer: receptionViewSchema } as const;

/** Who takes visitors, who is expected, what is still to be done. */
export const receptionRoutes = {
	'POST /api/alerts/:id/decline': { ...alertAct, summary: both('请下一位来', 'Decline: the next one, please') },
	'POST /api/alerts/:id/release': { ...alertAct, summary: both('接了又来不了', 'Release: I cannot come after all') },
	'POST /api/alerts/:id/assign': { ...alertAct, summary: both('指派某人', 'Send somebody'), body: assignSchema },
	'GET /api/alerts/:id/why': {
		...{ tag: 'alerts', summary: both('为什么通知他、跳过他', 'Who was told, who was passed over, and why') },
		...{ answer: whyViewSchema, errors: ['no-such-alert'] },
	},
	'GET /api/reception': { ...duty, summary: both('谁在店、轮到谁', 'Who is there, whose turn it is') },
	'POST /api/duty': {
		...{ ...duty, summary: both('上岗、休息、离岗', 'On duty, on a break, off'), body: dutySchema },
		example: { body: { state: 'break', minutes: 15 } },
	},
	'POST /api/duty/free': {
		...duty,
		summary: both('已空闲', 'Free for the next visitor, though one of theirs is still here'),
		body: freeSchema,
	},
	'PUT /api/rotas/:id': { ...duty, summary: both('某员工的轮值与班次', "A member of staff's rotas and shifts"), body: rotaRowSchema },
	'GET /api/customers/:id/wishes': {
		...{ tag: 'customers', summary: both('客户的意愿', "A customer's wishes"), answer: wishesSchema },
	},
	'PUT /api/customers/:id/wishes': {
		...{ tag: 'customers', summary: both('设置客户的意愿', "Set a customer's wishes"), body: wishesSchema, answer: wishesSchema },
		errors: ['no-such-person'],
	},
	'GET /api/guests': {
		...{ tag: 'reception', summary: both('预约来宾', 'Expected guests'), query: guestsQuerySchema, answer: guestsAnswerSchema },
	},
	'POST /api/guests': {
		...{ tag: 'reception', summary: both('预约来宾登记', 'Expect a guest'), body: newGuestSchema, answer: guestViewSchema, status: 201 },
		errors: ['no-such-customer', 'no-such-staff'],
		example: {
			body: { id: '0193b0c2-6f6e-7000-8000-0000000000f1', customer: li.id, host: 'wangfang', purpose: 'test-drive', at: 1_764_122_400_000 },
		},
	},
	'POST /api/guests/:id/cancel': {
		...{ tag: 'reception', summary: both('取消预约', 'A guest does not come'), answer: guestViewSchema, errors: ['no-such-guest'] },
	},
	'GET /api/tasks': {
		...{ tag: 'reception', summary: both('待办事项', 'What is to be done'), query: tasksQuerySchema, answer: tasksAnswerSchema },
	},
	'POST /api/tasks/:id/done': {
		...{ tag: 'reception', summary: both('事项完成', 'A task is done'), body: taskDoneSchema, errors: ['no-such-task'] },
	},
} as const satisfies RouteTable;
