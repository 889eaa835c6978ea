import { Link } from 'react-router';
import { useDeskState } from '../desk/desk-context.js';
import { useSession } from '../session/session-context.js';
import { useWords } from '../words/words.js';
import { CameraTag } from './camera-tag.js';

/** The entrance of a store that names none in its configuration. */
const unnamed = 'main';

/** Every camera: how it is, why, and what to do. */
export function CamerasPage() {
	const { say, language } = useWords();
	const cameras = [...useDeskState().cameras.values()].filter(({ state }) => state !== 'stopped');
	const { may } = useSession();
	const maySet = may('POST /api/cameras');
	return (
		<>
			<header className="page-head">
				<h1>{say('cameras.title')}</h1>
				{maySet && (
					<Link className="button-link" to="/cameras/add" data-testid="add-camera">
						{say('camera-form.title')}
					</Link>
				)}
			</header>
			{cameras.length === 0 && <p className="nobody">{say('cameras.empty')}</p>}
			<div className="cameras">
				{cameras.map((camera) => (
					<article key={camera.id} className="camera-card" data-testid="camera-card" data-camera={camera.id}>
						<header>
							<h2>{camera.name}</h2>
							<CameraTag camera={camera} />
						</header>
						{camera.reason && <p className="advice">{say(`camera-advice.${camera.reason}`)}</p>}
						<dl>
							<div>
								<dt>{say('cameras.entrance')}</dt>
								<dd>{camera.entrance === unnamed ? say('cameras.the-entrance') : (camera.entrance ?? say('cameras.no-entrance'))}</dd>
							</div>
							<div>
								<dt>{say('cameras.fps')}</dt>
								<dd>{camera.fps.toFixed(1)}</dd>
							</div>
							<div>
								<dt>{say('cameras.dropped')}</dt>
								<dd>{camera.dropped.toLocaleString(language)}</dd>
							</div>
						</dl>
						<div className="buttons">
							<Link className="button-link" to={`/?camera=${encodeURIComponent(camera.id)}`}>
								{say('cameras.watch')}
							</Link>
							{maySet && (
								<Link className="button-link" to={`/cameras/${encodeURIComponent(camera.id)}`}>
									{say('camera-form.set')}
								</Link>
							)}
						</div>
					</article>
				))}
			</div>
		</>
	);
}
