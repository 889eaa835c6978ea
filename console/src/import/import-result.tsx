import { Alert, Button, Popconfirm } from 'antd';
import { Link } from 'react-router';
import type { ImportView } from '../../../edge-agent/contract/import.api.js';
import { Failed } from '../form/failed.js';
import { useList } from '../shared/use-list.js';
import { useAction } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { undoImport } from './import.client.js';

interface ImportResultProps {
	readonly view: ImportView;
	readonly onView: (view: ImportView) => void;
	readonly onAnew: () => void;
}

/** What an import did, and taking it back as one step. */
export function ImportResult({ view, onView, onAnew }: ImportResultProps) {
	const { say, language } = useWords();
	const list = useList();
	const { kind, id, state, result, undone, failure } = view;
	const undo = useAction(async () => onView(await undoImport(kind, id, language)));
	return (
		<section className="panel" data-testid="import-result">
			<Alert
				type={state === 'failed' ? 'error' : state === 'undone' ? 'info' : 'success'}
				showIcon
				title={say(`import-result.${state === 'undone' || state === 'failed' ? state : 'done'}`)}
				description={
					<>
						{failure && <p>{say(`import-failure.${failure.reason}`)}</p>}
						{failure && <p>{say(failure.takenBack ? 'import.taken-back' : 'import.half-done')}</p>}
						{result && <p>{say('import.counts', { ...result })}</p>}
						{undone && <p>{say('import.undone', { removed: undone.removed, restored: undone.restored })}</p>}
						{undone && undone.kept > 0 && (
							<p>
								{say('import.kept', { count: undone.kept })} {list(undone.keptPeople.map(({ name }) => name))}
							</p>
						)}
					</>
				}
			/>
			<Failed error={undo.error} />
			<div className="buttons">
				<Link className="button-link" to={`/${kind}`}>
					{say(`import.to-${kind}`)}
				</Link>
				<Button onClick={onAnew}>{say('import.another')}</Button>
				{state === 'done' && (
					<Popconfirm
						title={say('import.undo-title')}
						description={say('import.undo-text')}
						okText={say('import.undo')}
						cancelText={say('common.cancel')}
						onConfirm={() => void undo.run()}
					>
						<Button danger data-testid="import-undo" loading={undo.running}>
							{say('import.undo')}
						</Button>
					</Popconfirm>
				)}
			</div>
		</section>
	);
}
