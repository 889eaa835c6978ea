import type { CustomerDetails } from '../../../edge-agent/contract/api.js';
import type {
	ConsentView,
	EnrolmentAnswer,
	Grant,
	MissingAnswer,
	NoticesAnswer,
	ProcessingRecordsAnswer,
	WithdrawalAnswer,
	WithdrawalLevel,
} from '../../../edge-agent/contract/consent.api.js';
import type { CustomerChange, CustomersAnswer, NewCustomer } from '../../../edge-agent/contract/customers.api.js';
import { requestJson } from '../shared/http.client.js';

/** Customers and their consent. All throw {@link import('../shared/http.client.js').RequestError}. */
export const fetchCustomers = (search: string, offset: number, limit: number, language: string) =>
	requestJson<CustomersAnswer>(`/api/customers?${new URLSearchParams({ search, offset: `${offset}`, limit: `${limit}` })}`, { language });

export const fetchCustomer = (id: string, language: string) => requestJson<CustomerDetails>(customer(id), { language });

export const addCustomer = (body: NewCustomer, language: string) => requestJson<CustomerDetails>('/api/customers', { body, language });

export const changeCustomer = (id: string, body: CustomerChange, language: string) =>
	requestJson<CustomerDetails>(customer(id), { method: 'PATCH', body, language });

export const fetchConsent = (person: string, language: string) => requestJson<ConsentView>(consent(person), { language });

export const fetchNotices = (language: string) => requestJson<NoticesAnswer>('/api/consent/notices', { language });

export const postGrant = (person: string, body: Grant, language: string) =>
	requestJson<ConsentView>(`${consent(person)}/grants`, { body, language });

/** Erasing rewrites parts of the database. */
const withdrawalMs = 60_000;
export const postWithdrawal = (person: string, level: WithdrawalLevel, language: string) =>
	requestJson<WithdrawalAnswer>(`${consent(person)}/withdrawals`, { body: { level }, language, timeoutMs: withdrawalMs });

/** Finding the face in a large photograph takes some seconds, the first time longer. */
const enrolmentMs = 60_000;
/** @param anyway somebody has confirmed who it is */
export const postPhotograph = (person: string, photograph: Blob, anyway: boolean, language: string) =>
	requestJson<EnrolmentAnswer>(`${consent(person)}/photographs${anyway ? '?anyway=true' : ''}`, {
		body: photograph,
		language,
		timeoutMs: enrolmentMs,
	});

export const fetchMissing = (language: string) => requestJson<MissingAnswer>('/api/consent/missing', { language });

export const fetchRecords = (person: string, language: string) =>
	requestJson<ProcessingRecordsAnswer>(`${consent(person)}/records`, { language });

const customer = (id: string) => `/api/customers/${encodeURIComponent(id)}`;
const consent = (id: string) => `/api/consent/people/${encodeURIComponent(id)}`;
