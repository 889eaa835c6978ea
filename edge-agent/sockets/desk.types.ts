import type { Namespace, Server, Socket } from 'socket.io';
import type { DeskClientMessages, DeskServerMessages } from '../contract/sockets.js';
import type { Principal } from '../people/principal.js';
import type { Sees } from './sees.js';

/** What is known of a connected screen. */
interface DeskSocketData {
	readonly principal: Principal;
	/** Who is told of alerts here; null: nobody in particular. */
	readonly staff: string | null;
	readonly sees: Sees;
	readonly device: string;
	/** The last seq that it had when it connected. */
	readonly after: number;
	/** Whether an alert would be noticed here, and since when (Unix ms). */
	presence: { readonly visible: boolean; readonly since: number };
	/** By delivery: when it was last handed to this screen (monotonic ms); Infinity once it is shown. */
	readonly handed: Map<string, number>;
}

type None = Record<string, never>;
export type DeskServer = Server<DeskClientMessages, DeskServerMessages, None, DeskSocketData>;
export type DeskNamespace = Namespace<DeskClientMessages, DeskServerMessages, None, DeskSocketData>;
export type DeskSocket = Socket<DeskClientMessages, DeskServerMessages, None, DeskSocketData>;
