import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import type { CameraSettings } from '../../../edge-agent/contract/setup.api.js';
import { useDeskState } from '../desk/desk-context.js';
import { Failed } from '../form/failed.js';
import { LivePicture } from '../live/live-picture.js';
import { changeCamera } from '../setup/setup.client.js';
import { useAction } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { CameraTag } from './camera-tag.js';
import { MarkLayer } from './mark-layer.js';
import { changesOf, firstLine, firstZone, type Marks, marksOf, turned } from './marks.js';
import { MaskControls } from './mask-controls.js';

interface CameraMarksProps {
	readonly camera: CameraSettings;
	readonly onSaved: (camera: CameraSettings) => void;
}

/** Counting line, opt-in zone and privacy masks, drawn on the camera's live picture. */
export function CameraMarks({ camera, onSaved }: CameraMarksProps) {
	const { say, language } = useWords();
	const view = useDeskState().cameras.get(camera.id);
	const [marks, setMarks] = useState<Marks>(() => marksOf(camera));
	const [before, setBefore] = useState<readonly Marks[]>([]);
	const remember = (old: Marks) => setBefore((list) => [...list.slice(-49), old]);
	const set = (next: Marks) => {
		remember(marks);
		setMarks(next);
	};
	const undo = () => {
		const last = before.at(-1);
		if (!last) return;
		setMarks(last);
		setBefore(before.slice(0, -1));
	};
	const changes = changesOf(marks, camera);
	const saved = Object.keys(changes).length === 0;
	const save = useAction(async () => {
		onSaved(await changeCamera(camera.id, changes, language));
		setBefore([]);
	});

	return (
		<div className="camera-marks" data-testid="camera-marks">
			<div className="marked-picture">
				{view ? <LivePicture camera={view} plain /> : <div className="no-picture">{say('picture.waiting')}</div>}
				<MarkLayer marks={marks} onDraw={setMarks} onDone={remember} />
			</div>
			<div className="mark-controls">
				{view && (
					<p>
						<CameraTag camera={view} />
						{view.reason && <span className="quiet"> {say(`camera-advice.${view.reason}`)}</span>}
					</p>
				)}
				<Checkbox
					checked={marks.line !== null}
					data-testid="line-on"
					onChange={(event) => set({ ...marks, line: event.target.checked ? firstLine : null })}
				>
					{say('marks.line')}
				</Checkbox>
				<p className="quiet">{say('marks.line-hint')}</p>
				{marks.line && (
					<Button data-testid="turn-line" onClick={() => set(turned(marks))}>
						{say('marks.turn')}
					</Button>
				)}
				<Checkbox
					checked={marks.zone !== null}
					data-testid="zone-on"
					onChange={(event) => set({ ...marks, zone: event.target.checked ? firstZone : null })}
				>
					{say('marks.zone')}
				</Checkbox>
				<p className="quiet">{say('marks.zone-hint')}</p>
				<MaskControls marks={marks} onChange={set} />
				<Failed error={save.error} />
				<div className="buttons">
					<Button type="primary" data-testid="marks-save" loading={save.running} disabled={saved} onClick={() => void save.run()}>
						{say(saved ? 'common.saved' : 'common.save')}
					</Button>
					<Button data-testid="marks-undo" disabled={before.length === 0} onClick={undo}>
						{say('common.undo')}
					</Button>
				</div>
			</div>
		</div>
	);
}
