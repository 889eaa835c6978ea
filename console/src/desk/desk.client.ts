import { io, type Socket } from 'socket.io-client';
import type { DeskClientMessages, DeskHandshake, DeskServerMessages, LivePicture } from '../../../edge-agent/contract/sockets.js';
import { RequestError, tellSignedOut } from '../shared/http.client.js';
import { fetchOpenAlerts, postAct } from './api.client.js';
import type { Presence } from './presence.client.js';
import { readShown, writeShown } from './settings.client.js';
import { loadShowroom } from './showroom.client.js';
import type { AlertAct } from './state.js';
import type { DeskStore } from './store.js';

export interface DeskOptions {
	readonly store: DeskStore;
	readonly staff: string;
	readonly device: string;
	/** Whether this person is told of alerts; an installer sees cameras only. */
	readonly told: boolean;
	readonly language: () => string;
	/** An alert for this person that this screen has not shown before. */
	readonly onNewAlert: () => void;
	/** Whether an alert would be noticed here, now and whenever that changes. */
	readonly presence: Presence;
}

/** This screen's line to the agent: what comes goes into the store, what the person does goes out. */
export interface Desk {
	start(): void;
	stop(): void;
	/** Does it and puts how it went into the store. Never throws. */
	act(alert: string, act: AlertAct): Promise<void>;
	/** Tells the agent that these deliveries are on the screen. */
	acknowledge(deliveries: readonly string[]): void;
	/**
	 * Asks for a camera's pictures until the answered function is called. One camera at a time: the last asked for wins.
	 * @param how `calibrate`: with the figures of the faces in them
	 */
	watch(camera: string, onPicture: (picture: LivePicture) => void, how: 'watch' | 'calibrate'): () => void;
}

const retryMs = 3000;
/** A connection without an answer for so long is dead, as one that slept with its device may be. */
const answerMs = 3000;

/** The agent's error codes for which trying again would change nothing. */
const refusals = ['taken', 'over', 'no-such-alert'];

export function createDesk({ store, staff, device, told, language, onNewAlert, presence }: DeskOptions): Desk {
	const socket: Socket<DeskServerMessages, DeskClientMessages> = io('/desk', {
		autoConnect: false,
		reconnectionDelayMax: 5000,
		transports: ['websocket', 'polling'],
		auth: (give) => give({ device, after: store.get().lastSeq, visible: presence.visible() } satisfies DeskHandshake),
	});
	const receipts = new Map<string, () => void>();
	const shown = new Set(readShown());
	let watching: {
		readonly camera: string;
		readonly how: 'watch' | 'calibrate';
		readonly onPicture: (picture: LivePicture) => void;
	} | null = null;
	let retry: ReturnType<typeof setTimeout> | undefined;
	let running = false;
	let unsubscribe = () => {};

	/** Says whether an alert would be noticed here. */
	const sayPresent = () => {
		if (!socket.connected) return;
		socket.timeout(answerMs).emit('present', { visible: presence.visible() }, (error) => {
			// It comes back by itself, on a new connection.
			if (error) socket.io.engine.close();
		});
	};

	/** First everything that is open, as of a seq; then, by the socket, every change after it. */
	const begin = async () => {
		try {
			if (told) {
				const { alerts, lastSeq } = await fetchOpenAlerts(language());
				if (!running) return;
				store.put({ type: 'snapshot', alerts, lastSeq });
			}
			socket.connect();
		} catch {
			if (!running) return;
			store.put({ type: 'connection', connection: 'offline' });
			again();
		}
	};

	const again = () => {
		clearTimeout(retry);
		retry = setTimeout(begin, retryMs);
	};

	/** Clock, staff and cameras may have changed meanwhile. A log that is shorter than what was seen is another log: begin anew. */
	const refresh = async () => {
		const seen = store.get().lastSeq;
		try {
			await loadShowroom(store, language());
		} catch {
			return; // The socket is up; the next connection refreshes again.
		}
		if (!running || (store.get().showroom?.lastSeq ?? 0) >= seen) return;
		socket.disconnect();
		await begin();
	};

	socket.on('connect', () => {
		store.put({ type: 'connection', connection: 'online' });
		if (watching) socket.emit(watching.how, watching.camera);
		void refresh();
	});
	socket.on('disconnect', (reason) => {
		if (!running) return;
		store.put({ type: 'connection', connection: 'offline' });
		// socket.io comes back by itself, except when it was the agent who ended it.
		if (reason === 'io server disconnect') again();
	});
	socket.on('connect_error', ({ message }) => {
		if (!running) return;
		if (message === 'sign-in-needed') tellSignedOut();
		store.put({ type: 'connection', connection: 'offline' });
		if (!socket.active) again();
	});
	socket.on('change', (change) => store.put({ type: 'change', change }));
	socket.on('camera', (camera) => store.put({ type: 'camera', camera }));
	socket.on('picture', (picture) => {
		if (picture.camera === watching?.camera) watching.onPicture(picture);
	});
	socket.on('alert', (delivery, received) => {
		receipts.set(delivery.delivery, received);
		store.put({ type: 'delivery', delivery });
		if (shown.has(delivery.delivery)) return;
		shown.add(delivery.delivery);
		writeShown([...shown]);
		const { state, acknowledgedBy, quiet } = delivery.alert;
		// Somebody else has it and has not walked up: whoever is told now is called in.
		if (!quiet && (state === 'open' || (state === 'acknowledged' && acknowledgedBy !== staff))) onNewAlert();
	});

	return {
		start() {
			running = true;
			unsubscribe = presence.subscribe(sayPresent);
			void begin();
		},
		stop() {
			running = false;
			unsubscribe();
			clearTimeout(retry);
			socket.disconnect();
		},
		async act(alert, act) {
			store.put({ type: 'act', alert, act });
			try {
				store.put({ type: 'act-answered', alert: await postAct(alert, act, language()), staff });
			} catch (error) {
				const message = error instanceof Error ? error.message : String(error);
				if (error instanceof RequestError && refusals.includes(error.code)) {
					store.put({ type: 'act-refused', alert, error: message, taken: error.code === 'taken' });
				} else {
					const network = !(error instanceof RequestError) || error.code === 'network';
					store.put({ type: 'act-failed', alert, error: message, network });
				}
			}
		},
		acknowledge(deliveries) {
			for (const delivery of deliveries) {
				receipts.get(delivery)?.();
				receipts.delete(delivery);
			}
			store.put({ type: 'acknowledged', deliveries });
		},
		watch(camera, onPicture, how) {
			const mine = { camera, how, onPicture };
			watching = mine;
			if (socket.connected) socket.emit(how, camera);
			return () => {
				if (watching !== mine) return;
				watching = null;
				if (socket.connected) socket.emit('watch', null);
			};
		},
	};
}
