import { norm } from './distance.js';
import type { GalleryModel } from './gallery.js';
import type { Template } from './gallery.types.js';

/** Why a template cannot be compared by this recogniser, and what to do; null when it can. */
export function templateFault(model: Pick<GalleryModel, 'modelId' | 'descriptorLength'>, template: Template): string | null {
	if (template.modelId !== model.modelId || template.descriptor.length !== model.descriptorLength) {
		const made = `${template.modelId} (${template.descriptor.length} numbers)`;
		const wanted = `${model.modelId} (${model.descriptorLength})`;
		return `A template of ${template.person} was made by ${made}, this gallery compares ${wanted}: enrol the person again`;
	}
	const length = norm(template.descriptor);
	if (length > 0 && length < Number.POSITIVE_INFINITY) return null;
	return `A template of ${template.person} is no descriptor, its length is ${length}: enrol the person again`;
}
