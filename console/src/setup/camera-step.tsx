import { Button } from 'antd';
import { useState } from 'react';
import type { CameraSettings } from '../../../edge-agent/contract/setup.api.js';
import { AddCamera } from '../cameras/add-camera.js';
import { CameraMarks } from '../cameras/camera-marks.js';
import { Failed } from '../form/failed.js';
import { useAction } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { removeCamera } from './setup.client.js';
import type { StepProps } from './setup-page.js';

/** The first camera: its address, then line and zone on its picture. */
export function CameraStep({ settings, onSettings }: StepProps) {
	const { say, language } = useWords();
	const [adding, setAdding] = useState(false);
	const camera = settings.cameras.findLast(({ fixed }) => !fixed);
	const put = (cameras: readonly CameraSettings[]) => onSettings({ ...settings, cameras });
	const remove = useAction(async (id: string) => {
		await removeCamera(id, language);
		put(settings.cameras.filter((one) => one.id !== id));
	});
	if (!camera || adding)
		return (
			<>
				<h1>{say('setup.step-camera')}</h1>
				<p className="quiet">{say('setup.camera-text')}</p>
				<AddCamera
					onAdded={(added) => {
						put([...settings.cameras, added]);
						setAdding(false);
					}}
				/>
			</>
		);
	return (
		<>
			<h1>{camera.name}</h1>
			<p className="quiet">{camera.address}</p>
			<CameraMarks
				key={camera.id}
				camera={camera}
				onSaved={(saved) => put(settings.cameras.map((one) => (one.id === saved.id ? saved : one)))}
			/>
			<Failed error={remove.error} />
			<div className="buttons">
				<Button onClick={() => setAdding(true)}>{say('setup.another-camera')}</Button>
				<Button data-testid="camera-remove" loading={remove.running} onClick={() => void remove.run(camera.id)}>
					{say('setup.other-address')}
				</Button>
			</div>
		</>
	);
}
