import { Alert, Spin } from 'antd';
import { useDeskState } from '../desk/desk-context.js';
import { useWords } from '../words/words.js';
import { LanguageSwitch } from './language-switch.js';

/** Until sign-in exists: whoever uses this screen picks their name. */
export function StartPage({ onChoose }: { onChoose: (staff: string) => void }) {
	const { say } = useWords();
	const { showroom, connection } = useDeskState();
	const staff = showroom?.staff.filter((person) => person.role !== 'kiosk') ?? [];
	const onDutyFirst = [...staff].sort((a, b) => Number(b.onDuty) - Number(a.onDuty));

	return (
		<main className="start">
			<header>
				<strong>{showroom?.name ?? say('app.title')}</strong>
				<LanguageSwitch />
			</header>
			<h1>{say('start.title')}</h1>
			<p className="quiet">{say('start.hint')}</p>
			{!showroom && connection === 'offline' && <Alert type="error" showIcon title={say('start.failed')} />}
			{!showroom && connection !== 'offline' && (
				<div className="quiet" role="status">
					<Spin size="small" /> {say('start.loading')}
				</div>
			)}
			{showroom && staff.length === 0 && <Alert type="warning" showIcon title={say('start.empty')} />}
			<ul className="staff-picker" data-testid="staff-picker">
				{onDutyFirst.map((person) => (
					<li key={person.id}>
						<button type="button" data-staff={person.id} onClick={() => onChoose(person.id)}>
							<span className="avatar" aria-hidden="true">
								{[...person.name][0]}
							</span>
							<span>
								<strong>{person.name}</strong>
								<small>
									{say(`role.${person.role}`)} · {say(person.onDuty ? 'start.on-duty' : 'start.off-duty')}
								</small>
							</span>
						</button>
					</li>
				))}
			</ul>
		</main>
	);
}
