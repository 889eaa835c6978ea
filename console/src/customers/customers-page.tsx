import { UploadOutlined, UserAddOutlined } from '@ant-design/icons';
import { Button, Input, Modal, Pagination } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { MissingPeople } from '../consent/missing-people.js';
import { useStaffNames } from '../desk/desk-context.js';
import { Failed } from '../form/failed.js';
import { Loading } from '../form/loading.js';
import { useSession } from '../session/session-context.js';
import { useLoaded } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { CustomerForm } from './customer-form.js';
import { addCustomer, fetchCustomers } from './customers.client.js';
import { maskedTelephone } from './telephone.js';

const pageSize = 20;
/** After the last key before it is searched, ms. */
const pauseMs = 250;

/** Everybody the store knows: found by name, pinyin, initials or the telephone's end. What was searched stays in the address. */
export default function CustomersPage() {
	const { say, language } = useWords();
	const { may } = useSession();
	const navigate = useNavigate();
	const nameOf = useStaffNames();
	const [query, setQuery] = useSearchParams();
	const search = query.get('search') ?? '';
	const page = Math.max(1, Number(query.get('page')) || 1);
	const [text, setText] = useState(search);
	const [adding, setAdding] = useState(false);
	const ask = useCallback((asked: string) => fetchCustomers(search, (page - 1) * pageSize, pageSize, asked), [search, page]);
	const { value, error, reload } = useLoaded(ask);

	useEffect(() => {
		if (text.trim() === search) return;
		const timer = setTimeout(() => setQuery(text.trim() === '' ? {} : { search: text.trim() }, { replace: true }), pauseMs);
		return () => clearTimeout(timer);
	}, [text, search, setQuery]);

	return (
		<div className="page">
			<header className="page-head">
				<h1>{say('customers.title')}</h1>
				<Input.Search
					className="filter"
					allowClear
					data-testid="customer-search"
					value={text}
					placeholder={say('customers.find')}
					aria-label={say('customers.find')}
					onChange={(event) => setText(event.target.value)}
				/>
				<div className="buttons">
					{may('POST /api/customers') && (
						<Button type="primary" icon={<UserAddOutlined />} data-testid="add-customer" onClick={() => setAdding(true)}>
							{say('customers.add')}
						</Button>
					)}
					{may('POST /api/imports/customers') && (
						<Link className="button-link" to="/customers/import">
							<UploadOutlined aria-hidden="true" /> {say('customers.import')}
						</Link>
					)}
				</div>
			</header>
			<Failed error={error} onRetry={reload} />
			{!value && error === null && <Loading />}
			{value?.total === 0 && search === '' && (
				<div className="nobody">
					<strong>{say('customers.empty')}</strong>
					<span>{say('customers.empty-hint')}</span>
				</div>
			)}
			{value?.total === 0 && search !== '' && (
				<p className="nobody">
					{say('visits.no-match', { text: search })} <Button onClick={() => setText('')}>{say('visits.clear-filter')}</Button>
				</p>
			)}
			{value && value.total > 0 && (
				<>
					<ul className="rows links" data-testid="customers-list">
						{value.customers.map((customer) => (
							<li key={customer.id}>
								<Link to={`/customers/${encodeURIComponent(customer.id)}`} data-testid="customer-row">
									<strong>{customer.name}</strong>
									<span className="quiet">{customer.telephone ? maskedTelephone(customer.telephone) : say('customers.no-telephone')}</span>
									<span className="quiet">{customer.consultant ? nameOf(customer.consultant) : say('customers.no-consultant')}</span>
									{customer.templates > 0 && <span className="tag good">{say('customers.face')}</span>}
								</Link>
							</li>
						))}
					</ul>
					<Pagination
						align="end"
						current={page}
						pageSize={pageSize}
						total={value.total}
						showSizeChanger={false}
						hideOnSinglePage
						showTotal={(total) => say('customers.total', { count: total })}
						onChange={(next) => setQuery({ ...(search !== '' && { search }), page: `${next}` })}
					/>
				</>
			)}
			{value && may('GET /api/consent/missing') && <MissingPeople />}
			<Modal open={adding} footer={null} destroyOnHidden title={say('customers.add')} onCancel={() => setAdding(false)}>
				<CustomerForm
					submit={say('customers.add')}
					onSubmit={async (form) => {
						const { id } = await addCustomer(form, language);
						void navigate(`/customers/${encodeURIComponent(id)}`);
					}}
				/>
			</Modal>
		</div>
	);
}
