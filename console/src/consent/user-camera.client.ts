/** Why this device's camera cannot be used. */
export type UserCameraFault = 'insecure' | 'refused' | 'none';

export interface RunningCamera {
	/** The picture as it is now, as JPEG. */
	shoot(): Promise<Blob | null>;
	stop(): void;
}

/**
 * Shows this device's front camera in `video`.
 * @throws a {@link UserCameraFault}
 */
export async function openCamera(video: HTMLVideoElement): Promise<RunningCamera> {
	// Browsers hide cameras from pages that came over plain http from another machine.
	if (!navigator.mediaDevices?.getUserMedia) throw 'insecure' satisfies UserCameraFault;
	let stream: MediaStream;
	try {
		stream = await navigator.mediaDevices.getUserMedia({
			video: { facingMode: 'user', width: { ideal: 1280 }, height: { ideal: 960 } },
			audio: false,
		});
	} catch (error) {
		throw (error instanceof DOMException && error.name === 'NotAllowedError' ? 'refused' : 'none') satisfies UserCameraFault;
	}
	const stop = () => {
		for (const track of stream.getTracks()) track.stop();
		video.srcObject = null;
	};
	video.srcObject = stream;
	await video.play().catch(() => undefined); // Removed from the page meanwhile.
	return {
		stop,
		async shoot() {
			const canvas = document.createElement('canvas');
			canvas.width = video.videoWidth;
			canvas.height = video.videoHeight;
			canvas.getContext('2d')?.drawImage(video, 0, 0);
			return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.95));
		},
	};
}
