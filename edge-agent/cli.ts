#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { keySources } from './config/environment.source.js';

// From 1.30 on ONNX Runtime reports to its maker and keeps a device number in the user's folder, unless told otherwise before it loads.
process.env.ORT_DISABLE_TELEMETRY = '1';
// Takes the master key out of the environment: whatever a command starts (ffmpeg, mostly) would inherit it.
keySources();

interface Subcommand {
	register(program: Command): void;
}

/** Each is loaded when it is asked for: all of them together take longer to load than most take to run. */
const subcommands: ReadonlyMap<string, () => Promise<Subcommand>> = new Map([
	['start', () => import('./cli/start.js')],
	['demo', () => import('./cli/demo.js')],
	['watch', () => import('./cli/watch.js')],
	['evaluate', () => import('./cli/evaluate.js')],
	['calibrate', () => import('./cli/calibrate.js')],
	['enroll', () => import('./cli/enroll.js')],
	['consent', () => import('./cli/consent.js')],
	['users', () => import('./cli/users.js')],
	['customers', () => import('./cli/customers.js')],
	['devices', () => import('./cli/devices.js')],
	['log', () => import('./cli/log.js')],
	['keys', () => import('./cli/keys.js')],
	['doctor', () => import('./cli/doctor.js')],
	['models', () => import('./cli/models.js')],
	['bench', () => import('./cli/bench.js')],
]);

/** The `showroom` command. Exit codes: 0 done, 1 failed, 2 wrong usage. Answers go to stdout, messages for people to stderr. */
const program = new Command('showroom')
	.description(packageJson.description)
	.version(packageJson.version)
	.showSuggestionAfterError()
	.configureHelp({ showGlobalOptions: true });

// Subcommands take these settings over when they are made, so they come first.
program.exitOverride();
const asked = subcommands.get(process.argv[2] ?? '');
for (const { register } of await Promise.all((asked ? [asked] : [...subcommands.values()]).map((load) => load()))) register(program);
for (const command of everyCommand(program)) command.exitOverride();

// A reader that went away (`showroom log show | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code === 'EPIPE') process.exit(0);
	throw error;
});

// The log bears a sudden end at any moment, and a program that goes on half dead helps nobody: whoever supervises it starts it again.
process.on('uncaughtException', (error) => {
	process.stderr.write(`showroom: ended by a fault in the program; start it again.\n${error.stack ?? error}\n`);
	process.exit(1);
});

try {
	await program.parseAsync();
} catch (error) {
	if (error instanceof CommanderError) {
		process.exitCode = error.exitCode === 0 ? 0 : 2;
	} else {
		process.stderr.write(`showroom: ${error instanceof Error ? error.message : String(error)}\n`);
		process.exitCode = 1;
	}
}

function everyCommand(command: Command): Command[] {
	return [command, ...command.commands.flatMap(everyCommand)];
}
