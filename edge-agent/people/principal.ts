import type { Scope } from '../contract/access.api.js';
import type { Actor } from '../contract/events.js';
import type { Role } from '../contract/vocabulary.js';

/** Who asks: found once for each request and each socket, before anything else happens. */
export type Principal =
	| { readonly kind: 'nobody' }
	/** A person: signed in (`session`), or at their paired phone (`device`). */
	| {
			readonly kind: 'staff';
			readonly staff: string;
			readonly role: Role;
			readonly session: string | null;
			readonly device: string | null;
	  }
	| { readonly kind: 'device'; readonly device: string; readonly deviceKind: 'kiosk' | 'board' }
	| { readonly kind: 'token'; readonly token: string; readonly scopes: readonly Scope[] };

export const nobody: Principal = { kind: 'nobody' };

/** The principal as the log's actor. */
export function actorOf(principal: Principal): Actor {
	if (principal.kind === 'staff') return `staff:${principal.staff}`;
	if (principal.kind === 'device') return `kiosk:${principal.device}`;
	return 'system';
}
