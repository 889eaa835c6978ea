import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deskStore } from '../desk/desk-context.js';
import { loadShowroom } from '../desk/showroom.client.js';
import { Failed } from '../form/failed.js';
import { Field } from '../form/field.js';
import { useAction } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { changeSettings } from './setup.client.js';
import type { StepProps } from './setup-page.js';

/** The form's id: its button stands with the other ways on. */
export const storeForm = 'store-form';

/** What the store is called, on every screen. */
export function StoreStep({ settings, onSettings }: StepProps) {
	const { say, language } = useWords();
	const { i18n } = useTranslation();
	const [name, setName] = useState(settings.named ? settings.storeName : '');
	const [missing, setMissing] = useState(false);
	const next = useAction(async () => {
		onSettings(await changeSettings({ storeName: name.trim(), step: 'camera' }, language));
		void loadShowroom(deskStore, i18n.language).catch(() => undefined); // The name above the pages comes with the next load.
	});
	return (
		<form
			className="form"
			id={storeForm}
			onSubmit={(event) => {
				event.preventDefault();
				if (name.trim() === '') setMissing(true);
				else void next.run();
			}}
		>
			<h1>{say('setup.step-store')}</h1>
			<Field
				label={say('setup.store-name')}
				hint={say('setup.store-hint')}
				error={missing && name.trim() === '' ? say('setup.store-missing') : null}
			>
				{(tie) => (
					<Input
						{...tie}
						data-testid="store-name"
						maxLength={40}
						autoFocus
						placeholder={say('setup.store-example')}
						value={name}
						onChange={(event) => setName(event.target.value)}
					/>
				)}
			</Field>
			<Failed error={next.error} />
		</form>
	);
}
