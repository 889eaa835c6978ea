import { useCallback, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { CustomerDetails } from '../../../edge-agent/contract/api.js';
import type { WithdrawalAnswer } from '../../../edge-agent/contract/consent.api.js';
import { ConsentPanel } from '../consent/consent-panel.js';
import { RecordsTable } from '../consent/records-table.js';
import { WithdrawalResult } from '../consent/withdrawal-result.js';
import { Failed } from '../form/failed.js';
import { Loading } from '../form/loading.js';
import { useSession } from '../session/session-context.js';
import { useLoaded } from '../shared/use-request.js';
import { useUndo } from '../shared/use-undo.js';
import { useWords } from '../words/words.js';
import { CustomerForm } from './customer-form.js';
import { changeCustomer, fetchCustomer } from './customers.client.js';

/** One customer: data, consent to face recognition, who looked at them. */
export default function CustomerPage() {
	const { say, language } = useWords();
	const { may } = useSession();
	const undo = useUndo();
	const { id = '' } = useParams();
	const ask = useCallback((asked: string) => fetchCustomer(id, asked), [id]);
	const { value, error, reload, put } = useLoaded(ask);
	const [erased, setErased] = useState<WithdrawalAnswer | null>(null);
	const [saves, setSaves] = useState(0);
	/** How often something was done here: the records then say more. */
	const [changes, setChanges] = useState(0);
	const changed = () => {
		reload();
		setChanges((count) => count + 1);
	};

	if (erased)
		return (
			<div className="page">
				<h1>{say('withdrawal.done-title')}</h1>
				<section className="panel">
					<WithdrawalResult answer={erased} />
				</section>
				<p>
					<Link className="button-link" to="/customers">
						{say('customer.all')}
					</Link>
				</p>
			</div>
		);
	return (
		<div className="page" data-testid="customer-page">
			<header className="page-head">
				<h1>{value?.name ?? say('customers.title')}</h1>
				<Link className="button-link" to="/customers">
					{say('customer.all')}
				</Link>
			</header>
			<Failed error={error} onRetry={reload} />
			{!value && error === null && <Loading />}
			{value && (
				<div className="panels">
					<section className="panel">
						<h2>{say('customer.data')}</h2>
						<ImportedFacts customer={value} />
						<CustomerForm
							key={saves}
							customer={value}
							submit={say('common.save')}
							onSubmit={async (fields) => {
								const { name, telephone, consultant } = value;
								put(await changeCustomer(id, fields, language));
								undo(say('customer.saved'), async () => {
									put(await changeCustomer(id, { name, telephone, consultant }, language));
									setSaves((count) => count + 1);
								});
							}}
						/>
					</section>
					<section className="panel">
						<h2>{say('consent.title')}</h2>
						<ConsentPanel person={id} name={value.name} onErased={setErased} onChanged={changed} />
					</section>
				</div>
			)}
			{value && may('GET /api/consent/people/:id/records') && (
				<section className="panel">
					<h2>{say('records.title')}</h2>
					<RecordsTable person={id} changes={changes} />
				</section>
			)}
		</div>
	);
}

/** What the dealer system's file said of them. */
function ImportedFacts({ customer: { model, note } }: { customer: CustomerDetails }) {
	const { say } = useWords();
	if (model === null && note === null) return null;
	return (
		<dl className="facts" data-testid="imported-facts">
			{model !== null && (
				<div>
					<dt>{say('customer.model')}</dt>
					<dd>{model}</dd>
				</div>
			)}
			{note !== null && (
				<div>
					<dt>{say('customer.note')}</dt>
					<dd className="note">{note}</dd>
				</div>
			)}
		</dl>
	);
}
