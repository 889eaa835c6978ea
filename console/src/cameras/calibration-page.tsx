import { Button } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { adviceSentences, verdictSentence } from '../../../calibration/camera/advice.js';
import type { Look } from '../../../calibration/camera/observed.js';
import { judgePlacement, type Placement } from '../../../calibration/camera/placement.js';
import type { CameraView } from '../../../edge-agent/contract/api.js';
import { useDeskState } from '../desk/desk-context.js';
import { CopyButton } from '../form/copy-button.js';
import { Failed } from '../form/failed.js';
import { Loading } from '../form/loading.js';
import { LivePicture } from '../live/live-picture.js';
import { fetchSettings } from '../setup/setup.client.js';
import { useLoaded } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { CameraTag } from './camera-tag.js';
import { FaceFigures } from './face-figures.js';

/** What is kept of a long check: ten minutes. */
const mostLooks = 3000;

/** `/cameras/:id/calibrate`: how the camera hangs, while somebody walks through its picture. */
export default function CalibrationPage() {
	const { say } = useWords();
	const { id = '' } = useParams();
	const { value, error, reload } = useLoaded(fetchSettings);
	const camera = value?.cameras.find((one) => one.id === id);
	const view = useDeskState().cameras.get(id);

	return (
		<div className="page">
			<header className="page-head">
				<h1>
					{say('calibrate.title')} {camera && <small className="quiet">{camera.name}</small>}
				</h1>
				<Link className="button-link" to={`/cameras/${encodeURIComponent(id)}`}>
					{say('common.back')}
				</Link>
			</header>
			<Failed error={error} onRetry={reload} />
			{!value && error === null && <Loading />}
			{value && !camera && <p className="nobody">{say('camera-form.gone')}</p>}
			{camera && view && <Check view={view} rate={camera.rate} address={camera.address} />}
			{camera && !view && <div className="no-picture">{say('picture.waiting')}</div>}
		</div>
	);
}

function Check({ view, rate, address }: { view: CameraView; rate: number; address: string }) {
	const { say } = useWords();
	const [running, setRunning] = useState(false);
	const [looks, setLooks] = useState<readonly Look[]>([]);
	// A clock that goes back is another connection, which counts its people anew.
	const add = useCallback(
		(look: Look) => setLooks((seen) => (look.ms < (seen.at(-1)?.ms ?? 0) ? [look] : [...seen.slice(1 - mostLooks), look])),
		[],
	);
	const got = view.state === 'live' && view.fps > 0 ? view.fps : null;
	const placement = useMemo(
		() => judgePlacement(looks, got === null ? null : { got, wanted: rate }, !running),
		[looks, got, rate, running],
	);
	const command = `npx showroom calibrate camera ${address}`;

	return (
		<div className="camera-marks" data-testid="calibration" data-verdict={placement.verdict}>
			<div className="marked-picture">
				<LivePicture camera={view} onLook={running ? add : undefined} />
			</div>
			<div className="mark-controls">
				<p>
					<CameraTag camera={view} />
				</p>
				<p>{say('calibrate.how')}</p>
				<div className="buttons">
					<Button type={running ? 'default' : 'primary'} data-testid="calibrate-run" onClick={() => setRunning(!running)}>
						{say(running ? 'calibrate.stop' : 'calibrate.start')}
					</Button>
					<Button data-testid="calibrate-again" disabled={looks.length === 0} onClick={() => setLooks([])}>
						{say('calibrate.again')}
					</Button>
				</div>
				<p className="quiet">{say('calibrate.privacy')}</p>
				{looks.length > 0 && <Verdict placement={placement} />}
			</div>
			{looks.length > 0 && <FaceFigures placement={placement} look={running ? looks.at(-1) : undefined} />}
			<p className="quiet command">
				{say('calibrate.report')} <code>{command}</code> <CopyButton text={command} />
			</p>
		</div>
	);
}

function Verdict({ placement }: { placement: Placement }) {
	const { say, language } = useWords();
	const of = ([zh, en]: readonly [string, string]) => (language === 'zh' ? zh : en);
	const { verdict, passes, readable, faces } = placement;
	return (
		<section className={`verdict ${verdict}`} data-testid="verdict" aria-live="polite">
			<strong>{of(verdictSentence(placement))}</strong>
			<ul>
				{adviceSentences(placement).map((sentence) => (
					<li key={sentence[1]}>{of(sentence)}</li>
				))}
			</ul>
			<small className="quiet">{say('calibrate.counts', { passes, readable, faces })}</small>
		</section>
	);
}
