import type { z } from 'zod';

/** A text in both languages. */
export interface Both {
	readonly zh: string;
	readonly en: string;
}

/** What a field means, as the API's page tells it: `z.string().meta(said('…', '…'))`. */
export const said = (en: string, zh: string) => ({ description: en, 'x-zh': zh });

/** What a schema of an answer gives, as nobody changes it. */
export type Answered<T extends z.ZodType> = Unchanging<z.output<T>>;

type Unchanging<T> = T extends string | number | boolean | null | undefined
	? T
	: T extends readonly unknown[]
		? { readonly [K in keyof T]: Unchanging<T[K]> }
		: T extends object
			? { readonly [K in keyof T]: Unchanging<T[K]> }
			: T;
