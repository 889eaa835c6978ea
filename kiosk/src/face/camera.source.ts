/** The kiosk's camera. */
export interface Camera {
	readonly stream: MediaStream;
	/** Switches the camera off. */
	close(): void;
}

/** About what the agent looks at; cameras give what comes nearest. */
const width = 640;
const height = 480;
const quality = 0.85;

/** Whether this browser has a camera that pages may ask for; over plain HTTP only on the box itself. */
export async function hasCamera(): Promise<boolean> {
	const devices = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
	return devices.some(({ kind }) => kind === 'videoinput');
}

/** @throws when there is none, or it may not be used */
export async function openCamera(): Promise<Camera> {
	const stream = await navigator.mediaDevices.getUserMedia({
		video: { width: { ideal: width }, height: { ideal: height }, facingMode: 'user' },
		audio: false,
	});
	return {
		stream,
		close: () => {
			for (const track of stream.getTracks()) track.stop();
		},
	};
}

/** What the camera sees now, as it sees it (the picture on the screen is mirrored), at most 640 pixels wide; null before its first picture. */
export async function takePicture(video: HTMLVideoElement, canvas: HTMLCanvasElement): Promise<Blob | null> {
	if (video.videoWidth === 0) return null;
	const scale = Math.min(1, width / video.videoWidth);
	canvas.width = Math.round(video.videoWidth * scale);
	canvas.height = Math.round(video.videoHeight * scale);
	canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
	return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
}
