import type { Projection } from './projection.js';

const WISHES = `
	INSERT INTO customer_wishes (customer, greeting, always) VALUES (@customer, @greeting, @always)
	ON CONFLICT DO UPDATE SET greeting = excluded.greeting, always = excluded.always`;
const EXPECT = `
	INSERT INTO guests (id, customer, host, purpose, expected_at, state) VALUES (@guest, @customer, @host, @purpose, @at, 'expected')
	ON CONFLICT DO NOTHING`;
const CANCEL = "UPDATE guests SET state = 'cancelled' WHERE id = @guest AND state = 'expected'";
// Who comes all the same after calling off has come.
const ARRIVE = "UPDATE guests SET state = 'arrived', visit = @visit WHERE id = @guest AND state <> 'arrived'";

/** Who is expected, and how customers wish to be received. */
export const guests: Projection = {
	'customer.wishes-set': ({ body: { customer, greeting, always } }) => [
		{ sql: WISHES, values: { customer, greeting: greeting ? 1 : 0, always: always ? 1 : 0 } },
	],
	'guest.expected': ({ body }) => [{ sql: EXPECT, values: body }],
	'guest.cancelled': ({ body }) => [{ sql: CANCEL, values: body }],
	'guest.arrived': ({ body }) => [{ sql: ARRIVE, values: body }],
};
