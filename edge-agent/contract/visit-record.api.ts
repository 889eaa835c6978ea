import { z } from 'zod';
import { type Answered, said } from './described.js';
import { channelSchema, gradeSchema, visitResultSchema } from './vocabulary.js';

/** How a visit stands in the sheet (展厅日志). */
export const visitRecordSchema = z
	.object({
		channel: channelSchema.nullable().meta(said('Where the visitor comes from', '来源')),
		partySize: z.number().int().meta(said('People who came in together', '同行人数')),
		models: z.array(z.string()).meta(said('Models of interest', '意向车型')),
		rivals: z.array(z.string()).meta(said("Other makers' models", '竞品车型')),
		grade: gradeSchema.nullable().meta(said('How soon they mean to buy', '意向级别')),
		result: visitResultSchema.nullable().meta(said('What came of the visit', '结果')),
		testDrive: z.boolean(),
		quote: z.boolean(),
		contactLeft: z.boolean().meta(said('They left a way to reach them', '留档')),
		outcomeAt: z.number().int().nullable().meta(said('When the form was filled in; null: nobody has', '登记结果的时间；null：尚未登记')),
		outcomeBy: z.string().nullable(),
	})
	.meta({ id: 'VisitRecord', ...said("A visit in the store's sheet", '展厅日志中的一行') });
export type VisitRecord = Answered<typeof visitRecordSchema>;
