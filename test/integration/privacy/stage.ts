import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Command, type CommandOptions } from '../cli/command.js';
import { Caller } from './caller.js';
import { ProcessWatch } from './process-watch.js';
import { type Piece, SecretSearch } from './secret-search.js';
import { filesOf } from './showing.js';

/** What people type and programs hold, before the run begins. */
export const passwords = {
	boss: 'Nebel über 7 Mühlen & "Türme"',
	bossLater: 'vier leise Laternen/2026?',
	manager: 'Kastanien+im%Hof=31',
	consultant: 'lange Probefahrt am See',
	guessed: 'geraten-und-daneben-58',
	weak: 'Geheim91!',
	cli: 'auf der Kommandozeile 64',
	cliLater: 'noch eine Zeile daneben 65',
} as const;

/** The passwords of cameras; their user is `viewer`. */
export const cameraPasswords = {
	right: "Pförtner s@h/all'es",
	wrong: 'falsch-abgelegt-81',
	added: 'konsole-falsch-42',
	inThePath: 'pfad-geheim-77',
	watched: 'zugesehen-93',
	badAddress: 'keine-adresse-19',
	badYaml: 'zeile-kaputt-15',
	tagged: 'marke-davor-26',
	asKey: 'leerzeichen-fehlt-37',
	badScheme: 'falsches-schema-48',
	asAlias: 'sternchen-davor-59',
} as const;

export const telephones = {
	customer: '13907731946',
	later: '18655029317',
	checkIn: '15810264873',
	imported: ['13700482951', '15923380146'],
	inABadFile: '13361150978',
	fromTheCommandLine: '17782093465',
	unknown: '13255817604',
	/** Typed where no telephone belongs. */
	misplaced: '18940276135',
} as const;

export const rtspLogin = (password: string) => `viewer:${encodeURIComponent(password)}`;

/** The folders, commands and callers of one run, everything that they put out, and every secret that they know. */
export class Stage {
	readonly search = new SecretSearch();
	readonly watch: ProcessWatch;
	readonly dataDir: string;
	/** What is typed and given in, by hand: nobody searches it. */
	readonly given: string;
	masterKey = randomBytes(32);
	readonly #outside: readonly string[];
	readonly #env: Readonly<Record<string, string>>;
	readonly #pieces: Piece[] = [];
	readonly #commands: { readonly name: string; readonly command: Command }[] = [];
	readonly #callers: Caller[] = [];
	#cookies = 0;

	constructor(folder: string) {
		const [home, tmp, cwd] = ['home', 'tmp', 'cwd'].map((name) => join(folder, name)) as [string, string, string];
		this.dataDir = join(folder, 'data');
		this.given = join(folder, 'given');
		this.#outside = [home, tmp, cwd];
		for (const made of [...this.#outside, this.dataDir, this.given]) mkdirSync(made);
		this.watch = new ProcessWatch(join(folder, 'watch'));
		this.#env = { HOME: home, TMPDIR: tmp, XDG_CACHE_HOME: '', XDG_CONFIG_HOME: '', PATH: `${this.watch.path}:${process.env.PATH}` };
		this.#knowWhatIsTyped();
	}

	/** The folder that commands run in. */
	get cwd(): string {
		return this.#outside[2] ?? '';
	}

	/** @param name what its output is called in the verdict */
	command(name: string, args: readonly string[], options: CommandOptions = {}): Command {
		const key = { SHOWROOM_MASTER_KEY: this.masterKey.toString('base64') };
		const command = new Command(args, { cwd: this.cwd, ...options, env: { ...this.#env, ...key, ...options.env } });
		this.watch.parents.add(command.pid);
		this.#commands.push({ name, command });
		return command;
	}

	caller(name: string, url: string, ca?: string): Caller {
		const made = new Caller(name, url, (piece) => this.keep(piece), ca);
		this.#callers.push(made);
		return made;
	}

	keep(piece: Piece): void {
		this.#pieces.push(piece);
		// A new cookie is a new secret.
		const [, kind, token] = /(session|device)=([^;]+)/.exec(piece.place.startsWith('cookie of') ? String(piece.bytes) : '') ?? [];
		if (token !== undefined) this.search.addText(`token ${++this.#cookies} of a ${kind}`, token);
	}

	/** Everything that was put out so far: by line of each command, by answer, by packet, by process, by file. */
	async pieces(): Promise<Piece[]> {
		const lines = (place: string, text: string) => text.split('\n').map((line) => ({ place, bytes: Buffer.from(line) }));
		const printed = this.#commands.flatMap(({ name, command }) => [
			...lines(`stdout of ${name}`, command.out),
			...lines(`stderr of ${name}`, command.err),
		]);
		const files = await Promise.all([this.dataDir, ...this.#outside].map(filesOf));
		const kept = files.flat().map(({ path, bytes }) => ({
			place: `file ${relative(join(this.dataDir, '..'), path)}`,
			bytes: Buffer.concat([Buffer.from(path), bytes]),
		}));
		return [...this.#pieces, ...printed, ...this.watch.pieces, ...kept];
	}

	async end(): Promise<void> {
		this.watch.stop();
		for (const caller of this.#callers) caller.close();
		await Promise.all(this.#commands.map(({ command }) => command.kill('SIGKILL')));
	}

	#knowWhatIsTyped(): void {
		for (const [name, password] of Object.entries(passwords)) this.search.addText(`password: ${name}`, password);
		for (const [name, password] of Object.entries(cameraPasswords)) this.search.addLogin(`camera password: ${name}`, 'viewer', password);
		for (const [name, numbers] of Object.entries(telephones))
			for (const number of [numbers].flat()) this.search.addTelephone(`telephone: ${name}`, number);
		this.search.addText("a password's hash", '$argon2id$');
		this.search.addBytes('master key', this.masterKey);
	}
}
