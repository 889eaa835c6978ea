import { useCallback, useEffect, useState } from 'react';
import type { BrochureView } from '../../../edge-agent/contract/api.js';
import { fetchBrochures, pictureUrl } from '../agent.client.js';
import { HomeHeader } from '../home-header.js';
import { useWords } from '../words/words.js';
import { BrochurePages } from './brochure-pages.js';

interface BrochuresProps {
	readonly onHome: () => void;
	/** The visitor wants to drive this model. */
	readonly onTestDrive: (model: BrochureView) => void;
}

/** All brochures, and the one that is open. */
export function BrochuresPage({ onHome, onTestDrive }: BrochuresProps) {
	const { say, language } = useWords();
	const [brochures, setBrochures] = useState<readonly BrochureView[] | null>(null);
	const [failed, setFailed] = useState(false);
	const [openId, setOpenId] = useState<string | null>(null);
	const load = useCallback(() => {
		setFailed(false);
		fetchBrochures('zh').then(setBrochures, () => setFailed(true));
	}, []);
	useEffect(load, [load]);

	const open = brochures?.find(({ id }) => id === openId);
	if (open) return <BrochurePages brochure={open} onClose={() => setOpenId(null)} onHome={onHome} onTestDrive={onTestDrive} />;
	return (
		<div className="page">
			<HomeHeader onHome={onHome} />
			<main>
				<h1>{say('brochures.title')}</h1>
				{failed && (
					<p className="failed" role="alert">
						{say('brochures.failed')}{' '}
						<button type="button" className="plain" onClick={load}>
							{say('brochures.reload')}
						</button>
					</p>
				)}
				{!brochures && !failed && <p role="status">{say('brochures.loading')}</p>}
				{brochures?.length === 0 && <p>{say('brochures.empty')}</p>}
				<div className="covers">
					{brochures?.map((brochure) => (
						<button
							key={brochure.id}
							type="button"
							className="cover"
							data-testid="brochure-open"
							data-brochure={brochure.id}
							onClick={() => setOpenId(brochure.id)}
						>
							{brochure.pages[0] && <img src={pictureUrl(brochure.pages[0].picture)} alt="" />}
							<strong>{brochure.title[language]}</strong>
							<span>{brochure.tagline[language]}</span>
						</button>
					))}
				</div>
			</main>
		</div>
	);
}
