import { Button } from 'antd';
import { useCallback, useState } from 'react';
import type { WithdrawalAnswer } from '../../../edge-agent/contract/consent.api.js';
import { fetchConsent } from '../customers/customers.client.js';
import { Failed } from '../form/failed.js';
import { Loading } from '../form/loading.js';
import { useSession } from '../session/session-context.js';
import { useDates } from '../shared/use-dates.js';
import { useList } from '../shared/use-list.js';
import { useLoaded } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { ConsentHistory } from './consent-history.js';
import { Enrol } from './enrol.js';
import { GrantForm } from './grant-form.js';
import { Withdraw } from './withdraw.js';
import { WithdrawalResult } from './withdrawal-result.js';

interface ConsentPanelProps {
	readonly person: string;
	readonly name: string;
	/** Nothing is left of this customer. */
	readonly onErased: (answer: WithdrawalAnswer) => void;
	/** What the customer's row says may be another. */
	readonly onChanged: () => void;
}

const tone = { none: '', granted: 'good', withdrawn: 'warn', expired: 'warn' } as const;

/** Whether this person consented to face recognition, to what and until when; and what can be done about it. */
export function ConsentPanel({ person, name, onErased, onChanged }: ConsentPanelProps) {
	const { say } = useWords();
	const { may } = useSession();
	const { date } = useDates();
	const list = useList();
	const ask = useCallback((language: string) => fetchConsent(person, language), [person]);
	const { value, error, reload, put } = useLoaded(ask);
	const [open, setOpen] = useState<'grant' | 'enrol' | 'withdraw' | null>(null);
	const [withdrawn, setWithdrawn] = useState<WithdrawalAnswer | null>(null);
	const close = () => setOpen(null);
	if (error !== null) return <Failed error={error} onRetry={reload} />;
	if (!value) return <Loading />;
	const { state, grant, expiresAt, templates, photographs, missing } = value;

	return (
		<div className="consent" data-testid="consent" data-state={state}>
			<p>
				<span className={`tag ${tone[state]}`}>{say(`consent-state.${state}`)}</span>
				{templates > 0 && <span className="tag good">{say('consent.templates', { count: templates })}</span>}
				{missing && <span className="tag warn">{say(missing === 'waiting' ? 'missing.tag-waiting' : 'missing.tag')}</span>}
				{photographs > 0 && <span className="tag">{say('consent.photographs', { count: photographs })}</span>}
			</p>
			{missing && <p className="quiet">{say('missing.why', { reason: say(`missing-reason.${missing}`) })}</p>}
			{withdrawn && <WithdrawalResult answer={withdrawn} />}
			{grant ? (
				<dl className="facts">
					<div>
						<dt>{say('consent.granted-at')}</dt>
						<dd>
							{date(grant.grantedAt)} · {say(`grant-via.${grant.via}`)}
						</dd>
					</div>
					<div>
						<dt>{say('consent.expires-at')}</dt>
						<dd>{expiresAt === null ? say('consent.no-end') : date(expiresAt)}</dd>
					</div>
					<div>
						<dt>{say('consent.purposes')}</dt>
						<dd>{list(grant.purposes.map((purpose) => say(`consent-purpose.${purpose}`)))}</dd>
					</div>
					{grant.guardian && (
						<div>
							<dt>{say('consent.guardian')}</dt>
							<dd>{say('consent.guardian-yes')}</dd>
						</div>
					)}
				</dl>
			) : (
				<p className="quiet">{say('consent.never-needed')}</p>
			)}
			<div className="buttons">
				{may('POST /api/consent/people/:id/grants') && (
					<Button type={grant ? 'default' : 'primary'} data-testid="grant" onClick={() => setOpen('grant')}>
						{say(grant ? 'consent.grant-anew' : 'consent.grant')}
					</Button>
				)}
				{grant && may('POST /api/consent/people/:id/photographs') && (
					<Button type="primary" data-testid="enrol" onClick={() => setOpen('enrol')}>
						{say(templates > 0 ? 'enrol.another' : 'enrol.title')}
					</Button>
				)}
				{may('POST /api/consent/people/:id/withdrawals') && (
					<Button danger data-testid="withdraw" onClick={() => setOpen('withdraw')}>
						{say('withdrawal.title')}
					</Button>
				)}
			</div>
			<ConsentHistory history={value.history} />
			{open === 'grant' && (
				<GrantForm
					person={person}
					audience={value.kind}
					name={name}
					onClose={close}
					onGranted={(view) => {
						put(view);
						onChanged();
						setWithdrawn(null);
						close();
					}}
				/>
			)}
			{open === 'enrol' && (
				<Enrol
					person={person}
					keeps={grant?.purposes.includes('photograph') ?? false}
					onClose={close}
					onEnrolled={() => {
						reload();
						onChanged();
					}}
				/>
			)}
			{open === 'withdraw' && (
				<Withdraw
					person={person}
					name={name}
					onClose={close}
					onWithdrawn={(answer) => {
						close();
						if (answer.level === 'everything') return onErased(answer);
						setWithdrawn(answer);
						reload();
						onChanged();
					}}
				/>
			)}
		</div>
	);
}
