import type { Command } from 'commander';
import type { VisionBench } from '../bench/vision.bench.js';

/** `showroom bench`: how fast this machine is, each time beside a peer in the same run. */
export function register(program: Command): void {
	const bench = program.command('bench').description('measure this machine beside a peer in the same run');

	bench
		.command('vision')
		.description('three faces in 1280x720: face-api on WebAssembly beside this pipeline')
		.option('--json', 'one line of JSON')
		.action(async ({ json }: { json?: true }) => {
			const { benchVision } = await import('../bench/vision.bench.js');
			const result = await benchVision((text) => process.stderr.write(`${text}\n`));
			process.stdout.write(json ? `${JSON.stringify(result)}\n` : visionLines(result));
		});
}

function visionLines({ peer, ours, ratio, recogniser, preprocessFraction }: VisionBench): string {
	const percent = (fraction: number): string => `${(fraction * 100).toFixed(0)} %`;
	return [
		`peer         ${peer.p50Ms} ms a frame (${peer.name})`,
		`ours         ${ours.p50Ms} ms a frame, 95 % within ${ours.p95Ms} ms (${ours.precision})`,
		`ratio        ${ratio}`,
		`recogniser   ${percent(recogniser.fp32FractionOfGemm)} of a matrix product's speed in fp32, ${percent(recogniser.int8FractionOfGemm)} in int8`,
		`preparation  ${percent(preprocessFraction)} of our time`,
		'',
	].join('\n');
}
