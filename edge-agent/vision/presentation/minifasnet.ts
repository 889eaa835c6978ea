import { Tensor } from 'onnxruntime-node';
import type { ModelStore } from '../../../models/model-store.js';
import { Network, output } from '../onnx.client.js';
import type { Box, YuvFrame } from '../vision.types.js';
import { drawPatch, patchBox } from './patch.js';

/** In models.json. */
const NAME = 'minifasnet-v2';
const SIZE = 80;
/** How many times the face's box MiniFASNetV2 sees; it stands in its file's name. */
const SCALE = 2.7;
/** Of the three classes the living face; the others are pictures, flat ones and those of another kind. */
const LIVE = 1;

/**
 * MiniFASNetV2 (minivision, Silent-Face-Anti-Spoofing): whether what lies around a face is a living person's or a picture's. BGR, 0 to 255,
 * not divided; its three numbers become shares by softmax, as its authors do it. One call at a time: it writes into memory of its own.
 */
export class MiniFasNet {
	readonly #planes = new Float32Array(3 * SIZE * SIZE);
	readonly #input = new Tensor('float32', this.#planes, [1, 3, SIZE, SIZE]);

	constructor(readonly network: Network) {}

	/** How surely the face is a living one, 0..1. */
	async live(frame: YuvFrame, face: Box): Promise<number> {
		drawPatch(frame, patchBox(frame, face, SCALE), SIZE, this.#planes);
		const classes = output(await this.network.run(this.#input));
		if (classes.length !== 3) throw new Error(`This is not MiniFASNet: it answers ${classes.length} classes, not 3`);
		const most = Math.max(...classes);
		const shares = Array.from(classes, (value) => Math.exp(value - most));
		return (shares[LIVE] ?? 0) / shares.reduce((sum, share) => sum + share, 0);
	}

	stop(): Promise<void> {
		return this.network.stop();
	}
}

/** The store's MiniFASNet; null where its file is missing or, which is told, damaged: then the challenge alone decides. */
export async function loadMiniFasNet(
	models: Pick<ModelStore, 'verify' | 'ensure'>,
	say: (message: string) => void,
): Promise<MiniFasNet | null> {
	const [status] = await models.verify(NAME);
	if (status?.state === 'missing') return null;
	if (status?.state === 'ok') return new MiniFasNet(await Network.load(await models.ensure(NAME)));
	say(`The network ${NAME} is damaged: faces at the kiosk are judged without it until it is fetched again`);
	return null;
}
