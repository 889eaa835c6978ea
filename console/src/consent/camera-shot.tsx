import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../words/words.js';
import { openCamera, type RunningCamera, type UserCameraFault } from './user-camera.client.js';

/** A picture from this device's own camera. Says why where there is none to be had. */
export function CameraShot({ onShot }: { onShot: (photograph: Blob) => void }) {
	const { say } = useWords();
	const [on, setOn] = useState(false);
	const [fault, setFault] = useState<UserCameraFault | null>(null);
	const [ready, setReady] = useState(false);
	const video = useRef<HTMLVideoElement>(null);
	const camera = useRef<RunningCamera | null>(null);

	useEffect(() => {
		if (!on || !video.current) return;
		let left = false;
		openCamera(video.current).then(
			(opened) => {
				if (left) opened.stop();
				else {
					camera.current = opened;
					setReady(true);
				}
			},
			(reason: UserCameraFault) => {
				setFault(reason);
				setOn(false);
			},
		);
		return () => {
			left = true;
			camera.current?.stop();
			camera.current = null;
			setReady(false);
		};
	}, [on]);

	if (!on)
		return (
			<>
				<Button
					block
					data-testid="camera-on"
					onClick={() => {
						setFault(null);
						setOn(true);
					}}
				>
					{say('enrol.camera')}
				</Button>
				{fault && (
					<p className="wrong" role="alert" data-testid="user-camera-fault">
						{say(`user-camera.${fault}`)}
					</p>
				)}
			</>
		);
	return (
		<div className="shot">
			<video ref={video} playsInline muted />
			<Button
				type="primary"
				size="large"
				block
				data-testid="shoot"
				disabled={!ready}
				onClick={() => void camera.current?.shoot().then((photograph) => photograph && onShot(photograph))}
			>
				{say('enrol.shoot')}
			</Button>
		</div>
	);
}
