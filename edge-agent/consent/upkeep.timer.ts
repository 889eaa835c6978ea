import type { Consent } from './consent.js';

/** What is due is looked for this often. */
const UPKEEP_MS = 60 * 60_000;
/** A list of erasures that could not be written is tried again this often. */
const RETRY_MS = 30_000;

/** Keeps what consent promises while the agent runs: expiry, retention, lists of erasures. */
export class ConsentUpkeep {
	readonly #consent: Pick<Consent, 'upkeep' | 'pending' | 'writeErasures'>;
	readonly #onProblem: (message: string, error: unknown) => void;
	#timers: NodeJS.Timeout[] = [];
	#turn: Promise<void> = Promise.resolve();

	constructor(consent: Pick<Consent, 'upkeep' | 'pending' | 'writeErasures'>, onProblem: (message: string, error: unknown) => void) {
		this.#consent = consent;
		this.#onProblem = onProblem;
	}

	start(): void {
		const inTurn = (work: () => Promise<unknown>) => {
			this.#turn = this.#turn.then(work).then(
				() => {},
				(error) => this.#onProblem('expired data could not be erased; it is tried again', error),
			);
		};
		this.#timers = [
			setInterval(() => inTurn(() => this.#consent.upkeep()), UPKEEP_MS),
			setInterval(() => {
				if (this.#consent.pending.length > 0) inTurn(() => this.#consent.writeErasures());
			}, RETRY_MS),
		];
	}

	/** Waits for what is being done. */
	async stop(): Promise<void> {
		for (const timer of this.#timers) clearInterval(timer);
		this.#timers = [];
		await this.#turn;
	}
}
