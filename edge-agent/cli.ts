#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { register as bench } from './cli/bench.js';
import { register as consent } from './cli/consent.js';
import { register as customers } from './cli/customers.js';
import { register as demo } from './cli/demo.js';
import { register as devices } from './cli/devices.js';
import { register as doctor } from './cli/doctor.js';
import { register as enroll } from './cli/enroll.js';
import { register as keys } from './cli/keys.js';
import { register as log } from './cli/log.js';
import { register as models } from './cli/models.js';
import { register as start } from './cli/start.js';
import { register as users } from './cli/users.js';
import { register as watch } from './cli/watch.js';

/** The `showroom` command. Exit codes: 0 done, 1 failed, 2 wrong usage. Answers go to stdout, messages for people to stderr. */
const program = new Command('showroom')
	.description(packageJson.description)
	.version(packageJson.version)
	.showSuggestionAfterError()
	.configureHelp({ showGlobalOptions: true });

// Subcommands take these settings over when they are made, so they come first.
program.exitOverride();
for (const register of [start, demo, watch, enroll, consent, customers, users, devices, log, keys, doctor, models, bench]) register(program);
for (const command of everyCommand(program)) command.exitOverride();

// A reader that went away (`showroom log show | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code === 'EPIPE') process.exit(0);
	throw error;
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
