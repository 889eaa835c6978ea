import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { needsOf, networksOf, readCatalogue, shippedCalibration, shippedCatalogue } from '../../../models/catalogue.js';
import { convert } from '../../../models/convert.js';
import { faceApiFolder } from '../../../models/face-api-weights.js';

const catalogue = shippedCatalogue();
const { models, recognisers } = catalogue;

it('names each network, recogniser and checksum once', () => {
	for (const names of [models.map(({ name }) => name), models.map(({ sha256 }) => sha256), recognisers.map(({ modelId }) => modelId)])
		expect(new Set(names).size).toBe(names.length);
});

it('knows the networks of every recogniser, and which of them must be fetched', () => {
	for (const recogniser of recognisers) {
		for (const name of networksOf(recogniser)) expect(models.map((model) => model.name)).toContain(name);
		expect(models.find(({ name }) => name === recogniser.network)).toMatchObject({ role: 'recogniser' });
		expect(shippedCalibration(recogniser.modelId)).not.toBeNull();
	}
	const needs = Object.fromEntries(recognisers.map((recogniser) => [recogniser.name, needsOf(recogniser, catalogue)]));
	expect(needs).toEqual({ sface: ['yunet', 'sface'], mobilefacenet: ['yunet', 'mobilefacenet'], 'face-api': [], 'face-api-int8': [] });
});

it('recommends the one whose licences let a store use it, and warns of the fallback', () => {
	expect(recognisers.map(({ name, advice }) => [name, advice])).toEqual([
		['sface', 'recommended'],
		['mobilefacenet', 'after-review'],
		['face-api', 'fallback'],
		['face-api-int8', 'fallback'],
	]);
	for (const { advice, network } of recognisers)
		expect(models.find(({ name }) => name === network)?.legalNote === undefined).toBe(advice !== 'after-review');
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
	expect(() => readCatalogue({ models: [{ ...first, sha256: 'abc' }], recognisers }, 'x.json')).toThrow(/x\.json.*sha256/s);
	expect(() => readCatalogue({ models, recognisers: [{ name: 'x', alignment: 'guess' }] }, 'x.json')).toThrow(/alignment/);
});
