import type { ImportChange, ImportKind, ImportRowsAnswer, ImportsAnswer, ImportView } from '../../../edge-agent/contract/import.api.js';
import { requestJson } from '../shared/http.client.js';

/** Imports of customers and staff. All throw {@link import('../shared/http.client.js').RequestError}. */
const path = (kind: ImportKind, id?: string) => `/api/imports/${kind}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;

export const fetchImports = (kind: ImportKind, language: string) => requestJson<ImportsAnswer>(path(kind), { language });

export const fetchImport = (kind: ImportKind, id: string, language: string) => requestJson<ImportView>(path(kind, id), { language });

/** A large file is read and judged before the agent answers. */
const uploadMs = 120_000;
export const uploadFile = (kind: ImportKind, file: File, language: string) =>
	requestJson<ImportView>(path(kind), {
		body: new Blob([file], { type: 'application/octet-stream' }),
		headers: { 'x-file-name': encodeURIComponent(file.name) },
		language,
		timeoutMs: uploadMs,
	});

export const changeImport = (kind: ImportKind, id: string, body: ImportChange, language: string) =>
	requestJson<ImportView>(path(kind, id), { method: 'PATCH', body, language, timeoutMs: uploadMs });

export type RowsShown = 'all' | 'ok' | 'warning' | 'error';
export const fetchRows = (kind: ImportKind, id: string, show: RowsShown, offset: number, limit: number, language: string) =>
	requestJson<ImportRowsAnswer>(`${path(kind, id)}/rows?show=${show}&offset=${offset}&limit=${limit}`, { language });

export const confirmImport = (kind: ImportKind, id: string, language: string) =>
	requestJson<ImportView>(`${path(kind, id)}/confirm`, { method: 'POST', language });

export const forgetImport = (kind: ImportKind, id: string, language: string) =>
	requestJson<null>(path(kind, id), { method: 'DELETE', language });

export const undoImport = (kind: ImportKind, id: string, language: string) =>
	requestJson<ImportView>(`${path(kind, id)}/undo`, { method: 'POST', language });

/** Where the file to download is. */
export const exportUrl = (kind: ImportKind, format: 'xlsx' | 'csv') => `/api/exports/${kind}?format=${format}`;
