import { alertViewSchema, visitViewSchema } from '../api.js';
import {
	handOverSchema,
	mergeSchema,
	newVisitSchema,
	noteSchema,
	outcomeFormSchema,
	outcomeSchema,
	reassignSchema,
	splitSchema,
	visitCloseSchema,
	visitCorrectionSchema,
	visitTimelineSchema,
} from '../reception.api.js';
import { visit } from './examples.js';
import { both, type RouteTable } from './route.js';

const act = { tag: 'visits', answer: visitViewSchema, errors: ['no-such-visit'] } as const;

/** What staff say about single visits. */
export const visitActRoutes = {
	'POST /api/visits': {
		...{ tag: 'visits', summary: both('手工登记到店', 'Check somebody in by hand, without a form') },
		...{ body: newVisitSchema, answer: visitViewSchema, errors: ['no-such-customer', 'no-such-staff'] },
		detail: both(
			'id 由发送方生成：重发不会产生第二次到店。',
			'The id is made by whoever sends it: sending it again makes no second visit.',
		),
		example: { body: { id: visit.id, customer: null, purpose: 'look-around', host: null, partySize: 2 }, answer: visit },
	},
	'GET /api/visits/:id': {
		...{ tag: 'visits', summary: both('一次到店及其事件', 'A visit, and what happened in it') },
		...{ answer: visitTimelineSchema, errors: ['no-such-visit'] },
	},
	'POST /api/visits/:id/close': { ...act, summary: both('结束到店', 'The visit is over'), body: visitCloseSchema },
	'POST /api/visits/:id/hand-over': {
		...{ tag: 'visits', summary: both('请同事接手', 'Ask a colleague to take the visitor over'), body: handOverSchema },
		...{ answer: alertViewSchema, errors: ['no-such-visit', 'no-such-staff', 'asked', 'over'] },
	},
	'POST /api/visits/:id/notes': { ...act, summary: both('添加备注', 'Add a remark'), body: noteSchema },
	'GET /api/visits/:id/outcome': {
		...{ tag: 'visits', summary: both('到店结果表，已按日志预填', 'The form about a visit, filled in as far as the log knows') },
		...{ answer: outcomeFormSchema, errors: ['no-such-visit'] },
	},
	'POST /api/visits/:id/outcome': {
		...{ ...act, summary: both('登记到店结果', 'Record what came of a visit'), body: outcomeSchema },
		example: {
			body: {
				...{ result: 'follow-up', grade: 'A', channel: 'walk-in', partySize: 2, models: ['yaoxing-y7'], rivals: [] },
				...{ testDrive: true, quote: false, contactLeft: true, note: null },
			},
		},
	},
	'POST /api/visits/:id/reassign': {
		...act,
		summary: both('改由他人接待', 'Another member of staff looks after them'),
		body: reassignSchema,
	},
	'POST /api/visits/:id/merge': { ...act, summary: both('合并到另一次到店', 'Two visits were one'), body: mergeSchema },
	'POST /api/visits/:id/split': {
		...act,
		summary: both('拆出一次到店', 'Somebody of the party has a visit of their own'),
		body: splitSchema,
	},
	'POST /api/visits/:id/correct': { ...act, summary: both('更正到店记录', 'Put a visit right'), body: visitCorrectionSchema },
} as const satisfies RouteTable;
