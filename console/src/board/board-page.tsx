import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { AlertView } from '../../../edge-agent/contract/api.js';
import { chime, useDesk, useDeskState, useStaffNames } from '../desk/desk-context.js';
import { isFor, lanesOf } from '../desk/select.js';
import { useAgentNow } from '../desk/use-agent-now.js';
import { useReceipts } from '../desk/use-receipts.js';
import { useTitle } from '../desk/use-title.js';
import { useWakeLock } from '../desk/use-wake-lock.js';
import { LanguageSwitch } from '../frame/language-switch.js';
import { Notices } from '../frame/notices.js';
import { isRed, visitorOf, waitedMs } from '../live/visitor.js';
import { useSession } from '../session/session-context.js';
import { formatDuration } from '../shared/duration.js';
import { useWords } from '../words/words.js';

/** The wall and front-desk view: who waits, for how long, who goes. Read from across the room; rings for every visitor. */
export function BoardPage() {
	const { say, language } = useWords();
	const { showroom, alerts } = useDeskState();
	const { staff } = useDesk();
	const { me } = useSession();
	const now = useAgentNow();
	const { waiting, underway } = lanesOf(alerts.values(), staff, now);
	const cards = [...waiting].sort((a, b) => a.openedAt - b.openedAt).concat(underway);
	useReceipts(cards.map((alert) => alert.id));
	useTitle(showroom?.name ?? '', waiting.length);
	useWakeLock();
	useChimeForAll(waiting, staff);

	return (
		<div className="board">
			<header>
				<strong>{showroom?.name ?? say('board.title')}</strong>
				<span className={waiting.length > 0 ? 'board-count some' : 'board-count'}>
					{waiting.length > 0 ? say('board.waiting', { count: waiting.length }) : say('board.clear')}
				</span>
				<time>{new Date(now).toLocaleTimeString(language === 'zh' ? 'zh-CN' : 'en-GB', { hour: '2-digit', minute: '2-digit' })}</time>
				<LanguageSwitch />
				{/* A paired wall has nowhere else to go. */}
				{me?.kind === 'staff' && (
					<Link className="button-link" to="/">
						{say('board.exit')}
					</Link>
				)}
			</header>
			<Notices />
			<main>
				{cards.map((alert) => (
					<BoardCard key={alert.id} alert={alert} now={now} />
				))}
				{cards.length === 0 && <p className="board-clear">{say('board.clear')}</p>}
			</main>
		</div>
	);
}

function BoardCard({ alert, now }: { alert: AlertView; now: number }) {
	const { say, language } = useWords();
	const nameOf = useStaffNames();
	const { name } = visitorOf(alert);
	const names = (ids: readonly string[]) => ids.map(nameOf).join(language === 'zh' ? '、' : ', ');
	return (
		<article
			className={['board-card', alert.state, isRed(alert, now) && 'red'].filter(Boolean).join(' ')}
			data-testid="alert-card"
			data-alert={alert.id}
			data-state={alert.state}
		>
			<h2>{name ?? say('visitor.unknown')}</h2>
			<p className="board-purpose">{say(`purpose.${alert.purpose ?? 'unknown'}`)}</p>
			<time>{formatDuration(waitedMs(alert, now))}</time>
			<p className="board-who">
				{alert.state === 'acknowledged' && alert.acknowledgedBy
					? say('live.accepted-by', { name: nameOf(alert.acknowledgedBy) })
					: alert.told.length > 0
						? say('board.send', { names: names(alert.told) })
						: say('live.told-nobody')}
			</p>
		</article>
	);
}

/** Rings when somebody comes whom this screen's own person was not told of: for those, the delivery rings. */
function useChimeForAll(waiting: readonly AlertView[], staff: string): void {
	const known = useRef<ReadonlySet<string> | null>(null);
	useEffect(() => {
		const fresh = waiting.filter((alert) => known.current && !known.current.has(alert.id) && !isFor(alert, staff));
		if (fresh.length > 0) chime.ring();
		known.current = new Set([...(known.current ?? []), ...waiting.map((alert) => alert.id)]);
	}, [waiting, staff]);
}
