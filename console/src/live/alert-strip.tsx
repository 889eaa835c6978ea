import { useDesk, useDeskState } from '../desk/desk-context.js';
import { isFor, lanesOf } from '../desk/select.js';
import { useAgentNow } from '../desk/use-agent-now.js';
import { useReceipts } from '../desk/use-receipts.js';
import { AlertCard } from './alert-card.js';

/** On pages other than the live one: what waits for this person, what they have accepted, and what they are called in for. */
export function AlertStrip() {
	const { alerts, calledIn } = useDeskState();
	const { staff } = useDesk();
	const now = useAgentNow();
	const { waiting, underway } = lanesOf(alerts.values(), staff, now);
	const theirs = underway.filter((alert) => alert.acknowledgedBy === staff || calledIn.has(alert.id));
	const mine = [...waiting.filter((alert) => isFor(alert, staff)), ...theirs];
	useReceipts(mine.map((alert) => alert.id));
	if (mine.length === 0) return null;
	return (
		<section className="strip">
			{mine.map((alert) => (
				<AlertCard key={alert.id} alert={alert} now={now} />
			))}
		</section>
	);
}
