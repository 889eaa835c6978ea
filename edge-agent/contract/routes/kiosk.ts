import { z } from 'zod';
import { brochureViewSchema, checkInAnswerSchema, checkInSchema, hostsAnswerSchema, pageReadSchema } from '../api.js';
import { type FaceCheckInOffer, type FaceCheckInStarted, type FaceCheckInView, faceCheckInSchema } from '../face-checkin.api.js';
import { visit } from './examples.js';
import { both, bytes, inWords, type RouteTable } from './route.js';

/** Checking in, and what the kiosk shows. */
export const kioskRoutes = {
	'POST /api/checkins': {
		...{ tag: 'kiosk', summary: both('签到', 'Check a visitor in'), body: checkInSchema, answer: checkInAnswerSchema },
		detail: both(
			'id 由发送方生成：答复丢失后以同一 id 重发，不会产生第二次签到。',
			'The id is made by whoever sends it: sending the same again after a lost answer makes no second check-in.',
		),
		errors: ['no-such-staff'],
		example: {
			body: {
				...{ id: '0193b0c2-6f6e-7000-8000-0000000000c1', name: '李雷', telephone: '138 0013 8000', purpose: 'test-drive' },
				...{ host: 'wangfang', model: 'yaoxing-y7', language: 'zh', partySize: 2 },
			},
			answer: { visit: visit.id, consultant: { id: 'wangfang', name: '王芳' } },
		},
	},
	'GET /api/hosts': {
		...{ tag: 'kiosk', summary: both('访客可以找的员工', 'The staff a visitor may ask for'), answer: hostsAnswerSchema },
		example: { answer: { hosts: [{ id: 'wangfang', name: '王芳' }] } },
	},
	'GET /api/brochures': { tag: 'kiosk', summary: both('车型手册', 'E-brochures'), answer: z.array(brochureViewSchema) },
	'GET /api/brochures/:id/pictures/:name': {
		...{ tag: 'kiosk', summary: both('手册图片', "A brochure's picture"), errors: ['no-such-brochure'] },
		answer: bytes(['image/svg+xml'], '图片', 'The picture'),
	},
	'POST /api/brochures/:id/views': {
		...{ tag: 'kiosk', summary: both('报告读过的一页', 'Tell that a page was read'), body: pageReadSchema, errors: ['no-such-brochure'] },
		example: { body: { page: 2, ms: 4500 } },
	},
	'GET /api/face-checkins': {
		...{ tag: 'kiosk', summary: both('能否刷脸签到', 'Whether checking in by face is possible now') },
		answer: inWords<FaceCheckInOffer>('能否', 'Whether'),
	},
	'POST /api/face-checkins': {
		...{ tag: 'kiosk', summary: both('开始刷脸签到', 'Begin a check-in by face'), errors: ['not-ready'] },
		answer: inWords<FaceCheckInStarted>('会话编号', "The session's id"),
	},
	'POST /api/face-checkins/:id/frames': {
		...{ tag: 'kiosk', summary: both('发送一帧画面', 'Send one picture'), errors: ['not-a-picture'] },
		body: bytes(['image/jpeg'], '画面，256 KB 以内', 'The picture, 256 KB at most'),
		answer: inWords<FaceCheckInView>('接下来要做什么', 'What to do next'),
	},
	'DELETE /api/face-checkins/:id': { tag: 'kiosk', summary: both('访客离开', 'The visitor has left') },
	'POST /api/face-checkins/:id/confirm': {
		...{ tag: 'kiosk', summary: both('确认本人并签到', 'It is them: check in'), body: faceCheckInSchema, answer: checkInAnswerSchema },
		errors: ['no-such-face-checkin'],
	},
} as const satisfies RouteTable;
