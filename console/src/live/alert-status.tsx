import type { AlertView } from '../../../edge-agent/contract/api.js';
import { useDesk, useDeskState, useStaffNames } from '../desk/desk-context.js';
import { useWords } from '../words/words.js';

/** In one line: who was told, who is coming, how it ended. Never more than the agent has confirmed. */
export function AlertStatus({ alert }: { alert: AlertView }) {
	const { say, language } = useWords();
	const { lost } = useDeskState();
	const { staff } = useDesk();
	const nameOf = useStaffNames();
	const by = alert.acknowledgedBy;

	if (alert.state === 'closed' && alert.closeReason)
		return <p className="status">{say('live.closed', { reason: say(`close.${alert.closeReason}`) })}</p>;
	if (alert.state === 'greeted')
		return <p className="status">{say('live.greeted-by', { name: alert.greetedBy ? nameOf(alert.greetedBy) : '' })}</p>;
	if (alert.state === 'acknowledged' && by) {
		if (by === staff) return <p className="status good">{say('live.accepted-by-you')}</p>;
		return <p className="status">{say(lost.has(alert.id) ? 'live.taken-by' : 'live.accepted-by', { name: nameOf(by) })}</p>;
	}
	if (alert.told.length === 0) return <p className="status bad">{say('live.told-nobody')}</p>;
	return (
		<p className="status">
			{say('live.told', { names: alert.told.map(nameOf).join(language === 'zh' ? '、' : ', ') })}
			{alert.step > 0 && ` · ${say('live.escalated', { step: alert.step + 1 })}`}
		</p>
	);
}
