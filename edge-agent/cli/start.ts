import { type Command, InvalidArgumentError } from 'commander';
import { note } from './terminal.js';

export function register(program: Command): void {
	program
		.command('start')
		.description('run the appliance')
		.option('--config <file>', 'settings (YAML); without it the defaults')
		.option('--data <dir>', 'data directory', 'data')
		.option('--port <n>', "another port than the configuration's", portNumber)
		.action(async ({ config: path, data, port }: { config?: string; data: string; port?: number }) => {
			const { loadConfig } = await import('../config/config.source.js');
			const { Agent } = await import('../main.js');
			const config = await loadConfig(path);
			const agent = new Agent({
				config: port === undefined ? config : { ...config, server: { ...config.server, port } },
				dataDir: data,
				say: note,
			});
			await agent.start();
			note(`Showroom Edge is running. Console: ${agent.url}  kiosk: ${agent.url}kiosk/  (Ctrl+C stops it)`);
			await untilStopped();
			await agent.stop();
		});
}

export function portNumber(text: string): number {
	const port = Number(text);
	if (!Number.isInteger(port) || port < 0 || port > 65535) throw new InvalidArgumentError('a port is a number from 0 to 65535');
	return port;
}

/** Waits for Ctrl+C or a service manager's stop. A second one ends the process at once. */
export function untilStopped(): Promise<void> {
	return new Promise((resolve) => {
		const stop = () => {
			process.once('SIGINT', () => process.exit(130));
			process.once('SIGTERM', () => process.exit(143));
			resolve();
		};
		process.once('SIGINT', stop);
		process.once('SIGTERM', stop);
	});
}
