import type { EvaluatedPerson } from '../../calibration/evaluation.js';
import { EnrolmentDesk } from './enrolment.client.js';
import { EnrolmentError } from './enrolment.js';
import type { EnrolmentSettings } from './enrolment.messages.js';
import { readGalleryFolder } from './folder.source.js';

/** A folder of people's photographs, described: descriptors only, no pictures. */
export interface MeasuredFolder {
	/** In byte order of their names, and so are their photographs. */
	readonly people: readonly EvaluatedPerson[];
	/** Pictures that could be read, and those of them without a face. */
	readonly images: number;
	readonly noFace: number;
	readonly unreadable: number;
}

/** Photographs between two words about how far it has come. */
const TELL_EVERY = 100;

/** Describes folders of photographs as enrolment does, on two threads, a picture at a time on each. */
export class MeasuringDesks {
	readonly #desks: readonly [EnrolmentDesk, EnrolmentDesk];

	constructor(
		settings: EnrolmentSettings,
		private readonly say: (message: string) => void,
	) {
		this.#desks = [new EnrolmentDesk(settings, say), new EnrolmentDesk(settings)];
	}

	get modelId(): string {
		return this.#desks[0].modelId;
	}

	get metric(): 'euclidean' | 'cosine' {
		return this.#desks[0].metric;
	}

	/** One after the other: the first builds networks that the second then finds. */
	async start(): Promise<void> {
		for (const desk of this.#desks) await desk.start();
	}

	async stop(): Promise<void> {
		await Promise.all(this.#desks.map((desk) => desk.stop()));
	}

	/**
	 * Photographs that cannot be read or show no face are told by name.
	 * @throws GalleryFolderError when the folder cannot be read
	 */
	async measure(folder: string): Promise<MeasuredFolder> {
		const people = (await readGalleryFolder(folder, this.say))
			.map(({ person, photos }) => ({
				person,
				photos: [...photos].sort(byBytes).map((file) => ({ file, descriptor: null as Float32Array | null })),
			}))
			.sort((a, b) => byBytes(a.person, b.person));
		const waiting = people.flatMap(({ photos }) => photos);
		const total = waiting.length;
		let [next, noFace, unreadable] = [0, 0, 0];
		await Promise.all(
			this.#desks.map(async (desk) => {
				for (let photo = waiting[next++]; photo; photo = waiting[next++]) {
					try {
						photo.descriptor = await desk.measure(photo.file);
					} catch (error) {
						if (!(error instanceof EnrolmentError)) throw error;
						if (error.reason === 'unreadable') unreadable++;
						else noFace++;
						this.say(error.message.includes(photo.file) ? error.message : `${photo.file}: ${error.message}`);
					}
					if (next % TELL_EVERY === 0) this.say(`${next} of ${total} photographs`);
				}
			}),
		);
		return { people, images: total - unreadable, noFace, unreadable };
	}
}

/** The order of the names' bytes (UTF-8), the same on every machine and in every language. */
function byBytes(a: string, b: string): number {
	return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
