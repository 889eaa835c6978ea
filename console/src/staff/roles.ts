import type { StaffRole } from '../../../edge-agent/contract/access.api.js';

/** The roles a person can have, those of the floor first. */
export const staffRoles: readonly StaffRole[] = ['consultant', 'adviser', 'reception', 'manager', 'administrator', 'installer'];
