import type { LivePicture } from '../contract/sockets.js';
import type { DeskNamespace, DeskSocket } from './desk.types.js';
import { pictureFor, type Sees, sights } from './sees.js';

export interface WatchedOptions {
	/** Told whenever the set of cameras that somebody watches has changed. */
	readonly onWatched: (cameras: ReadonlySet<string>) => void;
	/** Likewise for those among them that somebody calibrates. */
	readonly onCalibrated: (cameras: ReadonlySet<string>) => void;
}

/** Screens in these rooms get the camera's live picture; who calibrates, with the figures of the faces in it. */
const ways = { watch: 'watch:', calibrate: 'calibrate:' } as const;
export type Watching = keyof typeof ways;
const roomOf = (how: Watching, sees: Sees, camera: string) => `${ways[how]}${sees}:${camera}`;

/** Which screen watches which camera's live picture. */
export class Watched {
	readonly #options: WatchedOptions;

	constructor(options: WatchedOptions) {
		this.#options = options;
	}

	/** The screen watches this camera from now on, and no other. @param camera null: none */
	watch(namespace: DeskNamespace, socket: DeskSocket, how: Watching, camera: string | null): void {
		for (const room of socket.rooms) if (Object.values(ways).some((way) => room.startsWith(way))) void socket.leave(room);
		if (camera !== null) void socket.join(roomOf(how, socket.data.sees, camera));
		this.changed(namespace);
	}

	/** Somebody watches another camera, or has gone. */
	changed(namespace: DeskNamespace): void {
		const rooms = [...namespace.adapter.rooms.keys()];
		const camerasOf = (how: Watching) =>
			rooms.filter((room) => room.startsWith(ways[how])).map((room) => room.slice(room.indexOf(':', ways[how].length) + 1));
		const calibrated = camerasOf('calibrate');
		this.#options.onWatched(new Set([...camerasOf('watch'), ...calibrated]));
		this.#options.onCalibrated(new Set(calibrated));
	}

	/** A live picture, for those who watch this camera; a screen that cannot keep up misses it. */
	picture(namespace: DeskNamespace, picture: LivePicture): void {
		const { camera } = picture;
		for (const sees of sights) {
			const shown = pictureFor(sees, picture);
			namespace.to(roomOf('watch', sees, camera)).volatile.emit('picture', { ...shown, look: null });
			namespace.to(roomOf('calibrate', sees, camera)).volatile.emit('picture', shown);
		}
	}
}
