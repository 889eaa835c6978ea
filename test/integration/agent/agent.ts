import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { StaffRole } from '../../../edge-agent/contract/access.api.js';
import type { CheckIn, CheckInAnswer } from '../../../edge-agent/contract/api.js';
import type { EventType, LoggedEvent } from '../../../edge-agent/contract/events.js';
import type { AlertDelivery, DeskClientMessages, DeskServerMessages } from '../../../edge-agent/contract/sockets.js';
import { createFaceEngine } from '../../../edge-agent/vision/engine.js';
import { openModelStore } from '../../../models/model-store.js';
import { hire, type Keys } from '../../access.js';
import { Command, type CommandOptions, showroom } from '../cli/command.js';

/** A data directory with staff and settings, and the agents started on it one after the other. */
export class Showroom {
	readonly dataDir: string;
	readonly config: string;
	agent: Command | null = null;
	#keys: Keys | null = null;
	#url = '';
	#port = 0;

	/** @param modelsDir networks that are built already */
	private constructor(modelsDir: string) {
		const folder = mkdtempSync(join(tmpdir(), 'showroom-agent-'));
		this.dataDir = join(folder, 'data');
		this.config = join(folder, 'showroom.yaml');
		mkdirSync(this.dataDir);
		symlinkSync(modelsDir, join(this.dataDir, 'models'));
	}

	/** @param staff role by id */
	static async make(modelsDir: string, staff: Readonly<Record<string, StaffRole>>, settings: object = {}): Promise<Showroom> {
		const made = new Showroom(modelsDir);
		made.configure(settings);
		made.#keys = await hire(
			made.dataDir,
			Object.entries(staff).map(([id, role]) => ({ id, name: id, role })),
		);
		return made;
	}

	/** For the next start. */
	configure(settings: object): void {
		// JSON is YAML.
		writeFileSync(this.config, JSON.stringify({ recognition: { workers: 1 }, ...settings }));
	}

	/** The cookie of somebody who is signed in. */
	cookie(staff: string): string {
		return this.#keys?.sessions.get(staff) ?? '';
	}

	/** Where the agent answers, ending in a slash. */
	get url(): string {
		return this.#url;
	}

	/** Starts the agent: the first time on any free port, then on the same one, so that screens find it again. Answers once it is ready. */
	async start(options: CommandOptions = {}): Promise<Command> {
		const args = ['start', '--config', this.config, '--data', this.dataDir, '--port', `${this.#port}`];
		this.agent = new Command(args, options);
		const [, url = ''] = await this.agent.says(/Console: (\S+)/, 60_000);
		this.#url = url;
		this.#port = Number(new URL(url).port);
		return this.agent;
	}

	/** What the visitor at the kiosk sends. Answers null when the agent died meanwhile. */
	async checkIn(form: CheckIn): Promise<CheckInAnswer | null> {
		const body = JSON.stringify(form);
		const headers = { 'content-type': 'application/json', 'x-showroom': '1', cookie: this.#keys?.kiosk ?? '' };
		const send = () => fetch(`${this.url}api/checkins`, { method: 'POST', headers, body });
		const answer = await send().catch(() => null);
		if (answer && !answer.ok) throw new Error(`check-in: ${answer.status} ${await answer.text()}`);
		return answer ? answer.json().catch(() => null) : null;
	}

	/** The whole log, as the command prints it. */
	async log(): Promise<LoggedEvent[]> {
		const shown = await showroom(['log', 'show', '--json', '--after', '0', '--limit', '100000', '--data', this.dataDir]);
		return shown.json<LoggedEvent>();
	}

	async eventsOf<T extends EventType>(type: T): Promise<Extract<LoggedEvent, { type: T }>[]> {
		return (await this.log()).filter((event): event is Extract<LoggedEvent, { type: T }> => event.type === type);
	}

	/** Answers what is wrong with the log; '' when nothing is. */
	async logFaults(): Promise<string> {
		const { code, out } = await showroom(['log', 'verify', '--data', this.dataDir]);
		return code === 0 ? '' : out;
	}

	async remove(): Promise<void> {
		await this.agent?.kill('SIGKILL');
		rmSync(join(this.dataDir, '..'), { recursive: true, force: true });
	}
}

/** Builds the networks of the fallback recogniser, once for all agents of a test file. */
export async function buildModels(dir: string): Promise<void> {
	const engine = await createFaceEngine({ recogniser: 'face-api', models: openModelStore({ dir }) });
	await engine.stop();
}

export function checkInForm(form: Partial<CheckIn> = {}): CheckIn {
	return { id: randomUUID(), name: '刘洋', telephone: null, purpose: 'test-drive', host: null, model: null, language: 'zh', ...form };
}

/** A member of staff's browser: shows each delivery once, comes back by itself, says what it has seen. */
export class Screen {
	/** Every time that a delivery was handed over. */
	readonly handed: { readonly delivery: string; readonly alert: string; readonly at: number }[] = [];
	/** Whether it confirms what it shows. */
	confirms: boolean;
	readonly #socket: Socket<DeskServerMessages, DeskClientMessages>;
	#seen = 0;

	constructor(showroom: Showroom, staff: string, confirms: boolean) {
		this.confirms = confirms;
		this.#socket = io(`${showroom.url}desk`, {
			transports: ['websocket'],
			extraHeaders: { cookie: showroom.cookie(staff) },
			auth: (give) => give({ device: `screen-of-${staff}`, after: this.#seen }),
			reconnectionDelay: 100,
			reconnectionDelayMax: 300,
		});
		this.#socket.on('change', ({ seq }) => {
			this.#seen = seq;
		});
		this.#socket.on('alert', ({ delivery, alert }: AlertDelivery, received) => {
			this.handed.push({ delivery, alert: alert.id, at: Date.now() });
			if (this.confirms) received();
		});
	}

	/** What a person sees: each delivery once. */
	get shown(): string[] {
		return [...new Set(this.handed.map(({ delivery }) => delivery))];
	}

	async connected(): Promise<void> {
		await until(() => this.#socket.connected, 10_000, 'the screen connects');
	}

	close(): void {
		this.#socket.disconnect();
	}
}

export async function until(is: () => boolean | Promise<boolean>, ms: number, what: string): Promise<void> {
	for (const deadline = Date.now() + ms; !(await is()); await wait(10))
		if (Date.now() > deadline) throw new Error(`Not within ${ms} ms: ${what}`);
}
