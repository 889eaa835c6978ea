import type { RecoveryCodes, TotpEnrolment } from '../../../edge-agent/contract/access.api.js';
import { requestJson } from '../shared/http.client.js';

/** One's own account. All throw {@link import('../shared/http.client.js').RequestError}. */
export const postPassword = (body: { readonly current: string; readonly password: string }, language: string) =>
	requestJson<null>('/api/me/password', { body, language });

export const postTotp = (password: string, language: string) =>
	requestJson<TotpEnrolment>('/api/me/totp', { body: { password }, language });

export const confirmTotp = (code: string, language: string) =>
	requestJson<RecoveryCodes>('/api/me/totp/confirm', { body: { code }, language });

export const removeTotp = (password: string, language: string) =>
	requestJson<null>('/api/me/totp/remove', { body: { password }, language });
