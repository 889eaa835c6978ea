import type { Command } from 'commander';
import type { SearchBench } from '../bench/search.bench.js';
import type { VisionBench } from '../bench/vision.bench.js';
import { registerAlerts } from './bench-alerts.js';
import { registerCameras } from './bench-cameras.js';
import { registerLog } from './bench-log.js';
import { registerSaturday } from './bench-saturday.js';

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

	bench
		.command('search')
		.description('the nearest of 15,000, 75,000 and 1,000,000 templates, beside a plain loop, ONNX Runtime and sqlite-vec')
		.option('--json', 'one line of JSON')
		.action(async ({ json }: { json?: true }) => {
			const { benchSearch } = await import('../bench/search.bench.js');
			const result = await benchSearch((text) => process.stderr.write(`${text}\n`));
			process.stdout.write(json ? `${JSON.stringify(result)}\n` : searchLines(result));
		});
	registerAlerts(bench);
	registerCameras(bench);
	registerSaturday(bench);
	registerLog(bench);
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

function searchLines({ sizes, openMs, rssMb, mainBusyMs }: SearchBench): string {
	return [
		...sizes.map(({ templates, oursMs, loopMs, ortMatMulMs, sqliteVecMs, sameAnswers }) =>
			[
				`${templates} templates`.padEnd(20),
				`ours ${oursMs} ms, plain loop ${loopMs}, ONNX Runtime's product alone ${ortMatMulMs}, sqlite-vec ${sqliteVecMs ?? 'not installed'}; `,
				sameAnswers ? 'same answers' : 'ANSWERS DIFFER',
			].join(''),
		),
		`opening 45,000      ${openMs} ms, ${rssMb} MB; others waited ${mainBusyMs} ms at most`,
		'',
	].join('\n');
}
