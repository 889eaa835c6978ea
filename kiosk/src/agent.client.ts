import { agent } from '../../console/src/shared/http.client.js';
import type { CheckIn } from '../../edge-agent/contract/api.js';
import type { FaceCheckInForm } from '../../edge-agent/contract/face-checkin.api.js';
import type { Language } from '../../edge-agent/contract/vocabulary.js';
import type { Seen } from './brochure/reading.js';

/** The agent's HTTP API, as the kiosk uses it. All throw {@link import('../../console/src/shared/http.client.js').RequestError}. */
/** Who this browser is to the agent. */
export const fetchMe = (language: Language) => agent.call('GET /api/me', { language });

/** The code that makes this browser the store's kiosk. */
export const postPair = (code: string, language: Language) => agent.call('POST /api/pair', { body: { code }, language });

export const fetchHosts = async (language: Language) => (await agent.call('GET /api/hosts', { language })).hosts;

/** Sending the same check-in (the same id) again is harmless. */
export const postCheckIn = (checkIn: CheckIn) =>
	agent.call('POST /api/checkins', { body: checkIn, key: checkIn.id, language: checkIn.language });

export const fetchBrochures = (language: Language) => agent.call('GET /api/brochures', { language });

/** Reports a page read. A visitor is not troubled if it fails: it is lost. */
export function postSeen({ brochure, page, ms }: Seen): void {
	const read = { params: { id: brochure }, body: { page, ms }, language: 'zh', keepalive: true };
	agent.call('POST /api/brochures/:id/views', read).catch(() => undefined);
}

/** Whether the agent could recognise a face now. */
export const fetchFaceOffer = async () => (await agent.call('GET /api/face-checkins', { language: 'zh' })).offered;

export const postFaceCheckIn = (language: Language) => agent.call('POST /api/face-checkins', { language });

export const postFacePicture = (id: string, jpeg: Blob, language: Language) =>
	agent.call('POST /api/face-checkins/:id/frames', { params: { id }, body: jpeg, language });

/** Sending the same check-in (the same id) again is harmless. */
export const postFaceConfirm = (id: string, form: FaceCheckInForm) =>
	agent.call('POST /api/face-checkins/:id/confirm', { params: { id }, body: form, key: form.id, language: form.language });

/** The visitor has left. If it fails, the agent ends the session by itself. */
export function deleteFaceCheckIn(id: string): void {
	agent.call('DELETE /api/face-checkins/:id', { params: { id }, language: 'zh', keepalive: true }).catch(() => undefined);
}

/** Where a brochure's picture is. */
export const pictureUrl = (picture: string) => (picture.startsWith('/') ? picture : `/api/brochures/${picture}`);
