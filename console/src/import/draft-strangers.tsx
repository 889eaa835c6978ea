import { Select } from 'antd';
import type { ImportChange, StrangerView } from '../../../edge-agent/contract/import.api.js';
import { useDeskState } from '../desk/desk-context.js';
import { useWords } from '../words/words.js';

interface DraftStrangersProps {
	readonly strangers: readonly StrangerView[];
	readonly busy: boolean;
	readonly onChange: (change: ImportChange) => void;
}

/** Consultants' names of the file that nobody here has: who is meant. */
export function DraftStrangers({ strangers, busy, onChange }: DraftStrangersProps) {
	const { say } = useWords();
	const staff = useDeskState().showroom?.staff ?? [];
	return (
		<section className="panel">
			<h2>{say('import.strangers')}</h2>
			<p className="quiet">{say('import.strangers-hint')}</p>
			<ul className="columns">
				{strangers.map(({ text, rows, chosen, proposals }) => {
					const near = new Set(proposals.map(({ id }) => id));
					const others = staff.filter(({ id }) => !near.has(id));
					return (
						<li key={text}>
							<div>
								<strong>{text}</strong> <span className="quiet">{say('import.rows', { count: rows })}</span>
							</div>
							<Select
								aria-label={say('import.stranger-is', { name: text })}
								showSearch={{ optionFilterProp: 'label' }}
								disabled={busy}
								value={chosen === undefined ? undefined : (chosen ?? 'nobody')}
								placeholder={say('import.choose')}
								options={[
									{ value: 'nobody', label: say('import.nobody') },
									...[...proposals, ...others].map(({ id, name }) => ({ value: id, label: name })),
								]}
								onChange={(id) => onChange({ consultants: { [text]: id === 'nobody' ? null : id } })}
							/>
						</li>
					);
				})}
			</ul>
		</section>
	);
}
