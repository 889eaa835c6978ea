import type { AlertView, CustomerView, StaffView, VisitView } from '../contract/api.js';
import type { EventDraft, LoggedEvent } from '../contract/events.js';
import type { Template } from '../gallery/gallery.types.js';

/**
 * The showroom log as the rooms above see it. The client on the main thread talks to the log-writer and reader threads;
 * main itself never opens SQLite.
 */
export interface ShowroomLog {
	/**
	 * Appends in one transaction with the projections and answers once it is durable. A draft whose id is already in the log is
	 * left out of the answer's new seqs: appending twice is harmless.
	 */
	append(drafts: readonly EventDraft[], changes?: readonly RowChange[]): Promise<LoggedEvent[]>;
	/** Events with seq > `after`, oldest first. */
	read(after: number, limit: number): Promise<LoggedEvent[]>;
	lastSeq(): Promise<number>;
	/** Every event once it is durable, in order, for live screens; no replay. Answers how to stop listening. */
	onAppended(listener: (events: readonly LoggedEvent[]) => void): () => void;
	/**
	 * Calls `handle` with everything after the durable cursor `name`, in order, again after a failure (backing off), and
	 * moves the cursor once `handle` has resolved: at least once, so `handle` must bear repeats.
	 */
	follow(name: string, handle: (events: readonly LoggedEvent[]) => Promise<void>): Follower;
}

export interface Follower {
	stop(): Promise<void>;
}

/** A change of rows outside the log's projections (texts, people), in the same transaction as the events it belongs to. */
export type RowChange =
	| { readonly table: 'checkin_texts'; readonly id: string; readonly name: string; readonly telephone: string | null }
	| { readonly table: 'staff'; readonly id: string; readonly name: string; readonly role: string; readonly onDuty: boolean }
	| {
			readonly table: 'customers';
			readonly id: string;
			readonly name: string;
			readonly telephone: string | null;
			readonly consultant: string | null;
	  }
	| {
			readonly table: 'templates';
			readonly id: string;
			readonly person: string;
			readonly kind: 'customer' | 'staff';
			readonly modelId: string;
			readonly descriptor: Uint8Array;
	  };

/** What screens and the rooms above ask; answered by the reader thread. */
export interface ShowroomQueries {
	/** Visits opened in [from, to) (Unix ms), newest first; or the given ones. */
	visits(which: { readonly from: number; readonly to: number } | { readonly ids: readonly string[] }): Promise<VisitView[]>;
	/** Open and acknowledged alerts, oldest first; or the given ones. */
	alerts(which: { readonly open: true } | { readonly ids: readonly string[] }): Promise<AlertView[]>;
	staff(): Promise<StaffView[]>;
	customers(): Promise<CustomerView[]>;
	templates(modelId: string): Promise<Template[]>;
	/** (alert, step, staff) that were told and that no device of theirs has received, of alerts still open. */
	pendingDeliveries(staff: string): Promise<{ readonly alert: string; readonly step: number }[]>;
	/** The seq of the oldest event that an open visit or an open alert came from; lastSeq + 1 when there is none. */
	firstUnsettledSeq(): Promise<number>;
}
