import { Select } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { CameraTag } from '../cameras/camera-tag.js';
import { useDeskState } from '../desk/desk-context.js';
import { useWords } from '../words/words.js';
import { LivePicture } from './live-picture.js';

/** One camera's live picture, and what to do when there is none. `/?camera=ID` opens that one. */
export function LiveCamera() {
	const { say } = useWords();
	const [search] = useSearchParams();
	const cameras = [...useDeskState().cameras.values()];
	const [chosen, setChosen] = useState(search.get('camera'));
	const camera = cameras.find((one) => one.id === chosen) ?? cameras.find((one) => one.entrance !== null) ?? cameras[0];

	return (
		<aside className="live-camera">
			<h2>
				{say('picture.title')}
				{cameras.length > 1 && (
					<Select
						aria-label={say('picture.camera')}
						value={camera?.id}
						options={cameras.map((one) => ({ value: one.id, label: one.name }))}
						onChange={setChosen}
					/>
				)}
			</h2>
			{camera ? (
				<>
					<LivePicture key={camera.id} camera={camera} />
					<p className="camera-line">
						<span>{camera.name}</span>
						<CameraTag camera={camera} />
					</p>
					{camera.reason && <p className="quiet">{say(`camera-advice.${camera.reason}`)}</p>}
				</>
			) : (
				<p className="quiet">{say('picture.none')}</p>
			)}
		</aside>
	);
}
