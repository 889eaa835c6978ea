import { accessRoutes } from './access.js';
import { alertRoutes } from './alerts.js';
import { consentRoutes } from './consent.js';
import { customerRoutes } from './customers.js';
import { figuresRoutes } from './figures.js';
import { fileRoutes } from './files.js';
import { kioskRoutes } from './kiosk.js';
import { peopleRoutes } from './people.js';
import { receptionRoutes } from './reception.js';
import { setupRoutes } from './setup.js';
import { systemRoutes } from './system.js';
import { visitActRoutes } from './visit-acts.js';
import { visitRoutes } from './visits.js';
import { webhookRoutes } from './webhooks.js';

/** Every route of the API: what OpenAPI, the API's page and the typed client are made of. */
export const routes = {
	...visitRoutes,
	...visitActRoutes,
	...alertRoutes,
	...receptionRoutes,
	...kioskRoutes,
	...customerRoutes,
	...consentRoutes,
	...fileRoutes,
	...accessRoutes,
	...peopleRoutes,
	...setupRoutes,
	...figuresRoutes,
	...webhookRoutes,
	...systemRoutes,
};
export type Routes = typeof routes;
