import { parseUrl } from './navigation.js';

/** A page asking for something that browsers ask people about. */
export interface PermissionRequest {
	readonly permission: string;
	/** Where the page that asks comes from: a URL or an origin. */
	readonly requester: string;
	/** For `media`: what it wants. */
	readonly mediaTypes: readonly string[];
}

/**
 * The only thing granted is the microphone to the agent's own page, for checking in by voice. No camera (faces come from the agent's own
 * cameras, on pressing the button), no notifications, no location, nothing else.
 */
export function permissionAllowed({ permission, requester, mediaTypes }: PermissionRequest, agent: string): boolean {
	if (permission !== 'media' || mediaTypes.length === 0) return false;
	return parseUrl(requester)?.origin === agent && mediaTypes.every((type) => type === 'audio');
}
