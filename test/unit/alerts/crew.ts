import type { AlertRules } from '../../../edge-agent/alerts/alerts.types.js';
import type { Colleague } from '../../../edge-agent/alerts/plan.js';
import type { Role } from '../../../edge-agent/contract/vocabulary.js';
import { rotasOf } from '../../../edge-agent/reception/duty.js';

/** Somebody at work, free, with a screen. */
export function person(id: string, role: Role, more: Partial<Colleague> = {}): Colleague {
	return { id, role, duty: 'on', busy: false, reachable: true, rotas: rotasOf(role, undefined), backup: null, ...more };
}

export const alertRules: AlertRules = {
	...{ stepMs: 20_000, managerMs: 45_000, redMs: 60_000, greetMs: 120_000, handOverMs: 60_000 },
	storm: { alerts: 6, withinMs: 60_000 },
};
