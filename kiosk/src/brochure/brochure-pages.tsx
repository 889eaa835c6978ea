import { type PointerEvent, useEffect, useRef, useState } from 'react';
import type { BrochureView } from '../../../edge-agent/contract/api.js';
import { pictureUrl } from '../agent.client.js';
import { LanguageSwitch } from '../language-switch.js';
import { useWords } from '../words/words.js';
import { swipeOf, turn } from './reading.js';
import { useReading } from './use-reading.js';

interface BrochurePagesProps {
	readonly brochure: BrochureView;
	readonly onClose: () => void;
	readonly onHome: () => void;
	readonly onTestDrive: (model: BrochureView) => void;
}

/** One brochure, a page at a time: swiped, by arrow keys, or by the buttons. */
export function BrochurePages({ brochure, onClose, onHome, onTestDrive }: BrochurePagesProps) {
	const { say, language } = useWords();
	const [at, setAt] = useState(0);
	const from = useRef<{ readonly x: number; readonly y: number } | null>(null);
	const pages = brochure.pages.length;
	const page = brochure.pages[at];
	const go = (by: 1 | -1) => setAt((now) => turn(now, by, pages));
	useReading(brochure.id, at);
	useArrowKeys(go);

	const onPointerUp = (event: PointerEvent) => {
		if (!from.current) return;
		const by = swipeOf(event.clientX - from.current.x, event.clientY - from.current.y);
		from.current = null;
		if (by) go(by);
	};

	return (
		<div className="page brochure">
			<header>
				<button type="button" className="plain" data-testid="brochure-all" onClick={onClose}>
					{say('brochure.all')}
				</button>
				<strong>{brochure.title[language]}</strong>
				<LanguageSwitch />
				<button type="button" className="plain" data-testid="kiosk-home" onClick={onHome}>
					{say('nav.home')}
				</button>
			</header>
			<main
				data-testid="brochure-page"
				data-page={at}
				onPointerDown={(event) => {
					from.current = { x: event.clientX, y: event.clientY };
				}}
				onPointerUp={onPointerUp}
				onPointerCancel={() => {
					from.current = null;
				}}
			>
				{page && (
					<>
						<img key={page.picture} src={pictureUrl(page.picture)} alt={page.title[language]} draggable={false} />
						<article>
							<h1>{page.title[language]}</h1>
							<p>{page.text[language]}</p>
							<dl className="facts">
								{page.facts.map(({ label, value }) => (
									<div key={label.en}>
										<dt>{label[language]}</dt>
										<dd>{value[language]}</dd>
									</div>
								))}
							</dl>
						</article>
					</>
				)}
			</main>
			<footer>
				<button type="button" className="big" data-testid="brochure-previous" disabled={at === 0} onClick={() => go(-1)}>
					‹ {say('brochure.previous')}
				</button>
				<span className="progress" role="img" aria-label={say('brochure.page', { page: at + 1, pages })}>
					{brochure.pages.map((one, index) => (
						<i key={one.picture + one.title.en} className={index === at ? 'done' : ''} />
					))}
				</span>
				<button type="button" className="big accent" onClick={() => onTestDrive(brochure)}>
					{say('brochure.test-drive')}
				</button>
				<button type="button" className="big primary" data-testid="brochure-next" disabled={at >= pages - 1} onClick={() => go(1)}>
					{say('brochure.next')} ›
				</button>
			</footer>
		</div>
	);
}

function useArrowKeys(go: (by: 1 | -1) => void): void {
	const now = useRef(go);
	now.current = go;
	useEffect(() => {
		const onKey = (event: KeyboardEvent) => {
			if (event.key === 'ArrowRight' || event.key === 'PageDown') now.current(1);
			if (event.key === 'ArrowLeft' || event.key === 'PageUp') now.current(-1);
		};
		addEventListener('keydown', onKey);
		return () => removeEventListener('keydown', onKey);
	}, []);
}
