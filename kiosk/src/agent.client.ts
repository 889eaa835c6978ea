import { requestJson } from '../../console/src/shared/http.client.js';
import type { MeView } from '../../edge-agent/contract/access.api.js';
import type { BrochureView, CheckIn, CheckInAnswer, HostsAnswer } from '../../edge-agent/contract/api.js';
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

/** Where a brochure's picture is. */
export const pictureUrl = (picture: string) => (picture.startsWith('/') ? picture : `/api/brochures/${picture}`);
