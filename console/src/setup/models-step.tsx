import { Alert } from 'antd';
import { useWords } from '../words/words.js';
import type { StepProps } from './setup-page.js';

/** Which network recognises faces, and how to bring a better one. */
export function ModelsStep({ settings }: StepProps) {
	const { say } = useWords();
	const active = settings.recognisers.find((one) => one.active);
	return (
		<>
			<h1>{say('setup.step-models')}</h1>
			{active?.fallback ? (
				<Alert type="warning" showIcon data-testid="fallback" title={say('models.fallback')} description={say('models.fallback-text')} />
			) : (
				<Alert type="success" showIcon title={say('models.good', { name: active?.name ?? '' })} />
			)}
			<ul className="rows">
				{settings.recognisers.map(({ name, active, installed, fallback }) => (
					<li key={name}>
						<div className="row-main">
							<strong>{name}</strong>
							{active && <span className="tag good">{say('models.active')}</span>}
							{!active && <span className="tag">{say(installed ? 'models.installed' : 'models.missing')}</span>}
							<p className="quiet">{say(fallback ? 'models.demo' : 'models.store')}</p>
						</div>
					</li>
				))}
			</ul>
			<p>{say('models.how')}</p>
			<pre className="commands">{'showroom models fetch sface\nshowroom models use sface'}</pre>
			<p>{say('models.how-offline')}</p>
			<pre className="commands">{'showroom models fetch --from /media/usb\nshowroom models use sface'}</pre>
			<p className="quiet">{say('models.after')}</p>
		</>
	);
}
