import { App, Button, Popconfirm } from 'antd';
import { Link, useNavigate, useParams } from 'react-router';
import { Failed } from '../form/failed.js';
import { Loading } from '../form/loading.js';
import { fetchSettings, removeCamera } from '../setup/setup.client.js';
import { useAction, useLoaded } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { AddCamera } from './add-camera.js';
import { CameraMarks } from './camera-marks.js';

/** `/cameras/add`, or one camera's line, zone and masks. */
export default function CameraPage() {
	const { say, language } = useWords();
	const { message } = App.useApp();
	const navigate = useNavigate();
	const { id = 'add' } = useParams();
	const { value, error, reload, put } = useLoaded(fetchSettings);
	const camera = value?.cameras.find((one) => one.id === id);
	const remove = useAction(async () => {
		await removeCamera(id, language);
		void message.success(say('camera-form.removed'));
		void navigate('/cameras');
	});

	return (
		<div className="page">
			<header className="page-head">
				<h1>{id === 'add' ? say('camera-form.title') : (camera?.name ?? say('cameras.title'))}</h1>
				{camera && (
					<Link className="button-link" to={`/cameras/${encodeURIComponent(camera.id)}/calibrate`} data-testid="calibrate">
						{say('calibrate.title')}
					</Link>
				)}
				<Link className="button-link" to="/cameras">
					{say('common.back')}
				</Link>
			</header>
			<Failed error={error ?? remove.error} onRetry={reload} />
			{id === 'add' && (
				<section className="panel narrow">
					<AddCamera
						onAdded={(added) => {
							if (value) put({ ...value, cameras: [...value.cameras, added] });
							void navigate(`/cameras/${added.id}`, { replace: true });
						}}
					/>
				</section>
			)}
			{id !== 'add' && !value && error === null && <Loading />}
			{id !== 'add' && value && !camera && <p className="nobody">{say('camera-form.gone')}</p>}
			{camera?.fixed && <p className="advice">{say('camera-form.fixed')}</p>}
			{camera && !camera.fixed && value && (
				<>
					<p className="quiet">{camera.address}</p>
					<CameraMarks
						key={camera.id}
						camera={camera}
						onSaved={(saved) => put({ ...value, cameras: value.cameras.map((one) => (one.id === saved.id ? saved : one)) })}
					/>
					<p>
						<Popconfirm
							title={say('camera-form.remove-title', { name: camera.name })}
							description={say('camera-form.remove-text')}
							okText={say('camera-form.remove')}
							cancelText={say('common.cancel')}
							okButtonProps={{ danger: true }}
							onConfirm={() => void remove.run()}
						>
							<Button danger data-testid="camera-remove" loading={remove.running}>
								{say('camera-form.remove')}
							</Button>
						</Popconfirm>
					</p>
				</>
			)}
		</div>
	);
}
