import { useEffect, useRef } from 'react';
import type { AlertView } from '../../../edge-agent/contract/api.js';
import { useDesk, useDeskState } from '../desk/desk-context.js';
import { lanesOf } from '../desk/select.js';
import { useAgentNow } from '../desk/use-agent-now.js';
import { useReceipts } from '../desk/use-receipts.js';
import { useWords } from '../words/words.js';
import { AlertCard } from './alert-card.js';
import { LiveCamera } from './live-camera.js';

/** Who waits, who is being received, and the picture of the door. */
export function LivePage() {
	const { say } = useWords();
	const { alerts } = useDeskState();
	const { staff } = useDesk();
	const now = useAgentNow();
	const { waiting, underway, done } = lanesOf(alerts.values(), staff, now);
	useReceipts([...waiting, ...underway, ...done].map((alert) => alert.id));
	const list = useFocusOnNew(waiting[0]?.id);

	return (
		<div className="live">
			<div className="lanes" ref={list}>
				<section aria-live="polite">
					<h2>
						{say('live.waiting')} {waiting.length > 0 && <b className="count">{waiting.length}</b>}
					</h2>
					{waiting.length === 0 && (
						<div className="nobody">
							<strong>{say('live.empty')}</strong>
							<span>{say('live.empty-hint')}</span>
						</div>
					)}
					<Cards alerts={waiting} now={now} />
					{waiting.length > 0 && <p className="quiet keys">{say('live.keys')}</p>}
				</section>
				{underway.length > 0 && (
					<section>
						<h2>{say('live.underway')}</h2>
						<Cards alerts={underway} now={now} />
					</section>
				)}
				{done.length > 0 && (
					<section className="finished">
						<h2>{say('live.done')}</h2>
						<Cards alerts={done} now={now} />
					</section>
				)}
			</div>
			<LiveCamera />
		</div>
	);
}

function Cards({ alerts, now }: { alerts: readonly AlertView[]; now: number }) {
	return alerts.map((alert) => <AlertCard key={alert.id} alert={alert} now={now} />);
}

/** Focuses the first card when it is a new one and nothing else has the focus, so that the keys work without a click. */
function useFocusOnNew(first: string | undefined) {
	const list = useRef<HTMLDivElement>(null);
	useEffect(() => {
		if (first === undefined || document.activeElement !== document.body) return;
		list.current?.querySelector<HTMLElement>('[data-testid=alert-card]')?.focus({ preventScroll: true });
	}, [first]);
	return list;
}
