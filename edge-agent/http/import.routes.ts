import type { IncomingMessage } from 'node:http';
import { type Context, Hono } from 'hono';
import {
	exportQuerySchema,
	type ImportKind,
	type ImportRowsAnswer,
	type ImportsAnswer,
	importChangeSchema,
	importRowsSchema,
} from '../contract/import.api.js';
import { badFileMessage } from '../people/import/bad-file.js';
import { ImportRefused } from '../people/import/import-refused.js';
import { issueMessage } from '../people/import/issue-words.js';
import { MAX_FILE_BYTES } from '../people/import/limits.js';
import { actorOf } from '../people/principal.js';
import { ApiError, language } from './api-error.js';
import type { HttpEnv } from './principal.js';
import type { ServerRooms } from './rooms.js';
import { validBody, validQuery } from './valid.js';

/** Whether the request brings a file to import, whose body is larger than any other's. */
export function isImportFile(path: string): boolean {
	return /^\/api\/imports\/(customers|staff)$/.test(path);
}

const types = { xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', csv: 'text/csv; charset=utf-8' } as const;

/** Customers or staff from files and back: each kind has routes of its own, because not the same people may use them. */
export function importRoutes(kind: ImportKind, { imports }: Pick<ServerRooms, 'imports'>): Hono<HttpEnv> {
	const actor = (c: Context<HttpEnv>) => actorOf(c.get('principal'));
	const at = `/imports/${kind}` as const;
	return new Hono<HttpEnv>()
		.get(at, async (c) => c.json({ imports: await imports.list(kind) } satisfies ImportsAnswer))
		.post(at, async (c) => {
			const announced = Number(c.req.header('content-length') ?? 0);
			if (announced > MAX_FILE_BYTES) throw new ApiError('too-large', badFileMessage('too-large', '', languageOf(c)));
			return c.json(await told(c, imports.upload(kind, actor(c), fileName(c), bodyOf(c.env.incoming))), 201);
		})
		.get(`${at}/:id`, async (c) => c.json(await told(c, imports.view(kind, c.req.param('id')))))
		.patch(`${at}/:id`, async (c) => {
			const change = await validBody(c, importChangeSchema);
			if (kind === 'staff' && change.duplicates === 'keep-both') throw new ApiError('invalid', 'duplicates');
			return c.json(await told(c, imports.change(kind, c.req.param('id'), change)));
		})
		.delete(`${at}/:id`, async (c) => {
			await told(c, imports.cancel(kind, c.req.param('id')));
			return c.body(null, 204);
		})
		.get(`${at}/:id/rows`, async (c) => {
			const { show, offset, limit } = validQuery(c, importRowsSchema);
			const { total, rows } = await told(c, imports.rows(kind, c.req.param('id'), show, offset, limit));
			const speaking = languageOf(c);
			const answer: ImportRowsAnswer = {
				total,
				rows: rows.map((row) => ({
					...row,
					issues: row.issues.map((issue) => ({ ...issue, message: issueMessage(issue.code, speaking) })),
				})),
			};
			return c.json(answer);
		})
		.post(`${at}/:id/confirm`, async (c) => c.json(await told(c, imports.confirm(kind, c.req.param('id'), actor(c))), 202))
		.post(`${at}/:id/undo`, async (c) => c.json(await told(c, imports.undo(kind, c.req.param('id'), actor(c))), 202))
		.get(`/exports/${kind}`, async (c) => {
			const { format } = validQuery(c, exportQuerySchema);
			const file = await imports.exported(kind, format, languageOf(c), actor(c));
			return c.body(new Uint8Array(file), 200, {
				'content-type': types[format],
				'content-disposition': `attachment; filename="${kind}.${format}"`,
			});
		});
}

function languageOf(c: Context): 'zh' | 'en' {
	return language(c.req.header('accept-language'));
}

/** What the file was called, for people and for its ending. */
function fileName(c: Context): string {
	const header = c.req.header('x-file-name') ?? '';
	let name = header;
	try {
		name = decodeURIComponent(header);
	} catch {
		// Sent as it is, by somebody's own program.
	}
	return name.replace(/^.*[/\\]/, '').slice(0, 200);
}

/** The request's body as it comes. @throws ImportRefused when whoever sends it goes away */
async function* bodyOf(incoming: IncomingMessage): AsyncGenerator<Uint8Array> {
	try {
		// Left open, so that a file that is too large is answered.
		yield* incoming.iterator({ destroyOnReturn: false });
	} catch {
		throw new ImportRefused('bad-file', { code: 'cut-off', what: '' });
	}
}

async function told<T>(c: Context, work: Promise<T>): Promise<T> {
	try {
		return await work;
	} catch (error) {
		if (!(error instanceof ImportRefused)) throw error;
		throw new ApiError(error.code, error.bad === null ? '' : badFileMessage(error.bad.code, error.bad.what, languageOf(c)));
	}
}
