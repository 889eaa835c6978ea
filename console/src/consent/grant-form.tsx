import { Button, Checkbox, Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import type { Audience, ConsentPurpose, ConsentView, GrantVia } from '../../../edge-agent/contract/consent.api.js';
import type { Language } from '../../../edge-agent/contract/vocabulary.js';
import { fetchNotices, postGrant } from '../customers/customers.client.js';
import { Failed } from '../form/failed.js';
import { Field } from '../form/field.js';
import { Loading } from '../form/loading.js';
import { useAction, useLoaded } from '../shared/use-request.js';
import { useWords } from '../words/words.js';

const purposes: readonly ConsentPurpose[] = ['recognition', 'accuracy', 'photograph'];

interface GrantFormProps {
	readonly person: string;
	readonly audience: Audience;
	readonly name: string;
	readonly onClose: () => void;
	readonly onGranted: (view: ConsentView) => void;
}

/** The notice in full, in the customer's language, and a box for each purpose; every box starts empty. */
export function GrantForm({ person, audience, name, onClose, onGranted }: GrantFormProps) {
	const { say, language } = useWords();
	const { value, error, reload } = useLoaded(fetchNotices);
	const [shown, setShown] = useState<Language>(language);
	const [chosen, setChosen] = useState<readonly ConsentPurpose[]>([]);
	const [via, setVia] = useState<Exclude<GrantVia, 'kiosk'>>('console');
	const [under14, setUnder14] = useState(false);
	const [guardian, setGuardian] = useState('');
	const notice = value?.notices.find((one) => one.audience === audience && one.current);

	const grant = useAction(async () => {
		if (!notice) return;
		try {
			const given = { notice: notice.hash, purposes: [...chosen], via, language: shown, under14 };
			onGranted(await postGrant(person, { ...given, guardian: under14 ? guardian.trim() : null }, language));
		} catch (failure) {
			// Another text may be in force by now: it is shown, and asked for anew.
			reload();
			setChosen([]);
			throw failure;
		}
	});
	const text = notice?.[shown];

	return (
		<Modal open footer={null} width={720} title={say('grant.title', { name })} onCancel={onClose} mask={{ closable: false }}>
			<Failed error={error} onRetry={reload} />
			{!value && error === null && <Loading />}
			{value && !notice && <p className="nobody">{say('grant.no-notice')}</p>}
			{notice && text && (
				<form
					className="form"
					data-testid="grant-form"
					onSubmit={(event) => {
						event.preventDefault();
						void grant.run();
					}}
				>
					<Segmented
						aria-label={say('grant.language')}
						data-testid="notice-language"
						value={shown}
						options={[
							{ value: 'zh' as const, label: '中文' },
							{ value: 'en' as const, label: 'English' },
						]}
						onChange={setShown}
					/>
					{/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
					<article className="notice-text" lang={shown} data-testid="notice-text" tabIndex={0}>
						<h3>{text.title}</h3>
						{text.sections.map(({ heading, text: body }) => (
							<section key={heading}>
								<h4>{heading}</h4>
								<p>{body}</p>
							</section>
						))}
						<p className="quiet">{say('grant.version', { version: notice.version })}</p>
					</article>
					<fieldset className="boxes">
						<legend>{say('grant.boxes')}</legend>
						{purposes.map((purpose) => (
							<Checkbox
								key={purpose}
								data-testid={`purpose-${purpose}`}
								checked={chosen.includes(purpose)}
								onChange={(event) => setChosen(event.target.checked ? [...chosen, purpose] : chosen.filter((one) => one !== purpose))}
							>
								{text.purposes[purpose]}
							</Checkbox>
						))}
						<p className="quiet">{say('grant.needed')}</p>
					</fieldset>
					<Field label={say('grant.via')}>
						{(tie) => (
							<Segmented
								id={tie.id}
								value={via}
								options={[
									{ value: 'console' as const, label: say('grant-via.console') },
									{ value: 'paper' as const, label: say('grant-via.paper') },
								]}
								onChange={setVia}
							/>
						)}
					</Field>
					<Checkbox checked={under14} data-testid="under14" onChange={(event) => setUnder14(event.target.checked)}>
						{say('grant.under14')}
					</Checkbox>
					{under14 && (
						<Field label={say('grant.guardian')} hint={say('grant.guardian-hint')}>
							{(tie) => (
								<Input
									{...tie}
									data-testid="guardian"
									maxLength={40}
									value={guardian}
									onChange={(event) => setGuardian(event.target.value)}
								/>
							)}
						</Field>
					)}
					<Failed error={grant.error} />
					<div className="buttons">
						<Button
							type="primary"
							htmlType="submit"
							data-testid="grant-submit"
							loading={grant.running}
							disabled={!chosen.includes('recognition') || (under14 && guardian.trim() === '')}
						>
							{say('grant.submit')}
						</Button>
						<Button onClick={onClose}>{say('grant.refuse')}</Button>
					</div>
					<p className="quiet">{say('grant.never-only-way')}</p>
				</form>
			)}
		</Modal>
	);
}
