import type { DevicesAnswer, NewToken, Pairing, PairingCode, Scope, TokensAnswer } from '../../../edge-agent/contract/access.api.js';
import { requestJson } from '../shared/http.client.js';

/** Paired devices and programs' tokens. All throw {@link import('../shared/http.client.js').RequestError}. */
export const fetchDevices = (language: string) => requestJson<DevicesAnswer>('/api/devices', { language });

export const postPairingCode = (body: Pairing, language: string) => requestJson<PairingCode>('/api/devices/codes', { body, language });

export const revokeDevice = (id: string, language: string) =>
	requestJson<null>(`/api/devices/${encodeURIComponent(id)}`, { method: 'DELETE', language });

export const fetchTokens = (language: string) => requestJson<TokensAnswer>('/api/tokens', { language });

export interface TokenOrder {
	readonly name: string;
	readonly scopes: readonly Scope[];
	/** null: never ends. */
	readonly days: number | null;
}
export const postToken = (body: TokenOrder, language: string) => requestJson<NewToken>('/api/tokens', { body, language });

export const revokeToken = (id: string, language: string) =>
	requestJson<null>(`/api/tokens/${encodeURIComponent(id)}`, { method: 'DELETE', language });
