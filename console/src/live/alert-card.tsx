import { type KeyboardEvent, useRef } from 'react';
import type { AlertView } from '../../../edge-agent/contract/api.js';
import { useDesk } from '../desk/desk-context.js';
import { isFor } from '../desk/select.js';
import { formatDuration } from '../shared/duration.js';
import { useWords } from '../words/words.js';
import { AlertActions, useMayGreet } from './alert-actions.js';
import { AlertStatus } from './alert-status.js';
import { isRed, visitorOf, waitedMs } from './visitor.js';

/** One visitor to be received. `now`: agent time, ms. Focused: A or Enter accepts, G greets. */
export function AlertCard({ alert, now }: { alert: AlertView; now: number }) {
	const { say } = useWords();
	const { desk, staff } = useDesk();
	const mayGreet = useMayGreet(alert);
	const card = useRef<HTMLElement>(null);
	const { name, known } = visitorOf(alert);
	const red = isRed(alert, now);
	const mine = isFor(alert, staff);
	const over = alert.state === 'greeted' || alert.state === 'closed';

	const onKeyDown = (event: KeyboardEvent) => {
		if (event.target !== card.current || event.ctrlKey || event.metaKey || event.altKey) return;
		const key = event.key.toLowerCase();
		if (alert.state === 'open' && (key === 'a' || key === 'enter')) void desk.act(alert.id, { kind: 'accept' });
		if (mayGreet && key === 'g') void desk.act(alert.id, { kind: 'greet' });
	};

	return (
		<article
			ref={card}
			className={['alert-card', alert.state, red && 'red', mine && 'mine'].filter(Boolean).join(' ')}
			data-testid="alert-card"
			data-alert={alert.id}
			data-state={alert.state}
			// The card itself takes keys: a consultant at a desk accepts without the mouse.
			// biome-ignore lint/a11y/noNoninteractiveTabindex: see above; the same can be done with the buttons inside.
			tabIndex={0}
			aria-label={`${name ?? say('visitor.unknown')}, ${say(`purpose.${alert.purpose ?? 'unknown'}`)}`}
			onKeyDown={onKeyDown}
		>
			<header>
				<div>
					<h3>{name ?? say('visitor.unknown')}</h3>
					<p className="tags">
						<span className={`tag purpose ${alert.purpose ?? 'unknown'}`}>{say(`purpose.${alert.purpose ?? 'unknown'}`)}</span>
						{known && <span className="tag">{say(known)}</span>}
						{mine && alert.state === 'open' && <span className="tag you">{say('live.for-you')}</span>}
					</p>
				</div>
				{alert.state !== 'closed' && (
					<p className="wait">
						<small>{say(red ? 'live.overdue' : 'live.waited')}</small>
						<time>{formatDuration(waitedMs(alert, now))}</time>
					</p>
				)}
			</header>
			<AlertStatus alert={alert} />
			{!over && <AlertActions alert={alert} />}
		</article>
	);
}
