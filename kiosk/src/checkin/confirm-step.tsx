import type { BrochureView } from '../../../edge-agent/contract/api.js';
import { useWords } from '../words/words.js';
import { formatTelephone, type Step } from './checkin.js';
import type { StepProps } from './checkin-page.js';
import type { Hosts } from './use-hosts.js';

interface ConfirmProps extends StepProps {
	readonly hosts: Hosts;
	readonly model: BrochureView | null;
	readonly onSend: () => void;
}

/** All answers on one page, each to be changed by a touch. After a failure everything is still here. */
export function ConfirmStep({ draft, put, hosts, model, onSend }: ConfirmProps) {
	const { say, language } = useWords();
	const host = draft.host?.id ?? null;
	const { sending } = draft;
	const rows: readonly { readonly step: Step; readonly value: string }[] = [
		{ step: 'purpose', value: draft.purpose ? say(`purpose.${draft.purpose}`) : '' },
		{ step: 'name', value: draft.name.trim() },
		{ step: 'telephone', value: formatTelephone(draft.telephone) || say('confirm.no-telephone') },
		{ step: 'host', value: host === null ? say('host.any') : (hosts.hosts?.find(({ id }) => id === host)?.name ?? host) },
	];
	const busy = sending.state === 'sending';
	return (
		<>
			<h1>{say('confirm.title')}</h1>
			<dl className="answers">
				{rows.map(({ step, value }) => (
					<div key={step}>
						<dt>{step === 'confirm' ? null : say(`confirm.${step}`)}</dt>
						<dd>{value}</dd>
						<button type="button" className="plain" disabled={busy} onClick={() => put({ type: 'change', step })}>
							{say('confirm.change')}
						</button>
					</div>
				))}
				{model && (
					<div>
						<dt>{say('confirm.model')}</dt>
						<dd>{model.title[language]}</dd>
					</div>
				)}
			</dl>
			{sending.state === 'failed' && (
				<p className="failed" role="alert" data-testid="kiosk-failed">
					{say('confirm.failed', { reason: sending.network ? say('confirm.failed-network') : sending.error })}
				</p>
			)}
			<button type="button" className="big primary" data-testid="kiosk-confirm" disabled={busy} onClick={onSend}>
				{say(busy ? 'confirm.sending' : sending.state === 'failed' ? 'confirm.retry' : 'confirm.send')}
			</button>
		</>
	);
}
