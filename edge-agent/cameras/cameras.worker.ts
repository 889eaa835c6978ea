import { type MessagePort, parentPort } from 'node:worker_threads';
import { monotonicMs } from '../clock.js';
import { SupervisedCamera } from './camera.source.js';
import type { CameraReport, CameraSource } from './camera.types.js';

/** main -> cameras thread; answered by `done` with the same id. */
export type CamerasRequest =
	| { readonly id: number; readonly kind: 'open'; readonly camera: CameraSource; readonly reader: MessagePort; readonly ffmpeg: string }
	| { readonly id: number; readonly kind: 'close'; readonly camera: string }
	| { readonly id: number; readonly kind: 'close-all' };

/** cameras thread -> main. */
export type CamerasAnswer =
	| { readonly kind: 'report'; readonly report: CameraReport }
	| { readonly kind: 'done'; readonly id: number; readonly error: string | null };

/** The cameras thread: spawns the ffmpegs and drains their pipes; nothing else runs here, so nothing else can hold it up. */
const main = parentPort;
if (!main) throw new Error('cameras.worker.js is a worker thread: start it through Cameras');
const cameras = new Map<string, SupervisedCamera>();
const answer = (message: CamerasAnswer) => main.postMessage(message);

function open({ camera, reader, ffmpeg }: Extract<CamerasRequest, { kind: 'open' }>): void {
	if (cameras.has(camera.id)) throw new Error(`Camera ${camera.id} is open already: close it first`);
	const report = (report: CameraReport) => answer({ kind: 'report', report });
	const supervised = new SupervisedCamera(camera, ffmpeg, reader, report, monotonicMs);
	cameras.set(camera.id, supervised);
	supervised.start();
}

async function close(id: string): Promise<void> {
	const camera = cameras.get(id);
	await camera?.stop();
	if (cameras.get(id) === camera) cameras.delete(id);
}

async function serve(request: CamerasRequest): Promise<void> {
	if (request.kind === 'open') open(request);
	else if (request.kind === 'close') await close(request.camera);
	else await Promise.all([...cameras.keys()].map(close));
}

main.on('message', (request: CamerasRequest) => {
	serve(request).then(
		() => answer({ kind: 'done', id: request.id, error: null }),
		(error: Error) => answer({ kind: 'done', id: request.id, error: error.message }),
	);
});
