import { Alert } from 'antd';
import { useCallback, useEffect } from 'react';
import { Failed } from '../form/failed.js';
import { useAction, useLoaded } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { RecogniserChangeState } from './recogniser-change.js';
import { RecogniserRow } from './recogniser-row.js';
import { beginRecogniserChange, fetchRecogniserChange, fetchSettings } from './setup.client.js';
import type { StepProps } from './setup-page.js';
import { Thresholds } from './thresholds.js';

/** How often a change that runs is asked after. */
const askEveryMs = 700;

/** Which network recognises faces, and how to bring a better one. */
export function ModelsStep({ settings, onSettings }: StepProps) {
	const { say, language } = useWords();
	const { value, error, reload, put } = useLoaded(fetchRecogniserChange);
	const change = value?.change ?? null;
	const fetching = change?.state === 'fetching';
	const begin = useAction(async (name: string, from?: string) => put(await beginRecogniserChange({ name, from }, language)));
	useEffect(() => {
		if (!fetching) return;
		const timer = setInterval(reload, askEveryMs);
		return () => clearInterval(timer);
	}, [fetching, reload]);

	const done = change?.state === 'done';
	const reloadSettings = useCallback(() => fetchSettings(language).then(onSettings, () => undefined), [language, onSettings]);
	useEffect(() => {
		if (done) void reloadSettings();
	}, [done, reloadSettings]);

	const chosen = settings.recognisers.find(({ active }) => active);
	return (
		<>
			<h1>{say('setup.step-models')}</h1>
			{chosen?.advice === 'fallback' ? (
				<Alert type="warning" showIcon data-testid="fallback" title={say('models.fallback')} description={say('models.fallback-text')} />
			) : (
				<Alert type="success" showIcon title={say('models.good', { name: chosen?.name ?? '' })} />
			)}
			{chosen && !chosen.running && <Alert type="info" showIcon data-testid="restart" title={say('models.restart')} />}
			{change && <RecogniserChangeState change={change} onAgain={() => void begin.run(change.name)} />}
			<Failed error={begin.error ?? error} />
			<ul className="rows">
				{settings.recognisers.map((recogniser) => (
					<RecogniserRow
						key={recogniser.name}
						recogniser={recogniser}
						busy={fetching || begin.running}
						onChoose={(from) => void begin.run(recogniser.name, from)}
					/>
				))}
			</ul>
			<p className="quiet">{say('models.after')}</p>
			{chosen && <Thresholds thresholds={settings.thresholds} />}
		</>
	);
}
