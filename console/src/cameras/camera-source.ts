/** How a camera is reached, as people fill it in. */
export interface CameraForm {
	readonly kind: 'network' | 'usb' | 'file';
	/** The address without the login, the device, or the path. */
	readonly address: string;
	readonly user: string;
	readonly password: string;
}

/**
 * What the agent takes as a camera's source. Login names and passwords are typed as they are and encoded here, so that an @ or a # in them
 * does no harm. An address that brings its own login keeps it.
 */
export function cameraSource({ kind, address, user, password }: CameraForm): string {
	const typed = address.trim();
	if (kind === 'usb') return typed.startsWith('usb:') ? typed : `usb:${typed}`;
	if (kind === 'file') return typed;
	const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `rtsp://${typed}`;
	if (user === '') return url;
	return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)(?:[^/@]*@)?/i, `$1${encode(user)}:${encode(password)}@`);
}

/** As in a URL; `$` would have a meaning in the replacement above. */
function encode(text: string): string {
	return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
