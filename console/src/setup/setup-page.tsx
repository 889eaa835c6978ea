import { Button } from 'antd';
import { useNavigate } from 'react-router';
import type { SettingsView, SetupStep } from '../../../edge-agent/contract/setup.api.js';
import { deskStore } from '../desk/desk-context.js';
import { loadShowroom } from '../desk/showroom.client.js';
import { Failed } from '../form/failed.js';
import { Loading } from '../form/loading.js';
import { LanguageSwitch } from '../frame/language-switch.js';
import { useAction, useLoaded } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { CameraStep } from './camera-step.js';
import { DoneStep } from './done-step.js';
import { ModelsStep } from './models-step.js';
import { changeSettings, fetchSettings } from './setup.client.js';
import { SetupSteps } from './setup-steps.js';
import { StaffStep } from './staff-step.js';
import { StoreStep, storeForm } from './store-step.js';

/** What each step gets. */
export interface StepProps {
	readonly settings: SettingsView;
	readonly onSettings: (settings: SettingsView) => void;
}

const order: readonly SetupStep[] = ['store', 'camera', 'models', 'staff', 'done'];

/** The assistant after the administrator exists. Where it was left is kept by the agent: leaving it half-way loses nothing. */
export default function SetupPage() {
	const { say, language } = useWords();
	const navigate = useNavigate();
	const { value, error, reload, put } = useLoaded(fetchSettings);
	const go = useAction(async (step: SetupStep) => {
		put(await changeSettings({ step }, language));
		// Every page says whether the assistant was left half-way.
		if (step === 'done') void loadShowroom(deskStore, language).catch(() => undefined);
	});
	const at = value ? order.indexOf(value.step) : 0;
	const before = order[at - 1];
	const after = order[at + 1];

	return (
		<main className="door wide" data-testid="setup-page" data-step={value?.step}>
			<header>
				<strong>{value?.named ? value.storeName : say('app.title')}</strong>
				<LanguageSwitch />
			</header>
			<SetupSteps present={value?.step ?? 'store'} />
			<section className="door-card" key={value?.step}>
				<Failed error={error} onRetry={reload} />
				{!value && error === null && <Loading />}
				{value?.step === 'store' && <StoreStep settings={value} onSettings={put} />}
				{value?.step === 'camera' && <CameraStep settings={value} onSettings={put} />}
				{value?.step === 'models' && <ModelsStep settings={value} onSettings={put} />}
				{value?.step === 'staff' && <StaffStep settings={value} onSettings={put} />}
				{value?.step === 'done' && <DoneStep settings={value} onSettings={put} />}
				<Failed error={go.error} />
				{value && (
					<footer className="setup-buttons">
						{before && (
							<Button data-testid="setup-back" disabled={go.running} onClick={() => void go.run(before)}>
								{say('common.back')}
							</Button>
						)}
						<span className="spacer" />
						{value.step !== 'done' && (
							<Button type="text" data-testid="setup-later" onClick={() => void navigate('/')}>
								{say('setup.later')}
							</Button>
						)}
						{value.step === 'store' && (
							<Button type="primary" htmlType="submit" form={storeForm} data-testid="setup-next">
								{say('common.next')}
							</Button>
						)}
						{after && value.step !== 'store' && (
							<Button type="primary" data-testid="setup-next" loading={go.running} onClick={() => void go.run(after)}>
								{say('common.next')}
							</Button>
						)}
						{value.step === 'done' && (
							<Button type="primary" data-testid="setup-finish" onClick={() => void navigate('/')}>
								{say('setup.finish')}
							</Button>
						)}
					</footer>
				)}
			</section>
		</main>
	);
}
