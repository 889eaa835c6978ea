import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { RecogniserView } from '../../../edge-agent/contract/setup.api.js';
import { useWords } from '../words/words.js';

interface RowProps {
	readonly recogniser: RecogniserView;
	readonly busy: boolean;
	/** `from`: a folder on the box that holds its files. */
	readonly onChoose: (from?: string) => void;
}

/** A recogniser: what is to be said of it, and the buttons that bring and choose it. */
export function RecogniserRow({ recogniser, busy, onChoose }: RowProps) {
	const { say } = useWords();
	const [folder, setFolder] = useState<string | null>(null);
	const id = useId();
	const { name, advice, active, installed, fetchable, fetchBytes, licences } = recogniser;
	const size = (fetchBytes / 1e6).toFixed(1);
	return (
		<li data-testid={`recogniser-${name}`}>
			<div>
				<strong>{name}</strong>
				{advice === 'recommended' && <span className="tag good">{say('models.recommended')}</span>}
				{active && <span className="tag good">{say('models.active')}</span>}
				{!active && <span className="tag">{say(installed ? 'models.installed' : 'models.missing')}</span>}
				<p>{say(`models.advice-${advice}`)}</p>
				{!installed && !fetchable && <p>{say('models.only-folder')}</p>}
				{licences.length > 0 && <p className="quiet">{say('models.licences', { licences: licences.join(' + ') })}</p>}
			</div>
			{!active && (
				<div className="buttons">
					{(installed || fetchable) && (
						<Button
							type={advice === 'recommended' ? 'primary' : 'default'}
							data-testid={`choose-${name}`}
							disabled={busy}
							onClick={() => onChoose()}
						>
							{installed ? say('models.choose') : say('models.fetch', { size })}
						</Button>
					)}
					{!installed && folder === null && (
						<Button data-testid={`folder-${name}`} disabled={busy} onClick={() => setFolder('')}>
							{say('models.from-folder')}
						</Button>
					)}
				</div>
			)}
			{!active && !installed && folder !== null && (
				<form
					className="folder-form"
					onSubmit={(event) => {
						event.preventDefault();
						if (folder.trim() !== '') onChoose(folder.trim());
					}}
				>
					<label htmlFor={id}>{say('models.folder')}</label>
					<Input
						id={id}
						data-testid="model-folder"
						autoFocus
						placeholder="/media/usb"
						value={folder}
						onChange={(event) => setFolder(event.target.value)}
					/>
					<p className="quiet">{say('models.folder-hint')}</p>
					<Button htmlType="submit" data-testid="take-folder" disabled={busy || folder.trim() === ''}>
						{say('models.take')}
					</Button>
				</form>
			)}
		</li>
	);
}
