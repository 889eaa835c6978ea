import type { AlertRules } from '../alerts/alerts.types.js';
import type { Config } from '../config/config.schema.js';
import type { FloorRules } from '../visits/floor.types.js';
import { isOpen } from './store-hours.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What the settings say about receiving visitors, in ms. */
export function floorRules({ alerts, visits, entrances, store }: Pick<Config, 'alerts' | 'visits' | 'entrances' | 'store'>): FloorRules {
	return {
		visits: {
			reentryMs: new Map(entrances.map(({ id, reentryMinutes }) => [id, reentryMinutes * MINUTE])),
			maxMs: visits.maxHours * HOUR,
			absentMs: visits.absentMinutes * MINUTE,
			partyMs: visits.partySeconds * SECOND,
		},
		alertsAt: (at) => alertRules(alerts, at),
		busyMs: visits.busyMinutes * MINUTE,
		outcomes: { everyMs: visits.outcomeMinutes * MINUTE },
		hours: store.hours,
	};
}

/** The steps of these hours, or the usual ones. */
function alertRules(alerts: Config['alerts'], at: number): AlertRules {
	const { stepSeconds, managerSeconds, redSeconds } = alerts.at.find((hours) => isOpen([hours], at)) ?? alerts;
	return {
		...{ stepMs: stepSeconds * SECOND, managerMs: managerSeconds * SECOND, redMs: redSeconds * SECOND },
		...{ greetMs: alerts.greetSeconds * SECOND, handOverMs: alerts.handOverSeconds * SECOND },
		storm: { alerts: alerts.storm.alerts, withinMs: alerts.storm.seconds * SECOND },
	};
}
