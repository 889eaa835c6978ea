import type { Look } from '../../../calibration/camera/observed.js';
import type { LivePicture } from '../../../edge-agent/contract/sockets.js';
import type { Desk } from '../desk/desk.client.js';
import type { DecodedPicture } from './draw-picture.js';

/**
 * A camera's pictures, decoded, until the answered function is called. While one is being decoded only the newest of those
 * that come is kept: a slow telephone shows fewer pictures, never older ones. Nothing is sent while the page is hidden.
 *
 * @param onLook calibrate the camera: told what the detector saw, of pictures that are not shown, too
 */
export function watchDecoded(
	desk: Desk,
	camera: string,
	show: (picture: DecodedPicture) => void,
	onLook?: (look: Look) => void,
): () => void {
	let next: LivePicture | null = null;
	let decoding = false;
	let stopWatching: (() => void) | null = null;

	const decode = async () => {
		decoding = true;
		while (next) {
			const picture = next;
			next = null;
			const image = await createImageBitmap(new Blob([picture.jpeg], { type: 'image/jpeg' })).catch(() => null);
			if (image && stopWatching !== null) show({ image, boxes: picture.boxes, line: picture.line });
			image?.close();
		}
		decoding = false;
	};
	const follow = () => {
		const visible = document.visibilityState === 'visible';
		if (visible && !stopWatching) {
			const onPicture = (picture: LivePicture) => {
				if (picture.look) onLook?.(picture.look);
				next = picture;
				if (!decoding) void decode();
			};
			stopWatching = desk.watch(camera, onPicture, onLook ? 'calibrate' : 'watch');
		} else if (!visible) leave();
	};
	const leave = () => {
		stopWatching?.();
		stopWatching = null;
		next = null;
	};

	follow();
	document.addEventListener('visibilitychange', follow);
	return () => {
		document.removeEventListener('visibilitychange', follow);
		leave();
	};
}
