import type { Namespace, Server, Socket } from 'socket.io';
import { z } from 'zod';
import type { AlertView, CameraView } from '../contract/api.js';
import type { LoggedEvent } from '../contract/events.js';
import type { DeskChange, DeskClientMessages, DeskHandshake, DeskServerMessages, LivePicture } from '../contract/sockets.js';
import type { Instant } from '../contract/vocabulary.js';
import { credentials } from '../http/credentials.js';
import type { ShowroomLog, ShowroomQueries } from '../log/log.types.js';
import { type Access, keyOf } from '../people/access.js';
import { refusal } from '../people/permissions.js';
import type { Principal } from '../people/principal.js';
import { deliveryEvent, deliveryId, type Told } from './deliveries.js';
import { ChangedRows, changeMessages, firstMessage } from './desk-changes.js';

/** How much a screen is told: everything, alerts without visits (a wall that anybody reads), or cameras only. */
type Sees = 'floor' | 'alerts' | 'cameras';

interface DeskSocketData {
	readonly principal: Principal;
	/** Who is told of alerts here; null: nobody in particular. */
	readonly staff: string | null;
	readonly sees: Sees;
	readonly hello: DeskHandshake;
	/** By delivery: when it was last handed to this screen (monotonic ms); Infinity once it is shown. */
	readonly handed: Map<string, number>;
}

type None = Record<string, never>;
export type DeskServer = Server<DeskClientMessages, DeskServerMessages, None, DeskSocketData>;
type DeskNamespace = Namespace<DeskClientMessages, DeskServerMessages, None, DeskSocketData>;
type DeskSocket = Socket<DeskClientMessages, DeskServerMessages, None, DeskSocketData>;

export interface DeskOptions {
	readonly log: Pick<ShowroomLog, 'append' | 'read' | 'lastSeq' | 'onAppended'>;
	readonly queries: Pick<ShowroomQueries, 'visits' | 'alerts' | 'pendingDeliveries'>;
	/** Who may come in, and whose time is over. */
	readonly access: Pick<Access, 'principal' | 'onEnded'>;
	/** Every camera as it is now. */
	readonly cameras: () => readonly CameraView[];
	/** Told whenever the set of cameras that somebody watches has changed. */
	readonly onWatched: (cameras: ReadonlySet<string>) => void;
	readonly now: () => Instant;
	readonly onProblem: (message: string, error: unknown) => void;
}

const handshakeSchema = z.object({
	device: z.string().min(1).max(64),
	after: z.number().int().nonnegative(),
});

/** A delivery that no device has confirmed is handed over again after this time. */
const AGAIN_MS = 3000;
/** A screen that connects for the first time gets the visits of this time. */
const FIRST_VISITS_MS = 24 * 60 * 60_000;
const PAGE = 1000;
/** Screens in these rooms have everything so far and get each change as it comes. */
const live = (sees: Sees) => `live:${sees}`;
const NAMESPACE = '/desk';

/**
 * The screens of consultants, reception and managers.
 *
 * What has to be delivered is a durable row (told, not yet received), written in the same transaction as the event that told it.
 * So nothing here remembers what is owed: on every occasion (an event, a connection, 3 s without an answer) the rows are asked and
 * what they say is handed over. A crash anywhere leaves the row, and the next connection delivers it.
 */
export class Desk {
	readonly #options: DeskOptions;
	readonly #screens = new Map<string, Set<DeskSocket>>();
	readonly #again = new Map<string, NodeJS.Timeout>();
	/** What a screen may send, each with an entry in the permission table. */
	readonly #handlers: {
		readonly [M in keyof DeskClientMessages]: (socket: DeskSocket, ...args: Parameters<DeskClientMessages[M]>) => void;
	} = {
		watch: (socket, camera) => this.#watch(socket, camera),
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
		for (const timer of this.#again.values()) clearTimeout(timer);
		this.#again.clear();
	}

	/** Staff with at least one screen connected. */
	reachable(): ReadonlySet<string> {
		return new Set(this.#screens.keys());
	}

	/** A camera's state has changed. */
	camera(view: CameraView): void {
		this.#namespace?.emit('camera', view);
	}

	/** A live picture, for those who watch this camera; a screen that cannot keep up misses it. */
	picture(picture: LivePicture): void {
		this.#namespace?.to(watching(picture.camera)).volatile.emit('picture', picture);
	}

	/** Finds who is at the screen. @throws Error, whose message the screen gets as its connection error. */
	#admit(socket: DeskSocket): void {
		const principal = this.#principal(socket);
		const refused = refusal(principal, `socket ${NAMESPACE} connect`);
		if (refused) throw new Error(refused);
		const hello = handshakeSchema.safeParse(socket.handshake.auth);
		if (!hello.success) throw new Error('bad-handshake');
		const person = principal.kind === 'staff' ? principal : null;
		const sees: Sees = person === null ? 'alerts' : person.role === 'installer' ? 'cameras' : 'floor';
		socket.data = { principal, staff: sees === 'floor' ? (person?.staff ?? null) : null, sees, hello: hello.data, handed: new Map() };
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
		if (staff !== null) this.#screens.set(staff, (this.#screens.get(staff) ?? new Set()).add(socket));
		socket.on('disconnect', () => {
			const screens = staff === null ? undefined : this.#screens.get(staff);
			screens?.delete(socket);
			if (staff !== null && screens?.size === 0) this.#screens.delete(staff);
			this.#watchedChanged();
		});
		for (const camera of this.#options.cameras()) socket.emit('camera', camera);
		if (socket.data.sees === 'cameras') return;
		this.#catchUp(socket).then(
			() => (staff === null ? undefined : this.#deliver(staff)),
			(error) => this.#fail('a screen could not be brought up to date', error, [socket]),
		);
	}

	#watch(socket: DeskSocket, camera: string | null): void {
		for (const room of socket.rooms) if (room.startsWith(watching(''))) void socket.leave(room);
		if (this.#options.cameras().some(({ id }) => id === camera)) void socket.join(watching(camera ?? ''));
		this.#watchedChanged();
	}

	#watchedChanged(): void {
		const rooms = [...(this.#namespace?.adapter.rooms.keys() ?? [])];
		this.#options.onWatched(new Set(rooms.filter((room) => room.startsWith(watching(''))).map((room) => room.slice(watching('').length))));
	}

	/** Sends every change since the last one that the screen has seen, then lets it take part in the live ones. */
	async #catchUp(socket: DeskSocket): Promise<void> {
		const { log, queries, now } = this.#options;
		const last = await log.lastSeq();
		let seen = socket.data.hello.after;
		// Nothing seen yet; or the log is another one than the screen knew.
		if (seen === 0 || seen > last) {
			socket.emit('change', forEyes(socket.data.sees, await firstMessage(last, now().wall - FIRST_VISITS_MS, queries)));
			seen = last;
		}
		for (;;) {
			const page = await log.read(seen, PAGE);
			const changed = new ChangedRows().add(page);
			for (const message of await changeMessages(changed, queries)) socket.emit('change', forEyes(socket.data.sees, message));
			seen = page.at(-1)?.seq ?? seen;
			if (page.length < PAGE && seen >= this.#broadcastSeq) break;
		}
		await socket.join(live(socket.data.sees));
	}

	#appended(events: readonly LoggedEvent[]): void {
		this.#changed.add(events);
		void this.#broadcast();
		for (const staff of told(events)) void this.#deliver(staff);
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
					for (const sees of ['floor', 'alerts'] as const) this.#namespace?.to(live(sees)).emit('change', forEyes(sees, message));
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

	/** Hands everything that this person has not received yet to each of their screens. */
	async #deliver(staff: string): Promise<void> {
		if (!this.#screens.has(staff)) return;
		const { queries, onProblem } = this.#options;
		try {
			const pending = await queries.pendingDeliveries(staff);
			if (pending.length === 0) return;
			const alerts = await queries.alerts({ ids: [...new Set(pending.map(({ alert }) => alert))] });
			for (const { alert: id, step } of pending) {
				const alert = alerts.find((view) => view.id === id && view.state === 'open');
				if (alert) this.#hand({ alert: id, step, staff }, alert);
			}
		} catch (error) {
			if (this.#namespace) onProblem(`alerts for ${staff} could not be delivered; it is tried again`, error);
		}
		this.#deliverAgain(staff);
	}

	#deliverAgain(staff: string): void {
		clearTimeout(this.#again.get(staff));
		if (!this.#namespace) return;
		const timer = setTimeout(() => {
			this.#again.delete(staff);
			void this.#deliver(staff);
		}, AGAIN_MS);
		this.#again.set(staff, timer);
	}

	#hand(delivery: Told, alert: AlertView): void {
		const { log, now, onProblem } = this.#options;
		const id = deliveryId(delivery);
		const at = now();
		const screens = [...(this.#screens.get(delivery.staff) ?? [])].filter(
			// A timer may fire a little early.
			({ data }) => at.mono - (data.handed.get(id) ?? Number.NEGATIVE_INFINITY) >= AGAIN_MS - 50,
		);
		if (screens.length === 0) return;
		const record = (type: 'alert.sent' | 'alert.received', devices: readonly string[]) =>
			log
				.append(devices.map((device) => deliveryEvent(type, delivery, device, now())))
				.catch((error) => onProblem(`${type} could not be written to the log`, error));
		// In the log before the answer can be, since appends keep their order; but the screen need not wait for the disk.
		void record('alert.sent', [...new Set(screens.map(({ data }) => data.hello.device))]);
		for (const socket of screens) {
			socket.data.handed.set(id, at.mono);
			socket.emit('alert', { delivery: id, step: delivery.step, alert }, () => {
				if (socket.data.handed.get(id) === Number.POSITIVE_INFINITY) return;
				socket.data.handed.set(id, Number.POSITIVE_INFINITY);
				void record('alert.received', [socket.data.hello.device]);
			});
		}
	}
}

/** A change as this kind of screen may see it. */
function forEyes(sees: Sees, change: DeskChange): DeskChange {
	return sees === 'floor' ? change : { ...change, visits: [] };
}

function watching(camera: string): string {
	return `watch:${camera}`;
}

/** The staff whom these events tell of an alert. */
function told(events: readonly LoggedEvent[]): Set<string> {
	return new Set(
		events.flatMap((event) => {
			if (event.type === 'alert.escalated') return event.body.staff;
			return event.type === 'alert.opened' || event.type === 'alert.rerouted' ? (event.body.steps[0]?.staff ?? []) : [];
		}),
	);
}
