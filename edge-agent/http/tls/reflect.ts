/**
 * @peculiar/x509 finds its algorithms through tsyringe, which asks for three functions of a proposal that never became part of the language
 * (the package `reflect-metadata`). This is all that it uses of them.
 */
type Metadata = Map<unknown, unknown>;

const metadata = new WeakMap<object, Metadata>();

function getOwnMetadata(key: unknown, target: object): unknown {
	return metadata.get(target)?.get(key);
}

function getMetadata(key: unknown, target: object): unknown {
	for (let one: object | null = target; one !== null; one = Object.getPrototypeOf(one)) {
		const value = getOwnMetadata(key, one);
		if (value !== undefined) return value;
	}
	return undefined;
}

function defineMetadata(key: unknown, value: unknown, target: object): void {
	const known: Metadata = metadata.get(target) ?? new Map();
	metadata.set(target, known.set(key, value));
}

if (!('getMetadata' in Reflect)) Object.assign(Reflect, { getOwnMetadata, getMetadata, defineMetadata });
