import type { MeView, NewPasswordAnswer, SessionsAnswer } from '../../../edge-agent/contract/access.api.js';
import { requestJson } from '../shared/http.client.js';

/** Coming in and going out. All throw {@link import('../shared/http.client.js').RequestError}. */
export const fetchMe = (language: string) => requestJson<MeView>('/api/me', { language });

export const postSetup = (body: { readonly code: string; readonly name: string; readonly password: string }, language: string) =>
	requestJson<MeView>('/api/setup', { body, language });

export interface SignIn {
	readonly name: string;
	readonly password: string;
	/** Of the authenticator, or a recovery code. */
	readonly code?: string;
}
export const postSignIn = (body: SignIn, language: string) => requestJson<MeView>('/api/sign-in', { body, language });

/** A one-time code, of a link or read out. `new-password-needed`: it is for {@link postNewPassword}. */
export const postSignInLink = (code: string, language: string) => requestJson<MeView>('/api/sign-in/link', { body: { code }, language });

export const postNewPassword = (body: { readonly code: string; readonly password: string }, language: string) =>
	requestJson<NewPasswordAnswer>('/api/sign-in/password', { body, language });

/** The code that pairs this browser as a device. */
export const postPair = (code: string, language: string) => requestJson<unknown>('/api/pair', { body: { code }, language });

export const postSignOut = (language: string) => requestJson<null>('/api/sign-out', { method: 'POST', language });

/** Whose sessions: one's own, or everybody's. */
export type SessionsOf = 'me' | 'everybody';
const sessionsPath = { me: '/api/me/sessions', everybody: '/api/sessions' } as const;

export const fetchSessions = (whose: SessionsOf, language: string) => requestJson<SessionsAnswer>(sessionsPath[whose], { language });

export const endSession = (whose: SessionsOf, id: string, language: string) =>
	requestJson<null>(`${sessionsPath[whose]}/${encodeURIComponent(id)}`, { method: 'DELETE', language });
