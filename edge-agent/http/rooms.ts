import type { CameraView, ShowroomView } from '../contract/api.js';
import type { Instant } from '../contract/vocabulary.js';
import type { ShowroomLog, ShowroomQueries } from '../log/log.types.js';
import type { Desk } from '../sockets/desk.js';
import type { ShowroomFloor } from '../visits/showroom.js';

/** The rooms that the web server lets people into. */
export interface ServerRooms {
	readonly storeName: string;
	readonly floor: Pick<ShowroomFloor, 'checkIn' | 'accept' | 'greet' | 'close'>;
	readonly desk: Pick<Desk, 'start' | 'stop'>;
	readonly log: Pick<ShowroomLog, 'append' | 'lastSeq'>;
	readonly queries: Pick<ShowroomQueries, 'visits' | 'alerts' | 'staff'>;
	/** Every camera as it is now. */
	readonly cameras: () => readonly CameraView[];
	readonly recogniser: () => ShowroomView['recogniser'];
	/** Where the built console and kiosk lie; they need not be there. */
	readonly web: { readonly console: string; readonly kiosk: string };
	readonly now: () => Instant;
	readonly newId: () => string;
	readonly onProblem: (message: string, error: unknown) => void;
}
