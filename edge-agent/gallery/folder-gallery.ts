import { describePeople, refusalLine } from './enrol-people.js';
import { EnrolmentDesk } from './enrolment.client.js';
import type { EnrolmentSettings } from './enrolment.messages.js';
import { readGalleryFolder } from './folder.source.js';
import type { Template } from './gallery.types.js';

/** A gallery made from a folder, in memory only. */
export interface GalleryFolder {
	readonly templates: readonly Template[];
	/** By the templates' person: the name of their folder or picture. */
	readonly names: ReadonlyMap<string, string>;
}

/**
 * Reads and describes a gallery folder. Photographs that cannot be used are named to `warn`, and so is a folder without any.
 * @throws GalleryFolderError when the folder cannot be read
 */
export async function describeGallery(
	folder: string,
	settings: EnrolmentSettings,
	warn: (message: string) => void,
): Promise<GalleryFolder> {
	const people = await readGalleryFolder(folder, warn);
	if (people.length === 0) {
		warn(`the gallery ${folder} is empty, so nobody will be recognised; put a folder of .jpg or .png files a person in it`);
		return { templates: [], names: new Map() };
	}
	const desk = new EnrolmentDesk(settings, warn);
	try {
		await desk.start();
		const described = await describePeople(
			(photo) => desk.describe(photo),
			people,
			(refused) => warn(refusalLine(refused)),
		);
		const names = new Map(described.map(({ person }, index) => [`person-${index}`, person]));
		const templates = described.flatMap(({ descriptors }, index) =>
			descriptors.map((descriptor): Template => {
				return { person: `person-${index}`, kind: 'customer', modelId: desk.modelId, descriptor };
			}),
		);
		return { templates, names };
	} finally {
		await desk.stop();
	}
}
