import { isIP } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A camera source as its configuration named it, understood. */
export type Source =
	| { readonly kind: 'rtsp'; readonly url: string }
	| { readonly kind: 'usb'; readonly device: string }
	| { readonly kind: 'file'; readonly path: string }
	| { readonly kind: 'image'; readonly path: string };

/** A camera source that cannot be one. The message is for people and holds no password. */
export class BadSourceError extends Error {
	override readonly name = 'BadSourceError';
}

/** Still pictures by their extension; whatever else a file holds is ffmpeg's to find out. A GIF may be animated: a video. */
const imageExtensions = new Set(['.jpg', '.jpeg', '.png', '.webp', '.bmp', '.tif', '.tiff', '.avif']);

const examples = 'A camera is rtsp://user:password@host/path, rtsps://…, usb:/dev/video0, or the path of a video or an image.';

/**
 * Understands what a camera's configuration names: an RTSP address, `usb:/dev/videoN`, or the path (or file: URL) of a video or an image.
 * Anything else that looks like a URL is refused, so that no address makes ffmpeg open files or other protocols.
 *
 * @throws {BadSourceError} saying what was wrong and what to write instead
 */
export function parseSource(text: string): Source {
	const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(text)?.[1]?.toLowerCase();
	if (text.trim() === '') throw new BadSourceError(`The camera's address is empty. ${examples}`);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
	if (/[\u0000-\u001f]/.test(text)) throw new BadSourceError(`The camera's address holds a line break or a control character. ${examples}`);
	switch (scheme) {
		case undefined:
			return fileOrImage(text);
		case 'rtsp':
		case 'rtsps':
			return { kind: 'rtsp', url: rtspUrl(text) };
		case 'usb':
			return usb(text.slice('usb:'.length));
		case 'file':
			return fileOrImage(filePath(text));
		default:
			throw new BadSourceError(`Cameras are not read over "${scheme}:". ${examples}`);
	}
}

function rtspUrl(text: string): string {
	const url = URL.canParse(text) ? new URL(text) : null;
	const host = url?.hostname ?? '';
	if (!url || host === '' || /[@%]/.test(host) || (/^[\d.]+$/.test(host) && isIP(host) === 0)) {
		throw new BadSourceError(
			'The RTSP address cannot be read. Write rtsp://user:password@host:554/path; in user and password write @ as %40, / as %2F, # as %23, ? as %3F, : as %3A.',
		);
	}
	if (url.hash !== '') throw new BadSourceError('The RTSP address holds a "#": in a password write it as %23.');
	return url.href;
}

function usb(device: string): Source {
	if (!/^\/dev\/[\w/-]+$/.test(device)) throw new BadSourceError('A USB camera is written usb:/dev/video0 (see `ls /dev/video*`).');
	return { kind: 'usb', device };
}

function filePath(text: string): string {
	try {
		return fileURLToPath(text);
	} catch {
		throw new BadSourceError('The file: address is not the path of a local file. Write the path alone.');
	}
}

function fileOrImage(path: string): Source {
	return { kind: imageExtensions.has(extname(path).toLowerCase()) ? 'image' : 'file', path };
}

/** The source for people's eyes: without user name and password, wherever the address carries them. Never throws. */
export function describeSource(text: string): string {
	if (!/^rtsps?:/i.test(text)) return text.replace(/\/\/[^/\s]*@/g, '//');
	return text.replace(/^(rtsps?:\/\/)(?:.*@)?/i, '$1').replace(inAddress, '$1***');
}

/** Some makers put the password into the path or the query: `/user=admin&password=…&channel=1.sdp`. */
const inAddress = /\b((?:password|passwd|pass|pwd|psw)=)([^&/?#\s]*)/gi;

/** Every spelling under which the address's password could be printed: as written, decoded, encoded, and as Basic credentials. */
export function secretsOf(text: string): string[] {
	const written = [...text.matchAll(inAddress)].map((match) => match[2] ?? '');
	const basic: string[] = [];
	// The text between the scheme and the last @ as written, and as the URL parser rewrites it for ffmpeg.
	for (const address of [text, URL.canParse(text) ? new URL(text).href : '']) {
		const login = /^rtsps?:\/\/(.*)@/i.exec(address)?.[1];
		if (login === undefined) continue;
		const colon = login.indexOf(':');
		if (colon < 0) continue;
		written.push(login.slice(colon + 1));
		basic.push(Buffer.from(decoded(login)).toString('base64'));
	}
	const spellings = written.flatMap((secret) => [secret, decoded(secret), encodeURIComponent(decoded(secret))]);
	return [...new Set([...spellings, ...basic])].filter((secret) => secret !== '').sort((a, b) => b.length - a.length);
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** `text` without the secrets and without the login part of any URL in it. Give it whole lines: a secret cut in two is not found. */
export function scrub(text: string, secrets: readonly string[]): string {
	return secrets
		.reduce((scrubbed, secret) => scrubbed.replaceAll(secret, '***'), text.replace(/:\/\/[^/\s]*@/g, '://***@'))
		.replace(inAddress, '$1***');
}
