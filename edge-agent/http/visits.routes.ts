import { type Context, Hono } from 'hono';
import { brochures } from '../brochures/catalogue.js';
import type { VisitView } from '../contract/api.js';
import {
	handOverSchema,
	mergeSchema,
	newVisitSchema,
	noteSchema,
	type OutcomeForm,
	outcomeSchema,
	reassignSchema,
	splitSchema,
	type VisitTimeline,
	visitCloseSchema,
	visitCorrectionSchema,
} from '../contract/reception.api.js';
import { readsTelephones, withoutTelephone } from '../people/telephone-readers.js';
import { outcomeForm } from '../reception/outcome-form.js';
import { ApiError } from './api-error.js';
import { type HttpEnv, staffOf } from './principal.js';
import type { ServerRooms } from './rooms.js';
import { validBody } from './valid.js';

const models = brochures.map(({ id, title }) => ({ id, title }));

/** What staff say about single visits. */
export function visitsRoutes({ floor, queries, rivals }: Pick<ServerRooms, 'floor' | 'queries' | 'rivals'>): Hono<HttpEnv> {
	const { visits, alerts } = floor;
	const shown = (c: Context<HttpEnv>, visit: VisitView) => c.json(readsTelephones(c.get('principal')) ? visit : withoutTelephone(visit));
	const known = async (id: string): Promise<VisitView> => {
		const [visit] = await queries.visits({ ids: [id] });
		if (!visit) throw new ApiError('no-such-visit');
		return visit;
	};
	return new Hono<HttpEnv>()
		.post('/visits', async (c) => shown(c, await visits.arrive(await validBody(c, newVisitSchema), staffOf(c))))
		.get('/visits/:id', async (c) => {
			const visit = await known(c.req.param('id'));
			const [events, texts] = await Promise.all([queries.visitEvents(visit.id), queries.visitTexts(visit.id)]);
			const lines = events.map(({ seq, at, type, actor, body }) => ({ seq, at: at.wall, type, actor, body }));
			const told = readsTelephones(c.get('principal')) ? visit : withoutTelephone(visit);
			return c.json({ visit: told, events: lines, texts } satisfies VisitTimeline);
		})
		.post('/visits/:id/close', async (c) => {
			const { reason } = await validBody(c, visitCloseSchema);
			return shown(c, await visits.close(c.req.param('id'), staffOf(c), reason));
		})
		.post('/visits/:id/hand-over', async (c) => {
			const { to } = await validBody(c, handOverSchema);
			return c.json(await alerts.handOver(c.req.param('id'), staffOf(c), to));
		})
		.post('/visits/:id/reassign', async (c) => {
			const { staff, why } = await validBody(c, reassignSchema);
			return shown(c, await visits.reassign(c.req.param('id'), staff, staffOf(c), why));
		})
		.post('/visits/:id/merge', async (c) => {
			const { into, why } = await validBody(c, mergeSchema);
			return shown(c, await visits.merge(c.req.param('id'), into, staffOf(c), why));
		})
		.post('/visits/:id/split', async (c) => {
			const { id, why } = await validBody(c, splitSchema);
			return shown(c, await visits.split(c.req.param('id'), id, staffOf(c), why));
		})
		.post('/visits/:id/correct', async (c) => {
			const correction = await validBody(c, visitCorrectionSchema);
			return shown(c, await visits.correct(c.req.param('id'), correction, staffOf(c)));
		})
		.post('/visits/:id/notes', async (c) => {
			const { text } = await validBody(c, noteSchema);
			return shown(c, await visits.annotate(c.req.param('id'), text, staffOf(c)));
		})
		.get('/visits/:id/outcome', async (c) => {
			const visit = await known(c.req.param('id'));
			const { outcomeAt: recordedAt, outcomeBy: recordedBy } = visit.record;
			return c.json({ outcome: outcomeForm(visit), recordedAt, recordedBy, models, rivals } satisfies OutcomeForm);
		})
		.post('/visits/:id/outcome', async (c) => {
			const outcome = await validBody(c, outcomeSchema);
			// The log holds no free text: what can be named there is in the catalogue, or in the settings.
			if (outcome.models.some((id) => !models.some((model) => model.id === id))) throw new ApiError('invalid', 'models');
			if (outcome.rivals.some((rival) => !rivals.includes(rival))) throw new ApiError('invalid', 'rivals');
			return shown(c, await visits.recordOutcome(c.req.param('id'), outcome, staffOf(c)));
		});
}
