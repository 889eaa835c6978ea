import type { Session, WebContents } from 'electron';
import { mayNavigate, mayRequest } from './navigation.js';
import { permissionAllowed } from './permissions.js';

/** The page stays where it is: no other page, no window, no web view, no zoom. `agent`: the agent's origin. */
export function lockPage(page: WebContents, agent: string): void {
	page.on('will-navigate', (event) => {
		if (!mayNavigate(event.url, agent)) event.preventDefault();
	});
	page.on('will-frame-navigate', (event) => {
		if (!mayNavigate(event.url, agent)) event.preventDefault();
	});
	page.on('will-redirect', (event) => {
		if (!mayNavigate(event.url, agent)) event.preventDefault();
	});
	page.on('will-attach-webview', (event) => event.preventDefault());
	page.setWindowOpenHandler(() => ({ action: 'deny' }));
	page.on('did-finish-load', () => void page.setVisualZoomLevelLimits(1, 1));
}

/** The browser session talks to the agent only, grants the microphone only, downloads nothing, spells nothing. */
export function lockSession(session: Session, agent: string): void {
	session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayRequest(details.url, agent) }));
	session.setPermissionRequestHandler((_page, permission, answer, details) => {
		const mediaTypes = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
		answer(permissionAllowed({ permission, requester: details.requestingUrl, mediaTypes }, agent));
	});
	session.setPermissionCheckHandler((_page, permission, requester, details) =>
		permissionAllowed({ permission, requester, mediaTypes: details.mediaType ? [details.mediaType] : [] }, agent),
	);
	session.setDevicePermissionHandler(() => false);
	session.on('will-download', (event) => event.preventDefault());
	session.setSpellCheckerEnabled(false);
}
