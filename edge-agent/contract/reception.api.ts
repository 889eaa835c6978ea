import { z } from 'zod';
import { passedSchema } from './alert-events.js';
import { staffViewSchema, visitViewSchema } from './api.js';
import { type Answered, said } from './described.js';
import { type Correction, correctionSchema, outcomeFields } from './visit-events.js';
import { dutyStateSchema, purposeSchema, rotaSchema, taskKindSchema } from './vocabulary.js';

/**
 * Receiving visitors over HTTP, all under `/api`. `:id` is an alert's, a visit's, a guest's. The signed-in person is the one who acts. Times are
 * Unix ms. Every write bears repeating.
 *
 *   POST /alerts/:id/accept | greet | release | decline      AlertView; release: cannot come after all; decline: the next one, please
 *   POST /alerts/:id/assign        assignSchema -> AlertView: send somebody (reception, managers)
 *   POST /alerts/:id/close         alertCloseSchema -> AlertView
 *   POST /visits                   newVisitSchema -> VisitView: somebody is checked in by hand, without a form
 *   GET  /visits/:id               VisitTimeline: the visit, and its events
 *   POST /visits/:id/close         visitCloseSchema -> VisitView
 *   POST /visits/:id/hand-over     handOverSchema -> AlertView: a colleague is asked; accepting or declining its alert answers
 *   POST /visits/:id/reassign      reassignSchema -> VisitView (managers)
 *   POST /visits/:id/merge         mergeSchema -> VisitView, of the one that goes on
 *   POST /visits/:id/split         splitSchema -> VisitView, of the new one
 *   POST /visits/:id/correct       visitCorrectionSchema -> VisitView
 *   POST /visits/:id/notes         noteSchema -> VisitView
 *   GET  /visits/:id/outcome       OutcomeForm: filled in as far as the log knows
 *   POST /visits/:id/outcome       outcomeSchema -> VisitView
 *   GET  /reception                ReceptionView: who is there, whose turn it is
 *   GET  /alerts/:id/why           WhyView: who was told, who was passed over, and why
 *   POST /duty                     dutySchema -> ReceptionView: one's own; managers and reception say whose
 *   POST /duty/free                freeSchema -> ReceptionView
 *   PUT  /rotas/:id                rotaRowSchema -> ReceptionView: of a member of staff
 *   PUT  /customers/:id/wishes     wishesSchema -> WishesView
 *   GET  /guests?from=&to=         GuestsAnswer
 *   POST /guests                   newGuestSchema -> GuestView
 *   POST /guests/:id/cancel        GuestView
 *   GET  /tasks                    TasksAnswer: one's own that are open; managers everybody's with ?all=true
 *   POST /tasks/:id/done           taskDoneSchema -> 204
 */
const id = z.string().min(1).max(64);
const why = z.string().trim().min(1).max(200).nullable().default(null);
const telephone = z
	.string()
	.transform((value) => value.replace(/[\s-]/g, ''))
	.pipe(z.string().regex(/^\+?\d{5,15}$/))
	.nullable()
	.default(null);

export const assignSchema = z.strictObject({ staff: id });
export const newVisitSchema = z.strictObject({
	/** Made by whoever asks, so that sending again makes no second one. */
	id: z.uuid(),
	customer: id.nullable().default(null),
	purpose: purposeSchema.nullable().default(null),
	host: id.nullable().default(null),
	partySize: z.number().int().min(1).max(99).default(1),
});
export const visitCloseSchema = z.strictObject({ reason: z.enum(['left', 'staff', 'courier', 'not-a-visitor']) });
export const handOverSchema = z.strictObject({ to: id });
export const reassignSchema = z.strictObject({ staff: id, why });
/** `into` goes on; the visit of the path is it. */
export const mergeSchema = z.strictObject({ into: id, why });
export const splitSchema = z.strictObject({ id: z.uuid(), why });
export const visitCorrectionSchema = z
	.strictObject({ ...correctionSchema.shape, why })
	.refine(({ why: _, ...changes }) => Object.keys(changes).length > 0, { path: ['changes'], error: 'nothing to correct' });
export type VisitCorrection = Correction & { readonly why: string | null };
export const noteSchema = z.strictObject({ text: z.string().trim().min(1).max(1000) });
export const outcomeSchema = z.strictObject({ ...outcomeFields, note: z.string().trim().min(1).max(1000).nullable().default(null) });
export type OutcomeInput = z.infer<typeof outcomeSchema>;

export const outcomeFormSchema = z
	.object({
		outcome: outcomeSchema.meta(said('Recorded already, or filled in as far as the log knows', '已登记的结果，或按日志预填的内容')),
		recordedAt: z.number().int().nullable(),
		recordedBy: z.string().nullable(),
		models: z
			.array(z.object({ id: z.string(), title: z.object({ zh: z.string(), en: z.string() }) }))
			.meta(said('To choose from', '可选车型')),
		rivals: z.array(z.string()).meta(said('To choose from', '可选竞品')),
	})
	.meta({ id: 'OutcomeForm', ...said('The form about a visit', '到店结果表') });
export type OutcomeForm = Answered<typeof outcomeFormSchema>;

export type { VisitRecord } from './visit-record.api.js';

/** GET /visits/:id */
export const visitTimelineSchema = z
	.object({
		visit: visitViewSchema,
		events: z.array(z.object({ seq: z.number().int(), at: z.number().int(), type: z.string(), actor: z.string(), body: z.unknown() })),
		texts: z
			.array(z.object({ id: z.string(), text: z.string() }))
			.meta(
				said(
					'Remarks and reasons, by the id that an event names; an erased one is not in it',
					'备注与原因，按事件中的编号；已删除的不在其中',
				),
			),
	})
	.meta({ id: 'VisitTimeline', ...said('A visit and its events', '到店记录及其事件') });
export type VisitTimeline = Answered<typeof visitTimelineSchema>;

export const dutySchema = z
	.strictObject({ staff: id.optional(), state: dutyStateSchema, minutes: z.number().int().min(1).max(600).nullable().default(null) })
	.refine(({ state, minutes }) => state === 'break' || minutes === null, { path: ['minutes'], error: 'only a break ends by itself' });
export const freeSchema = z.strictObject({ staff: id.optional() });
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);
export const rotaRowSchema = z.strictObject({
	rotas: z.array(rotaSchema).max(3),
	shifts: z
		.array(z.strictObject({ days: z.array(z.number().int().min(1).max(7)).min(1).max(7), from: clockTime, to: clockTime }))
		.max(14)
		.refine((shifts) => shifts.every(({ from, to }) => from < to), 'a shift ends after it begins, on the same day'),
	backup: id.nullable().default(null),
});
export type RotaRow = z.infer<typeof rotaRowSchema>;

/** A member of staff as reception sees them now. */
export const colleagueViewSchema = staffViewSchema
	.extend({
		duty: dutyStateSchema.meta(said('What they said, or their shifts say', '本人所报，或按班次')),
		until: z.number().int().nullable().meta(said('When a break ends', '休息结束时间')),
		busyWith: z.array(z.string()).meta(said("With these visits' visitors", '正在接待的到店记录')),
		reachable: z.boolean().meta(said('At least one of their screens would show an alert now', '至少有一个屏幕现在能显示提醒')),
		rota: rotaRowSchema.nullable(),
		devices: z
			.array(z.object({ device: z.string(), visible: z.boolean(), since: z.number().int() }))
			.meta(said('Their connected screens, whether each is in view, and since when', '已连接的屏幕、是否正在显示、从何时起')),
	})
	.meta({ id: 'ColleagueView', ...said('A member of staff as reception sees them now', '前台所见的员工状态') });
export type ColleagueView = Answered<typeof colleagueViewSchema>;
/** GET /reception */
export const receptionViewSchema = z
	.object({
		colleagues: z.array(colleagueViewSchema),
		turns: z
			.record(rotaSchema, z.array(z.object({ staff: z.string(), turns: z.number().int(), owed: z.number() })))
			.meta(
				said(
					'In the order of their turns; `owed`: turns they are behind a fair share (negative: ahead)',
					'按轮次排列；`owed`：比公平份额少的次数（负数为多）',
				),
			),
		open: z.boolean().meta(said('Whether the store is open now', '是否营业')),
		changesAt: z.number().int().nullable().meta(said('When that changes next; null: never', '下次变化的时间；null：不变')),
	})
	.meta({ id: 'ReceptionView', ...said('Who is there, whose turn it is', '谁在店、轮到谁') });
export type ReceptionView = Answered<typeof receptionViewSchema>;

/** GET /alerts/:id/why: the plan that holds, step by step, and who of the rota was passed over. */
export const whyViewSchema = z
	.object({
		alert: z.string(),
		plans: z.array(
			z.object({
				at: z.number().int(),
				because: z
					.enum(['opened', 'rerouted', 'assigned'])
					.meta(said('The alert opened, its visitor became known, or somebody was sent', '提醒产生、访客身份确认或指派了员工')),
				steps: z.array(z.object({ afterMs: z.number().int(), staff: z.array(z.string()) })),
				turn: z.object({ rota: rotaSchema, staff: z.string() }).nullable(),
				passed: z.array(z.object({ staff: z.string(), why: passedSchema })),
			}),
		),
		told: z.array(z.object({ staff: z.string(), step: z.number().int(), at: z.number().int(), receivedAt: z.number().int().nullable() })),
	})
	.meta({ id: 'WhyView', ...said('Who was told, who was passed over, and why', '通知了谁、跳过了谁、为什么') });
export type WhyView = Answered<typeof whyViewSchema>;

export const wishesSchema = z.strictObject({ greeting: z.boolean(), always: z.boolean() });
export type Wishes = z.infer<typeof wishesSchema>;

export const newGuestSchema = z.strictObject({
	id: z.uuid(),
	/** Known customers need no name. */
	customer: id.nullable().default(null),
	name: z.string().trim().min(1).max(40).nullable().default(null),
	telephone,
	host: id.nullable().default(null),
	purpose: purposeSchema.nullable().default(null),
	at: z.number().int().nonnegative(),
});
export type NewGuest = z.infer<typeof newGuestSchema>;
export const guestViewSchema = z
	.object({
		id: z.string().meta(said('Also what their QR code says', '也是其二维码的内容')),
		customer: z.string().nullable(),
		name: z.string().nullable().meta(said('null: erased', 'null：已删除')),
		telephone: z.string().nullable(),
		host: z.string().nullable(),
		purpose: purposeSchema.nullable(),
		at: z.number().int(),
		state: z.enum(['expected', 'arrived', 'cancelled']),
		visit: z.string().nullable(),
	})
	.meta({ id: 'GuestView', ...said('An expected guest', '预约来宾') });
export type GuestView = Answered<typeof guestViewSchema>;
export const guestsAnswerSchema = z.object({ guests: z.array(guestViewSchema) });
export type GuestsAnswer = Answered<typeof guestsAnswerSchema>;

/** `outcome`: the form of a visit that is over is due. `follow-up`: the customer is to be called by then. */
export const taskViewSchema = z
	.object({
		id: z.string().meta(said("An outcome's: the visit's", '结果登记的编号即到店记录编号')),
		kind: taskKindSchema,
		staff: z.string(),
		visit: z.string(),
		customer: z.object({ id: z.string(), name: z.string() }).nullable(),
		dueAt: z.number().int(),
	})
	.meta({ id: 'TaskView', ...said('Something to be done for a customer', '待办事项') });
export type TaskView = Answered<typeof taskViewSchema>;
export const tasksAnswerSchema = z.object({ tasks: z.array(taskViewSchema) });
export type TasksAnswer = Answered<typeof tasksAnswerSchema>;
export const taskDoneSchema = z.strictObject({ how: z.enum(['reached', 'not-reached', 'dropped']) });
