import type { Consent } from '../consent/consent.js';
import type { Processing } from '../consent/processing.js';
import type { CameraView, ShowroomView } from '../contract/api.js';
import type { Instant } from '../contract/vocabulary.js';
import type { ShowroomLog, ShowroomQueries } from '../log/log.types.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Readiness } from '../metrics/readiness.source.js';
import type { Access } from '../people/access.js';
import type { Importer } from '../people/import/importer.js';
import type { RecogniserChanges } from '../setup/recogniser-change.js';
import type { Setup } from '../setup/setup.js';
import type { Desk } from '../sockets/desk.js';
import type { Summaries } from '../summary/summaries.js';
import type { ShowroomFloor } from '../visits/showroom.js';
import type { Webhooks } from '../webhooks/webhooks.js';
import type { ConsentRooms } from './consent.routes.js';
import type { FaceCheckInRooms } from './face-checkin.routes.js';

/** The rooms that the web server lets people into. */
export interface ServerRooms {
	readonly storeName: () => string;
	readonly setup: Pick<Setup, 'storeName' | 'step' | 'view' | 'change' | 'addCamera' | 'changeCamera' | 'removeCamera'>;
	readonly consent: ConsentRooms['consent'] & Pick<Consent, 'renamed'>;
	readonly enrolment: ConsentRooms['enrolment'];
	readonly processing: Pick<Processing, 'read' | 'changed' | 'exported'>;
	readonly imports: Pick<Importer, 'upload' | 'list' | 'view' | 'change' | 'rows' | 'confirm' | 'cancel' | 'undo' | 'exported'>;
	readonly faceCheckIns: FaceCheckInRooms['faceCheckIns'];
	readonly floor: Pick<ShowroomFloor, 'checkIn' | 'alerts' | 'visits' | 'duty' | 'guests'>;
	/** Other makers' models, to choose from in the form about a visit. */
	readonly rivals: readonly string[];
	readonly desk: Pick<Desk, 'start' | 'stop' | 'messages'>;
	readonly access: Pick<
		Access,
		'accounts' | 'signIn' | 'passwordCodes' | 'sessions' | 'devices' | 'tokens' | 'hasAdministrator' | 'principal' | 'me'
	>;
	readonly summaries: Pick<Summaries, 'figures' | 'list' | 'details'>;
	readonly log: Pick<ShowroomLog, 'append' | 'lastSeq' | 'read' | 'onAppended'>;
	readonly queries: Pick<
		ShowroomQueries,
		| 'visits'
		| 'visitList'
		| 'alerts'
		| 'staff'
		| 'customerPage'
		| 'customer'
		| 'namesOf'
		| 'photographsOf'
		| 'why'
		| 'visitEvents'
		| 'visitTexts'
		| 'wishes'
		| 'guests'
		| 'tasks'
	>;
	readonly metrics: Pick<Metrics, 'text'>;
	readonly readiness: Pick<Readiness, 'unready'>;
	/** Every camera as it is now. */
	readonly cameras: () => readonly CameraView[];
	readonly webhooks: Pick<Webhooks, 'views' | 'test'>;
	readonly recogniserChanges: Pick<RecogniserChanges, 'begin' | 'change'>;
	readonly recogniser: () => Promise<ShowroomView['recogniser']>;
	/** Where the built console and kiosk lie; they need not be there. */
	readonly web: { readonly console: string; readonly kiosk: string };
	readonly now: () => Instant;
	readonly newId: () => string;
	readonly onProblem: (message: string, error: unknown) => void;
}
