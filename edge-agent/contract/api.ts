import { z } from 'zod';
import { type Answered, said } from './described.js';
import { visitRecordSchema } from './visit-record.api.js';
import {
	arrivalSourceSchema,
	cameraReasonSchema,
	cameraStateSchema,
	closeReasonSchema,
	languageSchema,
	purposeSchema,
	roleSchema,
	taskKindSchema,
} from './vocabulary.js';

/** What the agent's HTTP API answers (`View`) and takes (`…Schema`). Times are Unix ms. All under `/api`. */

const id = z.string();
const time = z.number().int().meta(said('Unix time in ms', 'Unix 时间，毫秒'));
const both = z.object({ zh: z.string(), en: z.string() }).meta({ id: 'Both', ...said('A text in Chinese and English', '中英文文本') });

export const staffViewSchema = z
	.object({ id, name: z.string(), role: roleSchema, onDuty: z.boolean() })
	.meta({ id: 'StaffView', ...said('A member of staff', '员工') });
export type StaffView = Answered<typeof staffViewSchema>;

const customerFields = {
	id,
	name: z.string(),
	telephone: z.string().nullable(),
	consultant: z.string().nullable().meta(said('The assigned consultant', '负责的销售顾问')),
	templates: z.number().int().meta(said('Stored face templates', '已登记的人脸模板数')),
};
export const customerViewSchema = z.object(customerFields).meta({ id: 'CustomerView', ...said('A customer', '客户') });
export type CustomerView = Answered<typeof customerViewSchema>;

export const customerDetailsSchema = z
	.object({
		...customerFields,
		model: z.string().nullable().meta(said('The model they are interested in', '意向车型')),
		note: z.string().nullable().meta(said("The dealer system's remark", '经销商系统中的备注')),
	})
	.meta({ id: 'CustomerDetails', ...said("A customer, with what a dealer system's file said of them", '客户及经销商系统文件中的内容') });
export type CustomerDetails = Answered<typeof customerDetailsSchema>;

const known = z.object({ id, name: z.string() }).nullable().meta(said('null: nobody we know', 'null：不认识的访客'));

export const visitViewSchema = z
	.object({
		id,
		openedAt: time,
		entrance: z.string().nullable(),
		source: arrivalSourceSchema.meta(said('How the visit became known', '到店是如何得知的')),
		customer: known,
		checkin: z
			.object({ name: z.string(), telephone: z.string().nullable(), model: z.string().nullable() })
			.nullable()
			.meta(
				said(
					'What the visitor wrote at the kiosk. The telephone is null for those who may not look at customers, and over sockets',
					'访客在自助机上填写的内容；无权查看客户者看不到电话',
				),
			),
		purpose: purposeSchema.nullable(),
		host: z.string().nullable().meta(said('The member of staff they came to see', '要找的员工')),
		steppedOutAt: time.nullable(),
		greetedAt: time.nullable(),
		greetedBy: z.string().nullable(),
		closedAt: time.nullable(),
		closeReason: closeReasonSchema.nullable(),
		receivedBy: z
			.string()
			.nullable()
			.meta(said('Who looks after the visitor: whoever greeted them, or took them over', '接待人：迎接者或接手者')),
		party: z
			.string()
			.nullable()
			.meta(
				said(
					'The visit of the first of those who came in together; null: they came alone, or are that first one',
					'同行者中第一位的到店记录；null：独自到店，或即第一位',
				),
			),
		repeat: z
			.boolean()
			.nullable()
			.meta(said('Whether a known customer has been here before; null: nobody we know', '是否再次到店；null：不认识的访客')),
		lastSeenAt: time.meta(said('The last time that the visitor was seen or heard of', '最后一次见到或得知的时间')),
		mergedInto: z
			.string()
			.nullable()
			.meta(said('The visit that this one turned out to be; null: its own', '并入的到店记录；null：独立的记录')),
		record: visitRecordSchema,
	})
	.meta({ id: 'VisitView', ...said('A visit', '到店记录') });
export type VisitView = Answered<typeof visitViewSchema>;

export const alertViewSchema = z
	.object({
		id,
		visit: z.string(),
		joined: z
			.array(z.string())
			.meta(said("Visits received by way of this alert besides its own: a party's, or of many at once", '一并由此提醒接待的其他到店记录')),
		kind: z
			.enum(['arrival', 'hand-over'])
			.meta(said('hand-over: `from` asks a colleague to take their visitor over', 'hand-over：`from` 请同事接手其访客')),
		from: z.string().nullable(),
		quiet: z.boolean().meta(said('The customer would rather not be greeted', '客户希望不被打扰')),
		lastVisitAt: time
			.nullable()
			.meta(said('When the customer was last here before; null: never, or nobody we know', '上次到店时间；null：未曾到店或不认识')),
		interests: z
			.array(z.string())
			.meta(said("Models of interest, newest first: ids of the catalogue, or what a dealer's file calls it", '意向车型，最新在前')),
		tasks: z.array(z.object({ kind: taskKindSchema, dueAt: time })).meta(said('What is open for this customer', '该客户未完成的事项')),
		photograph: z.boolean().meta(said('Whether a photograph can be asked for', '是否可以查看照片')),
		state: z.enum(['open', 'acknowledged', 'greeted', 'closed']),
		openedAt: time,
		customer: known,
		checkinName: z.string().nullable(),
		purpose: purposeSchema.nullable(),
		told: z.array(z.string()).meta(said('Everybody told so far, in order', '已通知的员工，按先后')),
		step: z.number().int(),
		acknowledgedBy: z.string().nullable(),
		acknowledgedAt: time.nullable(),
		greetedAt: time.nullable(),
		greetedBy: z.string().nullable().meta(said('Whoever walked up: not always the one who accepted', '实际迎接者，不一定是接受提醒的人')),
		overdue: z.boolean(),
		redAt: time.meta(said('After this an open alert shows red', '此后未接待的提醒显示为红色')),
		closedAt: time.nullable(),
		closeReason: closeReasonSchema.nullable(),
	})
	.meta({ id: 'AlertView', ...said('Somebody is to be received', '到店提醒') });
export type AlertView = Answered<typeof alertViewSchema>;

export const cameraViewSchema = z
	.object({
		id,
		name: z.string(),
		entrance: z
			.string()
			.nullable()
			.meta(said('What the entrance is called at which it counts; null: it counts nobody', '计数的入口；null：不计数')),
		state: cameraStateSchema,
		reason: cameraReasonSchema.nullable(),
		fps: z.number().meta(said('Frames analysed a second over the last few seconds', '最近几秒每秒分析的帧数')),
		dropped: z.number().int().meta(said('Frames dropped', '丢弃的帧数')),
	})
	.meta({ id: 'CameraView', ...said('A camera as it is now', '摄像头当前状态') });
export type CameraView = Answered<typeof cameraViewSchema>;

/** GET /api/showroom: what a screen needs before anything else. */
export const showroomViewSchema = z
	.object({
		name: z.string(),
		staff: z.array(staffViewSchema),
		cameras: z.array(cameraViewSchema),
		models: z.array(z.object({ id, title: both })).meta(said('The models that a visitor may name at check-in', '签到时可选的车型')),
		recogniser: z
			.object({
				name: z.string(),
				fallback: z.boolean().meta(said("The store still runs on the demo's network", '仍在使用演示用的模型')),
				calibrated: z.boolean().meta(said("Its threshold is the store's own", '阈值由本店校准')),
				missing: z.number().int().meta(said('People enrolled with another recogniser only', '仅以其他模型登记的人数')),
			})
			.meta(said('The recogniser in use', '正在使用的识别模型')),
		setUp: z.boolean().meta(said('Whether the first-start assistant has been gone through', '是否已完成首次设置')),
		address: z
			.string()
			.nullable()
			.meta(said('Where other devices open the console; null: only this machine is let in', '其他设备打开控制台的地址；null：仅限本机')),
		now: time.meta(said("Now, by the agent's clock", '主机当前时间')),
		lastSeq: z.number().int(),
	})
	.meta({ id: 'ShowroomView', ...said('What a screen needs before anything else', '界面首先需要的内容') });
export type ShowroomView = Answered<typeof showroomViewSchema>;

const lastSeq = z.number().int().meta(said("The log's last seq just before the list was read", '读取列表之前日志的最后序号'));

/** GET /api/visits (visitsQuerySchema), newest first. */
export const visitsAnswerSchema = z.object({
	visits: z.array(visitViewSchema),
	next: z
		.string()
		.nullable()
		.meta(said('The cursor of the next page; null: no more, or no limit was asked for', '下一页的游标；null：没有更多，或未设 limit')),
	lastSeq,
});
export type VisitsAnswer = Answered<typeof visitsAnswerSchema>;
/** GET /api/alerts?open=true */
export const alertsAnswerSchema = z.object({ alerts: z.array(alertViewSchema), lastSeq });
export type AlertsAnswer = Answered<typeof alertsAnswerSchema>;

/** POST /api/alerts/:id/accept and /greet, by the member of staff who is signed in; no body. Answers the AlertView. Repeating is harmless. */
/** POST /api/alerts/:id/close */
export const alertCloseSchema = z.object({ reason: z.enum(['left', 'staff', 'courier', 'not-a-visitor']) });
export type AlertClose = z.infer<typeof alertCloseSchema>;

/** POST /api/checkins, from the kiosk. `id` is made by the kiosk, so that sending again after a lost answer makes no second one. */
export const checkInSchema = z.object({
	id: z.uuid(),
	name: z.string().trim().min(1).max(40),
	/** Digits as typed; kept as entered after removing spaces and dashes. */
	telephone: z
		.string()
		.transform((value) => value.replace(/[\s-]/g, ''))
		.pipe(z.string().regex(/^\+?\d{5,15}$/))
		.nullable(),
	purpose: purposeSchema,
	host: z.string().min(1).nullable(),
	model: z.string().min(1).nullable(),
	language: languageSchema,
	/** What an expected guest's QR code says. */
	guest: z.uuid().nullable().optional(),
	partySize: z.number().int().min(1).max(99).optional(),
});
export type CheckIn = z.infer<typeof checkInSchema>;

export const checkInAnswerSchema = z.object({
	visit: z.string(),
	consultant: z
		.object({ id, name: z.string() })
		.nullable()
		.meta(said('Who has been told first; null when nobody is on duty', '最先通知的员工；null：无人当班')),
});
export type CheckInAnswer = Answered<typeof checkInAnswerSchema>;

/** GET /api/hosts: the staff a visitor may ask for. */
export const hostsAnswerSchema = z.object({ hosts: z.array(z.object({ id, name: z.string() })) });
export type HostsAnswer = Answered<typeof hostsAnswerSchema>;

/** GET /api/brochures */
const brochurePageSchema = z.object({
	title: both,
	text: both,
	picture: z.string().meta(said('Path of an SVG or picture under /api/brochures/', '图片路径')),
	facts: z.array(z.object({ label: both, value: both })),
});
export type BrochurePage = Answered<typeof brochurePageSchema>;
export const brochureViewSchema = z
	.object({ id, model: z.string(), title: both, tagline: both, pages: z.array(brochurePageSchema) })
	.meta({ id: 'BrochureView', ...said('An e-brochure', '车型手册') });
export type BrochureView = Answered<typeof brochureViewSchema>;

/** POST /api/brochures/:id/views */
export const pageReadSchema = z.object({ page: z.number().int().nonnegative(), ms: z.number().int().nonnegative() });
