import type {
	CameraChange,
	CameraSettings,
	CameraTrial,
	NewCamera,
	RecogniserChangeAnswer,
	RecogniserOrder,
	SettingsChange,
	SettingsView,
} from '../../../edge-agent/contract/setup.api.js';
import { requestJson } from '../shared/http.client.js';

/** The store's settings and its cameras. All throw {@link import('../shared/http.client.js').RequestError}. */
export const fetchSettings = (language: string) => requestJson<SettingsView>('/api/settings', { language });

export const changeSettings = (body: SettingsChange, language: string) => requestJson<SettingsView>('/api/settings', { body, language });

export const fetchRecogniserChange = (language: string) => requestJson<RecogniserChangeAnswer>('/api/recogniser', { language });

export const beginRecogniserChange = (body: RecogniserOrder, language: string) =>
	requestJson<RecogniserChangeAnswer>('/api/recogniser', { body, language });

/** The agent tries the camera before it answers. */
const trialMs = 25_000;

export const addCamera = (body: NewCamera, language: string) =>
	requestJson<CameraTrial>('/api/cameras', { body, language, timeoutMs: trialMs });

export const changeCamera = (id: string, body: CameraChange, language: string) =>
	requestJson<CameraSettings>(`/api/cameras/${encodeURIComponent(id)}`, { body, language, timeoutMs: trialMs });

export const removeCamera = (id: string, language: string) =>
	requestJson<null>(`/api/cameras/${encodeURIComponent(id)}/remove`, { method: 'POST', language, timeoutMs: trialMs });
