import { Button, Upload } from 'antd';
import { useCallback } from 'react';
import type { ImportKind, ImportView } from '../../../edge-agent/contract/import.api.js';
import { Failed } from '../form/failed.js';
import { Loading } from '../form/loading.js';
import { useSession } from '../session/session-context.js';
import { useDates } from '../shared/use-dates.js';
import { useAction, useLoaded } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { exportUrl, fetchImports, uploadFile } from './import.client.js';

interface ImportUploadProps {
	readonly kind: ImportKind;
	readonly onUploaded: (view: ImportView) => void;
}

/** Choosing the file; drafts and imports of before; the way out, as a file of the same shape. */
export function ImportUpload({ kind, onUploaded }: ImportUploadProps) {
	const { say, language } = useWords();
	const { may } = useSession();
	const { dateTime } = useDates();
	const ask = useCallback((asked: string) => fetchImports(kind, asked), [kind]);
	const { value, error, reload } = useLoaded(ask);
	const upload = useAction(async (file: File) => onUploaded(await uploadFile(kind, file, language)));
	return (
		<>
			<section className="panel">
				<p>{say('import.what')}</p>
				<Upload.Dragger
					accept=".xlsx,.csv,.txt"
					showUploadList={false}
					disabled={upload.running}
					data-testid="import-file"
					beforeUpload={(file) => {
						void upload.run(file);
						return false;
					}}
				>
					<p>
						<strong>{say('import.drop')}</strong>
					</p>
					<p className="quiet">{say(`import.columns-${kind}`)}</p>
				</Upload.Dragger>
				{upload.running && <Loading text={say('import.reading')} />}
				<Failed error={upload.error} />
				<p className="quiet">{say('import.nothing-yet')}</p>
				{may(`GET /api/exports/${kind}`) && (
					<p className="buttons">
						<Button href={exportUrl(kind, 'xlsx')}>{say('import.export-xlsx')}</Button>
						<Button href={exportUrl(kind, 'csv')}>{say('import.export-csv')}</Button>
					</p>
				)}
			</section>
			<Failed error={error} onRetry={reload} />
			{value && value.imports.length > 0 && (
				<section className="panel">
					<h2>{say('import.before')}</h2>
					<ul className="rows">
						{value.imports.map((view) => (
							<li key={view.id}>
								<div className="row-main">
									<strong>{view.draft?.file ?? dateTime(view.at)}</strong>
									<span className="tag">{say(`import-state.${view.state}`)}</span>
									{view.result && <p className="quiet">{say('import.counts', { ...view.result })}</p>}
								</div>
								<Button data-testid="import-open" onClick={() => onUploaded(view)}>
									{say(view.state === 'preview' ? 'import.continue' : 'import.look')}
								</Button>
							</li>
						))}
					</ul>
				</section>
			)}
		</>
	);
}
