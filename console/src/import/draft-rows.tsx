import { Pagination, Segmented } from 'antd';
import { useCallback, useState } from 'react';
import type { DraftView, ImportField, ImportRowView, ImportView } from '../../../edge-agent/contract/import.api.js';
import { Failed } from '../form/failed.js';
import { Loading } from '../form/loading.js';
import { useLoaded } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { fetchRows, type RowsShown } from './import.client.js';

const pageSize = 20;
const tone = { ok: 'good', warning: 'warn', error: 'bad' } as const;

/** The rows as they would be written, those with faults first to be looked at. */
export function DraftRows({ view, draft }: { view: ImportView; draft: DraftView }) {
	const { say } = useWords();
	const { kind, id } = view;
	const [show, setShow] = useState<RowsShown>(draft.rows.error > 0 ? 'error' : 'all');
	const [page, setPage] = useState(1);
	// `view` is another one after each change: the rows are asked for anew.
	// biome-ignore lint/correctness/useExhaustiveDependencies: see above
	const ask = useCallback((language: string) => fetchRows(kind, id, show, (page - 1) * pageSize, pageSize, language), [view, show, page]);
	const { value, error, reload } = useLoaded(ask);
	const counts: Readonly<Record<RowsShown, number>> = {
		all: draft.rows.total,
		ok: draft.rows.ok,
		warning: draft.rows.warning,
		error: draft.rows.error,
	};
	const columns = draft.columns.flatMap(({ field }) => field ?? []).filter((field, index, all) => all.indexOf(field) === index);

	return (
		<section className="panel" data-testid="import-rows">
			<h2>{say('import.preview')}</h2>
			<Segmented
				className="row-filter"
				aria-label={say('import.show')}
				data-testid="rows-shown"
				value={show}
				options={(['all', 'error', 'warning', 'ok'] as const).map((one) => ({
					value: one,
					label: `${say(`import-rows.${one}`)} ${counts[one]}`,
				}))}
				onChange={(next) => {
					setShow(next);
					setPage(1);
				}}
			/>
			<Failed error={error} onRetry={reload} />
			{!value && error === null && <Loading />}
			{value?.total === 0 && <p className="nobody">{say('import.no-rows')}</p>}
			{value && value.rows.length > 0 && (
				<div className="table-scroll">
					<table className="visit-table import-table">
						<thead>
							<tr>
								<th>{say('import.row')}</th>
								{columns.map((field) => (
									<th key={field}>{say(`import-field.${field}`)}</th>
								))}
								<th>{say('import.judgement')}</th>
							</tr>
						</thead>
						<tbody>
							{value.rows.map((row) => (
								<Row key={row.row} row={row} columns={columns} />
							))}
						</tbody>
					</table>
				</div>
			)}
			<Pagination
				align="end"
				current={page}
				pageSize={pageSize}
				total={value?.total ?? 0}
				showSizeChanger={false}
				hideOnSinglePage
				onChange={setPage}
			/>
		</section>
	);
}

function Row({ row, columns }: { row: ImportRowView; columns: readonly ImportField[] }) {
	const { say } = useWords();
	const faulty = new Set(row.issues.map(({ field }) => field));
	return (
		<tr data-row={row.row} data-state={row.state}>
			<td className="time">{row.row}</td>
			{columns.map((field) => (
				<td key={field} data-label={say(`import-field.${field}`)} className={faulty.has(field) ? 'faulty' : ''}>
					{row.values[field] ?? ''}
				</td>
			))}
			<td className="judgement">
				<span className={`tag ${tone[row.state]}`}>{say(`import-would.${row.would}`)}</span>
				{row.issues.map(({ code, message }) => (
					<p key={code}>{message}</p>
				))}
				{row.known && <p className="quiet">{say('import.known', { name: row.known.name })}</p>}
			</td>
		</tr>
	);
}
