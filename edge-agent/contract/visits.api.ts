import { z } from 'zod';
import { said } from './described.js';

/** The longest time that a list without a limit covers. */
const LONGEST_LIST_MS = 32 * 24 * 60 * 60_000;

/** waiting: nobody has greeted them yet. received: somebody has. open: either. over: the visit has ended. */
export const visitStateSchema = z.enum(['waiting', 'received', 'open', 'over']);
export type VisitState = z.infer<typeof visitStateSchema>;

const time = z.coerce.number().int().nonnegative();
const id = z.string().min(1).max(64);

/**
 * GET /api/visits: visits opened in [from, to), newest first. Without anything else all of 32 days at most; else a page of `limit` (100),
 * and the next one with its answer's `next` as `cursor`. Whoever walks so meets every visit once, while new ones come in.
 */
export const visitsQuerySchema = z
	.object({
		from: time.meta(said('Unix time in ms', 'Unix 时间，毫秒')),
		to: time.meta(said('Unix time in ms; not included', 'Unix 时间，毫秒；不含')),
		limit: z.coerce.number().int().min(1).max(500).optional(),
		cursor: z.string().max(200).optional().meta(said("The page before's `next`", '上一页的 `next`')),
		customer: id.optional().meta(said("A customer's id", '客户编号')),
		staff: id.optional().meta(said('Who received them, or whom they came to see', '接待人或要找的人')),
		text: z
			.string()
			.trim()
			.min(1)
			.max(60)
			.optional()
			.meta(said('Part of the name (pinyin, initials too) or last digits of the telephone', '姓名的一部分（含拼音、首字母）或电话后几位')),
		state: visitStateSchema
			.optional()
			.meta(
				said(
					'waiting: nobody has greeted them yet; received: somebody has; open: either; over: the visit has ended',
					'waiting：尚未有人迎接；received：已接待；open：两者；over：已结束',
				),
			),
	})
	.refine(({ from, to }) => to >= from, { path: ['to'], error: 'after from' })
	.refine(({ from, to, ...page }) => to - from <= LONGEST_LIST_MS || Object.values(page).some((value) => value !== undefined), {
		path: ['to'],
		error: '32 days after from at most, or with a limit',
	});
export type VisitsQuery = z.output<typeof visitsQuerySchema>;
