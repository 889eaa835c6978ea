import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { readCatalogue } from '../../../models/catalogue.js';
import { convert } from '../../../models/convert.js';
import { faceApiFolder } from '../../../models/face-api-weights.js';

const { models, needs } = readCatalogue();

it('names each network and each checksum once', () => {
	expect(new Set(models.map(({ name }) => name)).size).toBe(models.length);
	expect(new Set(models.map(({ sha256 }) => sha256)).size).toBe(models.length);
});

it('knows the networks that the recognisers need', () => {
	for (const name of Object.values(needs).flat()) expect(models.find((model) => model.name === name)?.origin.kind).toBe('fetched');
});

it.each(models.filter(({ origin }) => origin.kind === 'converted'))('describes the file that conversion makes: $name', (model) => {
	if (model.origin.kind !== 'converted') throw new Error('filtered above');
	const bytes = convert(model.origin.choice, faceApiFolder());
	expect({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }).toEqual({
		bytes: model.bytes,
		sha256: model.sha256,
	});
});

it('says where a catalogue is wrong', () => {
	const [first] = models;
	expect(() => readCatalogue({ models: [{ ...first, sha256: 'abc' }], needs })).toThrow(/models\.json.*sha256/s);
	expect(() => readCatalogue({ models, needs: {} })).toThrow(/models\.json.*sface/s);
});
