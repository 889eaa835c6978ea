import { Button, Dropdown } from 'antd';
import type { AlertView } from '../../../edge-agent/contract/api.js';
import { useDesk, useDeskState } from '../desk/desk-context.js';
import { isFor } from '../desk/select.js';
import { useWords } from '../words/words.js';

const closeReasons = ['staff', 'courier', 'not-a-visitor', 'left'] as const;

/** Who accepted says when they met; reception and the manager can say it for somebody whose hands are full. */
export function useMayGreet(alert: AlertView): boolean {
	const { showroom } = useDeskState();
	const { staff } = useDesk();
	const role = showroom?.staff.find((person) => person.id === staff)?.role;
	return alert.state === 'acknowledged' && (alert.acknowledgedBy === staff || role === 'reception' || role === 'manager');
}

/** What can be done with an alert now; what was tapped and is not confirmed yet; what failed, with another try. */
export function AlertActions({ alert }: { alert: AlertView }) {
	const { say } = useWords();
	const { acts } = useDeskState();
	const { desk, staff } = useDesk();
	const mayGreet = useMayGreet(alert);
	const act = acts.get(alert.id);
	const pending = act?.state === 'pending' ? act.act.kind : null;

	return (
		<>
			{act?.state === 'failed' && (
				<p className="status bad" role="alert">
					{say('live.failed', { reason: act.network ? say('live.failed-network') : act.error })}
					<Button danger onClick={() => void desk.act(alert.id, act.act)}>
						{say('live.retry')}
					</Button>
				</p>
			)}
			{act?.state === 'refused' && (
				<p className="status bad" role="alert">
					{act.error}
				</p>
			)}
			<div className="actions">
				{alert.state === 'open' && (
					<Button
						type={isFor(alert, staff) ? 'primary' : 'default'}
						size="large"
						data-testid="accept"
						loading={pending === 'accept'}
						disabled={pending !== null}
						onClick={() => void desk.act(alert.id, { kind: 'accept' })}
					>
						{say(pending === 'accept' ? 'live.accepting' : 'live.accept')}
					</Button>
				)}
				{mayGreet && (
					<Button
						type={alert.acknowledgedBy === staff ? 'primary' : 'default'}
						size="large"
						className="greet"
						data-testid="greet"
						loading={pending === 'greet'}
						disabled={pending !== null}
						onClick={() => void desk.act(alert.id, { kind: 'greet' })}
					>
						{say(pending === 'greet' ? 'live.accepting' : 'live.greet')}
					</Button>
				)}
				<Dropdown
					trigger={['click']}
					disabled={pending !== null}
					menu={{
						items: closeReasons.map((reason) => ({ key: reason, label: say(`live.close-${reason}`) })),
						onClick: ({ key }) => {
							const reason = closeReasons.find((one) => one === key);
							if (reason) void desk.act(alert.id, { kind: 'close', reason });
						},
					}}
				>
					<Button type="text" size="large" data-testid="close" loading={pending === 'close'}>
						{say('live.not-visitor')}
					</Button>
				</Dropdown>
			</div>
		</>
	);
}
