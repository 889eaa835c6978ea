import { fetchShowroom } from './api.client.js';
import type { DeskStore } from './store.js';

/**
 * Fetches what a screen needs first and measures how far the agent's clock is ahead of this screen's monotonic one: half of
 * the request's duration is taken for the way back.
 * @throws {import('../shared/http.client.js').RequestError}
 */
export async function loadShowroom(store: DeskStore, language: string): Promise<void> {
	const asked = performance.now();
	const showroom = await fetchShowroom(language);
	store.put({ type: 'showroom', showroom, clockOffset: showroom.now - (asked + performance.now()) / 2 });
}

/** Tries until the showroom is loaded; `connection` says how it stands. Answers how to stop. */
export function startLoading(store: DeskStore, language: string): () => void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let stopped = false;
	const attempt = async () => {
		try {
			await loadShowroom(store, language);
		} catch {
			if (stopped) return;
			store.put({ type: 'connection', connection: 'offline' });
			timer = setTimeout(attempt, 2000);
		}
	};
	void attempt();
	return () => {
		stopped = true;
		clearTimeout(timer);
	};
}
