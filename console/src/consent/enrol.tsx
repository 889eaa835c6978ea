import { Button, Modal, Upload } from 'antd';
import { useEffect, useState } from 'react';
import type { EnrolmentAnswer, PhotographRefusal } from '../../../edge-agent/contract/consent.api.js';
import { postPhotograph } from '../customers/customers.client.js';
import { Failed } from '../form/failed.js';
import { useAction } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { CameraShot } from './camera-shot.js';

interface EnrolProps {
	readonly person: string;
	/** The grant lets the photograph itself be kept. */
	readonly keeps: boolean;
	readonly onClose: () => void;
	readonly onEnrolled: () => void;
}

/** Refusals that somebody who knows the person may wave through, as the agent lets them. */
const confirmable: readonly PhotographRefusal[] = ['already-enrolled', 'unlike'];

/** A photograph, from a file or this device's camera, looked at before it is sent. */
export function Enrol({ person, keeps, onClose, onEnrolled }: EnrolProps) {
	const { say, language } = useWords();
	const [photograph, setPhotograph] = useState<Blob | null>(null);
	const [done, setDone] = useState<EnrolmentAnswer | null>(null);
	const preview = useObjectUrl(photograph);
	const send = useAction(async (anyway: boolean) => {
		if (!photograph) return;
		setDone(await postPhotograph(person, photograph, anyway, language));
		onEnrolled();
	});
	const refused = send.failure !== null && send.failure.status < 500 && send.failure.code !== 'network';
	const doubted = confirmable.some((code) => code === send.failure?.code);
	const another = () => {
		setPhotograph(null);
		setDone(null);
		send.clear();
	};

	return (
		<Modal open footer={null} title={say('enrol.title')} onCancel={onClose}>
			<div className="form" data-testid="enrol-form">
				{done ? (
					<>
						<p className="big-tick" aria-hidden="true">
							✓
						</p>
						<p data-testid="enrolled">{say('enrol.done', { count: done.templates })}</p>
						{done.replaced && <p className="quiet">{say('enrol.replaced')}</p>}
						<p className="quiet">{say(done.kept ? 'enrol.kept' : 'enrol.not-kept')}</p>
						<div className="buttons">
							<Button type="primary" onClick={onClose}>
								{say('common.done')}
							</Button>
							<Button onClick={another}>{say('enrol.another')}</Button>
						</div>
					</>
				) : photograph && preview ? (
					<>
						<img className="photograph" src={preview} alt={say('enrol.preview')} />
						<Failed error={send.error} />
						<div className="buttons">
							{!refused && (
								<Button type="primary" data-testid="enrol-submit" loading={send.running} onClick={() => void send.run(false)}>
									{say('enrol.submit')}
								</Button>
							)}
							<Button type={refused ? 'primary' : 'default'} disabled={send.running} onClick={another}>
								{say('enrol.again')}
							</Button>
							{doubted && (
								<Button data-testid="enrol-anyway" onClick={() => void send.run(true)}>
									{say('enrol.anyway')}
								</Button>
							)}
						</div>
						{send.running && <p className="quiet">{say('enrol.running')}</p>}
					</>
				) : (
					<>
						<p className="quiet">{say('enrol.how')}</p>
						<CameraShot onShot={setPhotograph} />
						<Upload.Dragger
							accept="image/jpeg,image/png,image/webp"
							showUploadList={false}
							beforeUpload={(file) => {
								setPhotograph(file);
								return false;
							}}
						>
							<p>{say('enrol.file')}</p>
						</Upload.Dragger>
						<p className="quiet">{say(keeps ? 'enrol.will-keep' : 'enrol.will-not-keep')}</p>
					</>
				)}
			</div>
		</Modal>
	);
}

/** An address for the picture on this page, until another one or none is shown. */
function useObjectUrl(blob: Blob | null): string | null {
	const [url, setUrl] = useState<string | null>(null);
	useEffect(() => {
		if (!blob) return setUrl(null);
		const made = URL.createObjectURL(blob);
		setUrl(made);
		return () => URL.revokeObjectURL(made);
	}, [blob]);
	return url;
}
