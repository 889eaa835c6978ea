import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { CameraView } from '../contract/api.js';
import type { LoggedEvent } from '../contract/events.js';
import { type DeskClientMessages, type LivePicture, presentSchema, type ScreenView } from '../contract/sockets.js';
import { credentials } from '../http/credentials.js';
import type { ShowroomLog, ShowroomQueries } from '../log/log.types.js';
import { type Access, keyOf } from '../people/access.js';
import { refusal } from '../people/permissions.js';
import type { Principal } from '../people/principal.js';
import { ChangedLists } from './changed-lists.js';
import type { DeskNamespace, DeskServer, DeskSocket } from './desk.types.js';
import { ChangedRows, changeMessages, firstMessage } from './desk-changes.js';
import { HandOver, type HandOverOptions } from './hand-over.js';
import { Screens } from './screens.js';
import { changeFor, type Sees, seesOf } from './sees.js';
import { touchedBy } from './touched.js';
import { Watched, type WatchedOptions, type Watching } from './watched.js';

export interface DeskOptions extends HandOverOptions, WatchedOptions {
	readonly log: Pick<ShowroomLog, 'append' | 'read' | 'lastSeq' | 'onAppended'>;
	readonly queries: Pick<ShowroomQueries, 'visits' | 'alerts' | 'pendingDeliveries'>;
	/** Who may come in, and whose time is over. */
	readonly access: Pick<Access, 'principal' | 'onEnded'>;
	/** Every camera as it is now. */
	readonly cameras: () => readonly CameraView[];
}

const handshakeSchema = z.object({
	device: z.string().min(1).max(64),
	after: z.number().int().nonnegative(),
	visible: z.boolean().default(true),
});

/** A screen that connects for the first time gets the visits of this time. */
const FIRST_VISITS_MS = 24 * 60 * 60_000;
const PAGE = 1000;
/**
 * After a change the next one waits for so long, and takes with it what has come meanwhile: a message to 200 screens costs 200 system calls here and as many
 * wake-ups there.
 */
const TOGETHER_MS = 25;
/** Screens in these rooms have everything so far and get each change as it comes. */
const live = (sees: Sees) => `live:${sees}`;
const NAMESPACE = '/desk';

/** The screens of consultants, reception and managers: who may have one, and what each is told. */
export class Desk {
	readonly #options: DeskOptions;
	readonly #lists = new ChangedLists((change) => this.#namespace?.to(live('floor')).emit('lists', change));
	readonly #screens = new Screens(() => {
		if (this.#namespace) this.#lists.add(null, ['reception']);
	});
	readonly #watched: Watched;
	readonly #handOver: HandOver;
	/** What a screen may send, each with an entry in the permission table. Whatever comes with it may be anything. */
	readonly #handlers: { readonly [M in keyof DeskClientMessages]: (socket: DeskSocket, ...args: readonly unknown[]) => void } = {
		present: (socket, present, heard) => this.#present(socket, present, heard),
		watch: (socket, camera) => this.#watch(socket, 'watch', camera),
		calibrate: (socket, camera) => this.#watch(socket, 'calibrate', camera),
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
		this.#watched = new Watched(options);
		this.#handOver = new HandOver(options, this.#screens);
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
		const namespace = this.#namespace;
		// First: nobody is told who is gone any more.
		this.#namespace = null;
		namespace?.disconnectSockets(true);
		this.#handOver.stop();
		this.#lists.stop();
	}

	/** Staff of whom at least one screen would show an alert now: connected, answering pings, and in sight or within hearing. */
	reachable(): ReadonlySet<string> {
		return this.#screens.reachable();
	}

	/** The devices of the staff that are connected, and whether each would show an alert now. */
	devices(): readonly ScreenView[] {
		return this.#screens.views();
	}

	/** A camera's state has changed. */
	camera(view: CameraView): void {
		this.#namespace?.emit('camera', view);
	}

	/** A live picture, for those who watch this camera; a screen that cannot keep up misses it. */
	picture(picture: LivePicture): void {
		if (this.#namespace) this.#watched.picture(this.#namespace, picture);
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
		const { device, after, visible } = hello.data;
		const presence = { visible, since: this.#options.now().wall };
		socket.data = { principal, staff, sees, device, after, presence, handed: new Map() };
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
			socket.on(message as keyof DeskClientMessages, (...args: readonly unknown[]) => handle(socket, ...args));
		if (staff !== null) this.#screens.come(staff, socket);
		socket.on('disconnect', () => {
			if (staff !== null) this.#screens.gone(staff, socket);
			if (this.#namespace) this.#watched.changed(this.#namespace);
		});
		for (const camera of this.#options.cameras()) socket.emit('camera', camera);
		if (socket.data.sees === 'cameras') return;
		this.#catchUp(socket).then(
			() => (staff === null ? undefined : this.#handOver.deliver(staff)),
			(error) => this.#fail('a screen could not be brought up to date', error, [socket]),
		);
	}

	#present(socket: DeskSocket, said: unknown, heard: unknown): void {
		const present = presentSchema.safeParse(said);
		if (!present.success || typeof heard !== 'function') return;
		const { staff } = socket.data;
		if (staff !== null) this.#screens.present(staff, socket, present.data.visible, this.#options.now().wall);
		heard();
	}

	#watch(socket: DeskSocket, how: Watching, camera: unknown): void {
		const known = this.#options.cameras().find(({ id }) => id === camera);
		if (this.#namespace) this.#watched.watch(this.#namespace, socket, how, known?.id ?? null);
	}

	/** Sends every change since the last one that the screen has seen, then lets it take part in the live ones. */
	async #catchUp(socket: DeskSocket): Promise<void> {
		const { log, queries, now } = this.#options;
		const last = await log.lastSeq();
		let seen = socket.data.after;
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
		// First: whoever is told waits for it.
		this.#handOver.hear(events);
		this.#changed.add(events);
		void this.#broadcast();
		const lists = events.flatMap((event) => touchedBy(event).lists ?? []);
		this.#lists.add(events.at(-1)?.seq ?? null, lists);
	}

	/** Sends live screens what has changed; what comes in meanwhile goes together into the next message. */
	async #broadcast(): Promise<void> {
		if (this.#broadcasting) return;
		this.#broadcasting = true;
		try {
			while (this.#namespace && !this.#changed.empty) {
				const changed = this.#changed;
				this.#changed = new ChangedRows();
				const messages = await changeMessages(changed, this.#options.queries);
				this.#broadcastSeq = changed.seq;
				for (const message of messages)
					for (const sees of ['floor', 'alerts'] as const) this.#namespace?.to(live(sees)).emit('change', changeFor(sees, message));
				await sleep(TOGETHER_MS);
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
