import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';

/** What is found out about a recogniser's file, or (`fault`) why it is none. */
export type Probed =
	| { readonly bytes: Uint8Array<ArrayBuffer>; readonly sha256: string; readonly dimension: number }
	| { readonly fault: string };

const side = 112;
const shape = [1, 3, side, side];
/** Fewer numbers tell nobody apart, more are no descriptor. */
const [least, most] = [16, 4096];

/** Loads the file and shows it a blank picture and a noisy one. @throws Error saying why it is not what it should be */
async function probe(path: string): Promise<Probed> {
	const bytes = Uint8Array.from(await readFile(path));
	// A web page saved under the model's name.
	if (bytes[0] === '<'.charCodeAt(0)) throw new Error('it is a web page and no ONNX file: download the file itself');
	const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1, logSeverityLevel: 4 }).catch((cause: unknown) => {
		throw new Error(`ONNX Runtime cannot load it (damaged, cut off, or no ONNX file): ${cause instanceof Error ? cause.message : cause}`);
	});
	const [input, ...more] = session.inputMetadata;
	if (!input?.isTensor || more.length > 0 || input.type !== 'float32' || !fits(input.shape))
		throw new Error(`it does not take one float32 picture of ${shape.join(' x ')} but ${session.inputMetadata.map(described).join(', ')}`);
	if (session.outputNames.length !== 1)
		throw new Error(`it answers ${session.outputNames.length} things (${session.outputNames.join(', ')}) and not one vector`);
	const answer = async (pixels: Float32Array): Promise<Float32Array> => {
		const { [session.outputNames[0] ?? '']: output } = await session.run({ [input.name]: new Tensor('float32', pixels, shape) });
		if (output?.type !== 'float32') throw new Error(`it answers ${output?.type}, not float32`);
		return output.data as Float32Array;
	};
	const blank = await answer(new Float32Array(3 * side * side));
	// Any noise does; this is the same every time.
	const noisy = await answer(Float32Array.from({ length: 3 * side * side }, (_, i) => ((i * 7919) % 255) / 127.5 - 1));
	await session.release();
	if (noisy.length < least || noisy.length > most) throw new Error(`it answers ${noisy.length} numbers a face; ${least} to ${most} can be`);
	if (![...blank, ...noisy].every(Number.isFinite)) throw new Error('it answers numbers that are not finite');
	if (noisy.every((value) => value === 0) || noisy.every((value, i) => value === blank[i]))
		throw new Error('it answers the same to a blank picture and to noise: it tells nothing apart');
	return { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), dimension: noisy.length };
}

/** An open number of pictures is as good as one. */
function fits(found: readonly (number | string)[]): boolean {
	return found.length === 4 && found.every((size, i) => size === shape[i] || (i === 0 && (typeof size === 'string' || size < 0)));
}

function described(input: InferenceSession.ValueMetadata): string {
	return input.isTensor ? `${input.type} ${input.shape.join(' x ')}` : input.name;
}

const probed = await probe(workerData as string).catch((error: unknown): Probed => {
	return { fault: error instanceof Error ? error.message : String(error) };
});
parentPort?.postMessage(probed, 'bytes' in probed ? [probed.bytes.buffer] : []);
