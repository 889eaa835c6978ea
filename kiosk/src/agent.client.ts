import { requestJson } from '../../console/src/shared/http.client.js';
import type { MeView } from '../../edge-agent/contract/access.api.js';
import type { BrochureView, CheckIn, CheckInAnswer, HostsAnswer } from '../../edge-agent/contract/api.js';
import type { FaceCheckInForm, FaceCheckInOffer, FaceCheckInStarted, FaceCheckInView } from '../../edge-agent/contract/face-checkin.api.js';
import type { Language } from '../../edge-agent/contract/vocabulary.js';
import type { Seen } from './brochure/reading.js';

/** The agent's HTTP API, as the kiosk uses it. All throw {@link import('../../console/src/shared/http.client.js').RequestError}. */
/** Who this browser is to the agent. */
export const fetchMe = (language: Language) => requestJson<MeView>('/api/me', { language });

/** The code that makes this browser the store's kiosk. */
export const postPair = (code: string, language: Language) => requestJson<unknown>('/api/pair', { body: { code }, language });

export const fetchHosts = async (language: Language) => (await requestJson<HostsAnswer>('/api/hosts', { language })).hosts;

/** Sending the same check-in (the same id) again is harmless. */
export const postCheckIn = (checkIn: CheckIn) => requestJson<CheckInAnswer>('/api/checkins', { body: checkIn, language: checkIn.language });

export const fetchBrochures = (language: Language) => requestJson<readonly BrochureView[]>('/api/brochures', { language });

/** Reports a page read. A visitor is not troubled if it fails: it is lost. */
export function postSeen({ brochure, page, ms }: Seen): void {
	const path = `/api/brochures/${encodeURIComponent(brochure)}/views`;
	requestJson(path, { body: { page, ms }, language: 'zh', keepalive: true }).catch(() => undefined);
}

/** Whether the agent could recognise a face now. */
export const fetchFaceOffer = async () => (await requestJson<FaceCheckInOffer>('/api/face-checkins', { language: 'zh' })).offered;

export const postFaceCheckIn = (language: Language) => requestJson<FaceCheckInStarted>('/api/face-checkins', { method: 'POST', language });

export const postFacePicture = (id: string, jpeg: Blob, language: Language) =>
	requestJson<FaceCheckInView>(`/api/face-checkins/${encodeURIComponent(id)}/frames`, { body: jpeg, language });

/** Sending the same check-in (the same id) again is harmless. */
export const postFaceConfirm = (id: string, form: FaceCheckInForm) =>
	requestJson<CheckInAnswer>(`/api/face-checkins/${encodeURIComponent(id)}/confirm`, { body: form, language: form.language });

/** The visitor has left. If it fails, the agent ends the session by itself. */
export function deleteFaceCheckIn(id: string): void {
	const path = `/api/face-checkins/${encodeURIComponent(id)}`;
	requestJson(path, { method: 'DELETE', language: 'zh', keepalive: true }).catch(() => undefined);
}

/** Where a brochure's picture is. */
export const pictureUrl = (picture: string) => (picture.startsWith('/') ? picture : `/api/brochures/${picture}`);
