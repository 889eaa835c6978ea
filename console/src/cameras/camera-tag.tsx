import type { CameraView } from '../../../edge-agent/contract/api.js';
import { useWords } from '../words/words.js';

const tone = {
	live: 'good',
	connecting: '',
	stalled: 'bad',
	retrying: 'warn',
	ended: '',
	failed: 'bad',
	stopped: '',
} as const;

/** How a camera is: its state, and why if it is not live. */
export function CameraTag({ camera }: { camera: CameraView }) {
	const { say } = useWords();
	return (
		<span className={`tag camera-state ${tone[camera.state]}`}>
			{say(`camera-state.${camera.state}`)}
			{camera.reason && ` · ${say(`camera-reason.${camera.reason}`)}`}
		</span>
	);
}
