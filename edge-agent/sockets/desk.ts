import { z } from 'zod';
import type { CameraView } from '../contract/api.js';
import type { LoggedEvent } from '../contract/events.js';
import type { DeskClientMessages, LivePicture } from '../contract/sockets.js';
import { credentials } from '../http/credentials.js';
import type { ShowroomLog, ShowroomQueries } from '../log/log.types.js';
import { type Access, keyOf } from '../people/access.js';
import { refusal } from '../people/permissions.js';
import type { Principal } from '../people/principal.js';
import type { DeskNamespace, DeskServer, DeskSocket } from './desk.types.js';
import { ChangedRows, changeMessages, firstMessage } from './desk-changes.js';
import { HandOver, type HandOverOptions } from './hand-over.js';
import { changeFor, pictureFor, type Sees, seesOf, sights } from './sees.js';

export interface DeskOptions extends HandOverOptions {
	readonly log: Pick<ShowroomLog, 'append' | 'read' | 'lastSeq' | 'onAppended'>;
	readonly queries: Pick<ShowroomQueries, 'visits' | 'alerts' | 'pendingDeliveries'>;
	/** Who may come in, and whose time is over. */
	readonly access: Pick<Access, 'principal' | 'onEnded'>;
	/** Every camera as it is now. */
	readonly cameras: () => readonly CameraView[];
	/** Told whenever the set of cameras that somebody watches has changed. */
	readonly onWatched: (cameras: ReadonlySet<string>) => void;
	/** Likewise for those among them that somebody calibrates. */
	readonly onCalibrated: (cameras: ReadonlySet<string>) => void;
}

const handshakeSchema = z.object({
	device: z.string().min(1).max(64),
	after: z.number().int().nonnegative(),
});

/** A screen that connects for the first time gets the visits of this time. */
const FIRST_VISITS_MS = 24 * 60 * 60_000;
const PAGE = 1000;
/** Screens in these rooms have everything so far and get each change as it comes. */
const live = (sees: Sees) => `live:${sees}`;
/** Screens in these rooms get the camera's live picture. */
const WATCH = 'watch:';
/** The same with the figures of the faces in it. */
const CALIBRATE = 'calibrate:';
const watching = (room: typeof WATCH | typeof CALIBRATE, sees: Sees, camera: string) => `${room}${sees}:${camera}`;
const NAMESPACE = '/desk';

/** The screens of consultants, reception and managers: who may have one, and what each is told. */
export class Desk {
	readonly #options: DeskOptions;
	readonly #handOver: HandOver;
	/** What a screen may send, each with an entry in the permission table. */
	readonly #handlers: {
		readonly [M in keyof DeskClientMessages]: (socket: DeskSocket, ...args: Parameters<DeskClientMessages[M]>) => void;
	} = {
		watch: (socket, camera) => this.#watch(socket, WATCH, camera),
		calibrate: (socket, camera) => this.#watch(socket, CALIBRATE, camera),
	};
	#namespace: DeskNamespace | null = null;
	#unsubscribe = () => {};
	#unsubscribeEnded = () => {};
	#changed = new ChangedRows();
	#broadcasting = false;
	/** Up to here every live screen has everything. */
	#broadcastSeq = 0;

	constructor(options: DeskOptions) {
		this.#options = options;
		this.#handOver = new HandOver(options);
	}

	/** The keys of the permission table, without `socket `. */
	get messages(): readonly string[] {
		return ['connect', ...Object.keys(this.#handlers)].map((message) => `${NAMESPACE} ${message}`);
	}

	start(server: DeskServer): void {
		const namespace = server.of(NAMESPACE);
		this.#namespace = namespace;
		namespace.use((socket, next) => {
			try {
				this.#admit(socket);
				next();
			} catch (error) {
				next(error instanceof Error ? error : new Error('not-allowed'));
			}
		});
		namespace.on('connection', (socket) => this.#connected(socket));
		this.#unsubscribeEnded = this.#options.access.onEnded((keys) => {
			for (const socket of namespace.sockets.values()) {
				const key = keyOf(socket.data.principal);
				if (key !== null && keys.includes(key)) socket.disconnect(true);
			}
		});
		this.#unsubscribe = this.#options.log.onAppended((events) => this.#appended(events));
	}

	stop(): void {
		this.#unsubscribe();
		this.#unsubscribeEnded();
		this.#namespace?.disconnectSockets(true);
		this.#namespace = null;
		this.#handOver.stop();
	}

	/** Staff with at least one screen connected. */
	reachable(): ReadonlySet<string> {
		return this.#handOver.reachable();
	}

	/** A camera's state has changed. */
	camera(view: CameraView): void {
		this.#namespace?.emit('camera', view);
	}

	/** A live picture, for those who watch this camera; a screen that cannot keep up misses it. */
	picture(picture: LivePicture): void {
		const { camera } = picture;
		for (const sees of sights) {
			const shown = pictureFor(sees, picture);
			this.#namespace?.to(watching(WATCH, sees, camera)).volatile.emit('picture', { ...shown, look: null });
			this.#namespace?.to(watching(CALIBRATE, sees, camera)).volatile.emit('picture', shown);
		}
	}

	/** Finds who is at the screen. @throws Error, whose message the screen gets as its connection error. */
	#admit(socket: DeskSocket): void {
		const principal = this.#principal(socket);
		const refused = refusal(principal, `socket ${NAMESPACE} connect`);
		if (refused) throw new Error(refused);
		const hello = handshakeSchema.safeParse(socket.handshake.auth);
		if (!hello.success) throw new Error('bad-handshake');
		const sees = seesOf(principal);
		const staff = principal.kind === 'staff' && sees === 'floor' ? principal.staff : null;
		socket.data = { principal, staff, sees, hello: hello.data, handed: new Map() };
	}

	#principal({ request }: DeskSocket): Principal {
		return this.#options.access.principal(credentials(request.headers, request.socket));
	}

	#connected(socket: DeskSocket): void {
		const { principal, staff } = socket.data;
		// Between being let in and being here its session may have ended.
		if (refusal(this.#principal(socket), `socket ${NAMESPACE} connect`)) {
			socket.disconnect(true);
			return;
		}
		socket.use(([message, ...args], next) => {
			const refused = refusal(principal, `socket ${NAMESPACE} ${message}`);
			if (!refused) return next();
			const answer: unknown = args.at(-1);
			if (typeof answer === 'function') answer({ error: { code: refused } });
		});
		for (const [message, handle] of Object.entries(this.#handlers))
			socket.on(message as keyof DeskClientMessages, (...args) => handle(socket, ...args));
		if (staff !== null) this.#handOver.come(staff, socket);
		socket.on('disconnect', () => {
			if (staff !== null) this.#handOver.gone(staff, socket);
			this.#watchedChanged();
		});
		for (const camera of this.#options.cameras()) socket.emit('camera', camera);
		if (socket.data.sees === 'cameras') return;
		this.#catchUp(socket).then(
			() => (staff === null ? undefined : this.#handOver.deliver(staff)),
			(error) => this.#fail('a screen could not be brought up to date', error, [socket]),
		);
	}

	#watch(socket: DeskSocket, how: typeof WATCH | typeof CALIBRATE, camera: string | null): void {
		for (const room of socket.rooms) if (room.startsWith(WATCH) || room.startsWith(CALIBRATE)) void socket.leave(room);
		if (this.#options.cameras().some(({ id }) => id === camera)) void socket.join(watching(how, socket.data.sees, camera ?? ''));
		this.#watchedChanged();
	}

	#watchedChanged(): void {
		const rooms = [...(this.#namespace?.adapter.rooms.keys() ?? [])];
		const camerasOf = (how: string) =>
			rooms.filter((room) => room.startsWith(how)).map((room) => room.slice(room.indexOf(':', how.length) + 1));
		const calibrated = camerasOf(CALIBRATE);
		this.#options.onWatched(new Set([...camerasOf(WATCH), ...calibrated]));
		this.#options.onCalibrated(new Set(calibrated));
	}

	/** Sends every change since the last one that the screen has seen, then lets it take part in the live ones. */
	async #catchUp(socket: DeskSocket): Promise<void> {
		const { log, queries, now } = this.#options;
		const last = await log.lastSeq();
		let seen = socket.data.hello.after;
		// Nothing seen yet; or the log is another one than the screen knew.
		if (seen === 0 || seen > last) {
			socket.emit('change', changeFor(socket.data.sees, await firstMessage(last, now().wall - FIRST_VISITS_MS, queries)));
			seen = last;
		}
		for (;;) {
			const page = await log.read(seen, PAGE);
			const changed = new ChangedRows().add(page);
			for (const message of await changeMessages(changed, queries)) socket.emit('change', changeFor(socket.data.sees, message));
			seen = page.at(-1)?.seq ?? seen;
			if (page.length < PAGE && seen >= this.#broadcastSeq) break;
		}
		await socket.join(live(socket.data.sees));
	}

	#appended(events: readonly LoggedEvent[]): void {
		this.#changed.add(events);
		void this.#broadcast();
		this.#handOver.hear(events);
	}

	/** Sends live screens what has changed; what comes in meanwhile goes together into the next message. */
	async #broadcast(): Promise<void> {
		if (this.#broadcasting) return;
		this.#broadcasting = true;
		try {
			while (!this.#changed.empty) {
				const changed = this.#changed;
				this.#changed = new ChangedRows();
				const messages = await changeMessages(changed, this.#options.queries);
				this.#broadcastSeq = changed.seq;
				for (const message of messages)
					for (const sees of ['floor', 'alerts'] as const) this.#namespace?.to(live(sees)).emit('change', changeFor(sees, message));
			}
		} catch (error) {
			this.#fail('screens could not be told of a change', error, [...(this.#namespace?.sockets.values() ?? [])]);
		} finally {
			this.#broadcasting = false;
		}
	}

	/** A screen that missed something starts again: on reconnection it says what it has and gets the rest. */
	#fail(message: string, error: unknown, screens: readonly DeskSocket[]): void {
		if (!this.#namespace) return;
		this.#options.onProblem(message, error);
		for (const socket of screens) socket.conn.close();
	}
}
