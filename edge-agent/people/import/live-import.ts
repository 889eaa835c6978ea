import type { Actor } from '../../contract/events.js';
import type { DraftView, ImportCounts, ImportKind, ImportView, UndoneView } from '../../contract/import.api.js';
import type { ImportRecord } from '../../log/import-rows.store.js';

/** An import while it is in memory: a draft, being written or taken back, or just done. */
export interface LiveImport {
	readonly id: string;
	readonly kind: ImportKind;
	readonly by: Actor;
	/** Unix ms */
	at: number;
	state: ImportView['state'];
	progress: ImportView['progress'];
	draft: Omit<DraftView, 'expiresAt'> | null;
	/** When it is forgotten unless somebody asks for it. Unix ms */
	expiresAt: number;
	result: ImportCounts | null;
	undone: UndoneView | null;
	failure: ImportView['failure'];
	cancelled: boolean;
}

const UNDO_DAYS_MS = 30 * 86_400_000;

export function newDraft(id: string, kind: ImportKind, by: Actor, at: number, draft: LiveImport['draft'], expiresAt: number): LiveImport {
	return { ...{ id, kind, by, at, state: 'preview', progress: null, draft, expiresAt }, ...nothingYet };
}

/** One that is written already, and is to be taken back. */
export function undoing({ id, kind, at, added, updated, skipped }: ImportRecord, by: Actor): LiveImport {
	const progress = { done: 0, total: added + updated };
	return {
		...{ id, kind, by, at, state: 'undoing', progress, draft: null, expiresAt: 0 },
		...nothingYet,
		result: { added, updated, skipped },
	};
}

const nothingYet = { result: null, undone: null, failure: null, cancelled: false };

/** @param now Unix ms */
export function liveView(live: LiveImport, now: number): ImportView {
	const { id, kind, state, progress, by, at, draft, expiresAt, result, undone, failure } = live;
	const undoable = state === 'done' && isRecent(at, now);
	return { id, kind, state, undoable, progress, by, at, draft: draft && { ...draft, expiresAt }, result, undone, failure };
}

/** @param now Unix ms */
export function recordView(record: ImportRecord, now: number): ImportView {
	const { id, kind, state, actor: by, at, added, updated, skipped, removed, restored, kept } = record;
	return {
		...{ id, kind, by, at, progress: null, draft: null, failure: null, result: { added, updated, skipped } },
		undoable: isUndoable(record, now),
		state: state === 'final' ? 'done' : state,
		undone: state === 'undone' ? { removed, restored, kept, keptPeople: [] } : null,
	};
}

/** @param now Unix ms */
export function isUndoable({ state, at }: ImportRecord, now: number): boolean {
	return state === 'done' && isRecent(at, now);
}

/** Whether it was written lately enough to be taken back. */
export function isRecent(at: number, now: number): boolean {
	return now - at < UNDO_DAYS_MS;
}
