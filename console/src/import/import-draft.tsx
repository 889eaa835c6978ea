import { Alert, Button, Select } from 'antd';
import type { DraftView, Duplicates, FileEncoding, ImportChange, ImportView } from '../../../edge-agent/contract/import.api.js';
import { Failed } from '../form/failed.js';
import { Field } from '../form/field.js';
import { useList } from '../shared/use-list.js';
import { useAction } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { DraftColumns } from './draft-columns.js';
import { DraftRows } from './draft-rows.js';
import { DraftStrangers } from './draft-strangers.js';
import { changeImport, confirmImport } from './import.client.js';

const encodings: readonly FileEncoding[] = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'];
const delimiters = [',', ';', '\t'] as const;

interface ImportDraftProps {
	readonly view: ImportView;
	readonly draft: DraftView;
	readonly onView: (view: ImportView) => void;
	readonly onForget: () => void;
}

/** A file as it would be written: what each column is, who is known already, each row's faults. Nothing is written before the button. */
export function ImportDraft({ view, draft, onView, onForget }: ImportDraftProps) {
	const { say, language } = useWords();
	const list = useList();
	const { kind, id } = view;
	const change = useAction(async (what: ImportChange) => onView(await changeImport(kind, id, what, language)));
	const confirm = useAction(async () => onView(await confirmImport(kind, id, language)));
	const duplicates: readonly Duplicates[] = kind === 'staff' ? ['fill', 'update', 'skip'] : ['fill', 'update', 'skip', 'keep-both'];
	const { rows, would } = draft;
	const writes = would.added + would.updated;

	return (
		<>
			<section className="panel">
				<h2>{draft.file}</h2>
				<p className="tags">
					<span className="tag">{say('import.rows', { count: rows.total })}</span>
					<span className="tag good">{say('import.rows-ok', { count: rows.ok })}</span>
					{rows.warning > 0 && <span className="tag warn">{say('import.rows-warning', { count: rows.warning })}</span>}
					{rows.error > 0 && <span className="tag bad">{say('import.rows-error', { count: rows.error })}</span>}
				</p>
				<div className="settings">
					{draft.encoding && (
						<Field label={say('import.encoding')} hint={say('import.encoding-hint')}>
							{(tie) => (
								<Select
									{...tie}
									data-testid="import-encoding"
									disabled={change.running}
									value={draft.encoding}
									options={encodings.map((one) => ({ value: one, label: say(`encoding.${one}`) }))}
									onChange={(encoding) => encoding && void change.run({ encoding })}
								/>
							)}
						</Field>
					)}
					{draft.delimiter && (
						<Field label={say('import.delimiter')}>
							{(tie) => (
								<Select
									{...tie}
									disabled={change.running}
									value={draft.delimiter}
									options={delimiters.map((one) => ({ value: one, label: one === '\t' ? say('import.tab') : one }))}
									onChange={(delimiter) => delimiter && void change.run({ delimiter })}
								/>
							)}
						</Field>
					)}
					{draft.sheets.length > 1 && (
						<Field label={say('import.sheet')}>
							{(tie) => (
								<Select
									{...tie}
									disabled={change.running}
									value={draft.sheet}
									options={draft.sheets.map((sheet) => ({ value: sheet, label: sheet }))}
									onChange={(sheet) => sheet && void change.run({ sheet })}
								/>
							)}
						</Field>
					)}
					{draft.known + draft.repeated > 0 && (
						<Field
							label={say('import.duplicates', { count: draft.known })}
							hint={draft.repeated > 0 ? say('import.repeated', { count: draft.repeated }) : ''}
						>
							{(tie) => (
								<Select
									{...tie}
									data-testid="import-duplicates"
									disabled={change.running}
									value={draft.duplicates}
									options={duplicates.map((one) => ({ value: one, label: say(`duplicates.${one}`) }))}
									onChange={(one) => void change.run({ duplicates: one })}
								/>
							)}
						</Field>
					)}
				</div>
				<Failed error={change.error} />
			</section>
			<DraftColumns kind={kind} draft={draft} busy={change.running} onChange={(what) => void change.run(what)} />
			{draft.strangers.length > 0 && (
				<DraftStrangers strangers={draft.strangers} busy={change.running} onChange={(what) => void change.run(what)} />
			)}
			<DraftRows view={view} draft={draft} />
			<div className="confirm-bar">
				{draft.missing.length > 0 && (
					<Alert
						type="error"
						showIcon
						title={say('import.missing', { fields: list(draft.missing.map((field) => say(`import-field.${field}`))) })}
					/>
				)}
				<p>
					{say('import.would', { ...would })} {rows.error > 0 && say('import.would-leave', { count: rows.error })}
				</p>
				<Failed error={confirm.error} />
				<div className="buttons">
					<Button
						type="primary"
						data-testid="import-confirm"
						loading={confirm.running}
						disabled={draft.missing.length > 0 || writes === 0 || change.running}
						onClick={() => void confirm.run()}
					>
						{say('import.confirm', { count: writes })}
					</Button>
					<Button data-testid="import-forget" onClick={onForget}>
						{say('import.forget')}
					</Button>
				</div>
			</div>
		</>
	);
}
