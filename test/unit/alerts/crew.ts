import type { StaffView } from '../../../edge-agent/contract/api.js';
import type { Role } from '../../../edge-agent/contract/vocabulary.js';

export function person(id: string, role: Role, onDuty = true): StaffView {
	return { id, name: id, role, onDuty };
}

export const alertRules = { stepMs: 20_000, managerMs: 45_000, redMs: 60_000 };
