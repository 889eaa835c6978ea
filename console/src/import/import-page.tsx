import { Button, Progress } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { ImportKind, ImportView } from '../../../edge-agent/contract/import.api.js';
import { Failed } from '../form/failed.js';
import { useAction } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { fetchImport, forgetImport } from './import.client.js';
import { ImportDraft } from './import-draft.js';
import { ImportResult } from './import-result.js';
import { ImportUpload } from './import-upload.js';

/** How often a running import is asked how far it is, ms. */
const askMs = 500;

/** From the file to the written customers or staff: upload, columns and rows looked at, written, undone if need be. */
export default function ImportPage({ kind }: { kind: ImportKind }) {
	const { say, language } = useWords();
	const [view, setView] = useState<ImportView | null>(null);
	const running = view?.state === 'writing' || view?.state === 'undoing';
	const id = view?.id;

	const ask = useCallback(async () => {
		if (id !== undefined) setView(await fetchImport(kind, id, language));
	}, [kind, id, language]);
	useEffect(() => {
		if (!running) return;
		// An answer that did not come is asked for again.
		const timer = setInterval(() => void ask().catch(() => undefined), askMs);
		return () => clearInterval(timer);
	}, [running, ask]);

	const forget = useAction(async () => {
		if (id !== undefined) await forgetImport(kind, id, language);
		setView(null);
	});

	return (
		<div className="page" data-testid="import-page" data-state={view?.state ?? 'upload'}>
			<header className="page-head">
				<h1>{say(`import.title-${kind}`)}</h1>
				<Link className="button-link" to={`/${kind}`}>
					{say('common.back')}
				</Link>
			</header>
			{!view && <ImportUpload kind={kind} onUploaded={setView} />}
			{view?.state === 'preview' && view.draft && (
				<ImportDraft view={view} draft={view.draft} onView={setView} onForget={() => void forget.run()} />
			)}
			{view && running && (
				<section className="panel" role="status">
					<h2>{say(view.state === 'writing' ? 'import.writing' : 'import.undoing')}</h2>
					<Progress
						percent={view.progress ? Math.floor((100 * view.progress.done) / Math.max(1, view.progress.total)) : 0}
						data-testid="import-progress"
					/>
					{view.progress && <p className="quiet">{say('import.progress', { done: view.progress.done, total: view.progress.total })}</p>}
					{view.state === 'writing' && (
						<Button danger onClick={() => void forget.run()}>
							{say('import.stop')}
						</Button>
					)}
				</section>
			)}
			<Failed error={forget.error} />
			{view && (view.state === 'done' || view.state === 'undone' || view.state === 'failed') && (
				<ImportResult view={view} onView={setView} onAnew={() => setView(null)} />
			)}
		</div>
	);
}
