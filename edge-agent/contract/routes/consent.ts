import { z } from 'zod';
import type {
	ConsentSummary,
	ConsentView,
	EnrolmentAnswer,
	ExpiringAnswer,
	MissingAnswer,
	NoticesAnswer,
	NoticeView,
	ProcessingRecordsAnswer,
	TriggerView,
	WithdrawalAnswer,
} from '../consent.api.js';
import { grantSchema, noticeSchema, triggerSchema, withdrawalSchema } from '../consent.api.js';
import { both, bytes, inWords, type RouteTable } from './route.js';

const notice = inWords<NoticeView>('告知书', 'The notice');
const view = inWords<ConsentView>('此人的同意', "The person's consent");
const trigger = inWords<TriggerView>('识别范围', 'Which faces are compared');
const photographErrors = [
	...['unreadable', 'no-face', 'several-faces', 'too-small', 'too-dark', 'too-bright', 'blurred', 'looking-away'],
	...['already-enrolled', 'unlike', 'duplicate', 'no-consent', 'no-such-person', 'not-a-picture', 'still-starting'],
];

/** Notices, grants, withdrawals, enrolment, processing records, the recognition trigger. */
export const consentRoutes = {
	'GET /api/consent/notices': {
		...{ tag: 'consent', summary: both('告知书，最新在前', 'Notices, newest first') },
		answer: inWords<NoticesAnswer>('告知书列表', 'Notices'),
	},
	'GET /api/consent/notices/:hash': {
		...{ tag: 'consent', summary: both('一份告知书', 'One notice; an old one stays readable'), answer: notice, errors: ['no-such-notice'] },
	},
	'POST /api/consent/notices': {
		...{ tag: 'consent', summary: both('发布新告知书', 'Publish a new version of a notice'), body: noticeSchema, answer: notice },
	},
	'GET /api/consent/summary': {
		...{ tag: 'consent', summary: both('同意概况', 'How many are enrolled, and what is pending') },
		answer: inWords<ConsentSummary>('概况', 'The summary'),
	},
	'GET /api/consent/expiring': {
		...{ tag: 'consent', summary: both('30 天内到期的同意', 'Whose consent ends within 30 days') },
		answer: inWords<ExpiringAnswer>('到期列表，最早在前', 'People, soonest first'),
	},
	'GET /api/consent/missing': {
		...{ tag: 'consent', summary: both('更换模型后缺少模板的人', 'Whom a change of the recogniser left without a template') },
		answer: inWords<MissingAnswer>('人员与原因', 'People and reasons'),
	},
	'GET /api/consent/people/:id': {
		...{ tag: 'consent', summary: both('某人的同意', "Somebody's consent"), answer: view, errors: ['no-such-person'] },
	},
	'POST /api/consent/people/:id/grants': {
		...{ tag: 'consent', summary: both('登记同意', 'Record a consent'), body: grantSchema, answer: view },
		errors: ['no-such-person', 'old-notice'],
	},
	'POST /api/consent/people/:id/withdrawals': {
		...{ tag: 'consent', summary: both('撤回同意并删除', 'Withdraw; answers once it is erased'), body: withdrawalSchema },
		answer: inWords<WithdrawalAnswer>('删除结果', 'What was erased, and which lists of erasures have it'),
		errors: ['no-such-person', 'staff-stay'],
	},
	'POST /api/consent/people/:id/photographs': {
		...{ tag: 'consent', summary: both('用照片登记人脸', 'Enrol a face from a photograph') },
		query: z.object({ anyway: z.literal('true').optional() }),
		body: bytes(['image/jpeg', 'image/png', 'image/webp'], '照片，12 MB 以内', 'The photograph, 12 MB at most'),
		answer: inWords<EnrolmentAnswer>('登记结果', 'How it was enrolled'),
		errors: photographErrors,
	},
	'GET /api/consent/people/:id/records': {
		...{ tag: 'consent', summary: both('某人的处理记录', "Who looked at or changed somebody's data"), errors: ['no-such-person'] },
		answer: inWords<ProcessingRecordsAnswer>('记录，最新在前', 'Records, newest first'),
	},
	'GET /api/recognition/trigger': { tag: 'consent', summary: both('识别范围', 'Which faces are compared'), answer: trigger },
	'PUT /api/recognition/trigger': {
		...{ tag: 'consent', summary: both('设置识别范围', 'Set which faces are compared'), body: triggerSchema, answer: trigger },
	},
} as const satisfies RouteTable;
