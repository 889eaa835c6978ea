import type { EventDraft } from '../contract/events.js';
import type { Instant } from '../contract/vocabulary.js';
import type { ShowroomLog } from '../log/log.types.js';
import { deliveryEvent, type Told } from './deliveries.js';

export interface DeliveryRecordsOptions {
	readonly log: Pick<ShowroomLog, 'append'>;
	readonly now: () => Instant;
	readonly onProblem: (message: string, error: unknown) => void;
}

/**
 * One commit for what comes within this time: an alert's sending and its receipt on each device would take three, and the next arrival waits for them. What
 * is lost when the agent dies meanwhile is handed again to devices that know what they have shown.
 */
const TOGETHER_MS = 50;

/** Writes down what was handed to which device, and what they show, in the order in which it happened. */
export class DeliveryRecords {
	readonly #options: DeliveryRecordsOptions;
	#drafts: EventDraft[] = [];
	#timer: NodeJS.Timeout | undefined;

	constructor(options: DeliveryRecordsOptions) {
		this.#options = options;
	}

	add(type: 'alert.sent' | 'alert.received', told: Told, devices: Iterable<string>): void {
		const at = this.#options.now();
		for (const device of devices) this.#drafts.push(deliveryEvent(type, told, device, at));
		this.#timer ??= setTimeout(() => this.#write(), TOGETHER_MS);
	}

	/** What was added before is on its way to the log when this returns. */
	stop(): void {
		clearTimeout(this.#timer);
		if (this.#drafts.length > 0) this.#write();
	}

	#write(): void {
		const { log, onProblem } = this.#options;
		const drafts = this.#drafts;
		this.#drafts = [];
		this.#timer = undefined;
		log.append(drafts).catch((error) => onProblem('what was delivered to whom could not be written to the log', error));
	}
}
