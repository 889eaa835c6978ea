import type { PasswordCode, StaffAccountView, StaffAnswer, StaffRole } from '../../../edge-agent/contract/access.api.js';
import { requestJson } from '../shared/http.client.js';

/** The staff as the administrator keeps them. All throw {@link import('../shared/http.client.js').RequestError}. */
export const fetchStaff = (language: string) => requestJson<StaffAnswer>('/api/staff', { language });

export interface NewStaff {
	readonly name: string;
	readonly role: StaffRole;
	readonly onDuty: boolean;
}
export const addStaff = (body: NewStaff, language: string) => requestJson<StaffAccountView>('/api/staff', { body, language });

export interface StaffChange {
	readonly name?: string;
	readonly role?: StaffRole;
	readonly onDuty?: boolean;
	readonly disabled?: boolean;
}
export const changeStaff = (id: string, body: StaffChange, language: string) =>
	requestJson<StaffAccountView>(path(id), { method: 'PATCH', body, language });

/** A one-time code with which they choose their password. */
export const postPasswordCode = (id: string, language: string) =>
	requestJson<PasswordCode>(`${path(id)}/password-code`, { method: 'POST', language });

export const removeStaffTotp = (id: string, language: string) => requestJson<null>(`${path(id)}/totp`, { method: 'DELETE', language });

const path = (id: string) => `/api/staff/${encodeURIComponent(id)}`;
