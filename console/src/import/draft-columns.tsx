import { Select } from 'antd';
import type { DraftView, ImportChange, ImportField, ImportKind } from '../../../edge-agent/contract/import.api.js';
import { useList } from '../shared/use-list.js';
import { useWords } from '../words/words.js';

const fields: Readonly<Record<ImportKind, readonly ImportField[]>> = {
	customers: ['name', 'telephone', 'consultant', 'model', 'note'],
	staff: ['name', 'id', 'role', 'onDuty'],
};

interface DraftColumnsProps {
	readonly kind: ImportKind;
	readonly draft: DraftView;
	readonly busy: boolean;
	readonly onChange: (change: ImportChange) => void;
}

/** What each column of the file is taken for. */
export function DraftColumns({ kind, draft, busy, onChange }: DraftColumnsProps) {
	const { say } = useWords();
	const list = useList();
	return (
		<section className="panel">
			<h2>{say('import.columns')}</h2>
			<ul className="columns">
				{draft.columns.map(({ column, letter, heading, field, examples }) => (
					<li key={column}>
						<div>
							<small>{letter}</small> <strong>{heading || say('import.no-heading')}</strong>
							<p className="quiet">{list(examples.slice(0, 3))}</p>
						</div>
						<Select
							aria-label={say('import.column-is', { heading: heading || letter })}
							data-testid={`column-${column}`}
							disabled={busy}
							value={field ?? 'none'}
							options={[
								{ value: 'none', label: say('import.not-taken') },
								...fields[kind].map((one) => ({ value: one, label: say(`import-field.${one}`) })),
							]}
							onChange={(chosen) => onChange({ columns: { [column]: chosen === 'none' ? null : (chosen as ImportField) } })}
						/>
					</li>
				))}
			</ul>
		</section>
	);
}
