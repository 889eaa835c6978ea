import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { CustomerView } from '../../../edge-agent/contract/api.js';
import { useDeskState } from '../desk/desk-context.js';
import { Failed } from '../form/failed.js';
import { Field } from '../form/field.js';
import { useAction } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { isTelephone } from './telephone.js';

export interface CustomerFields {
	readonly name: string;
	readonly telephone: string | null;
	readonly consultant: string | null;
}

interface CustomerFormProps {
	readonly customer?: CustomerView;
	readonly submit: string;
	/** @throws RequestError */
	readonly onSubmit: (fields: CustomerFields) => Promise<void>;
}

/** Name, telephone, assigned consultant. */
export function CustomerForm({ customer, submit, onSubmit }: CustomerFormProps) {
	const { say } = useWords();
	const staff = useDeskState().showroom?.staff ?? [];
	const [name, setName] = useState(customer?.name ?? '');
	const [telephone, setTelephone] = useState(customer?.telephone ?? '');
	const [consultant, setConsultant] = useState<string | null>(customer?.consultant ?? null);
	const save = useAction(() => onSubmit({ name: name.trim(), telephone: telephone.trim() || null, consultant }));
	const consultants = staff.filter(({ id, role }) => role === 'consultant' || role === 'adviser' || id === consultant);
	return (
		<form
			className="form"
			autoComplete="off"
			onSubmit={(event) => {
				event.preventDefault();
				void save.run();
			}}
		>
			<Field label={say('customer.name')}>
				{(tie) => (
					<Input
						{...tie}
						data-testid="customer-name"
						maxLength={40}
						autoFocus={!customer}
						value={name}
						onChange={(event) => setName(event.target.value)}
					/>
				)}
			</Field>
			<Field label={say('customer.telephone')} error={isTelephone(telephone) ? null : say('customer.telephone-wrong')}>
				{(tie) => (
					<Input
						{...tie}
						data-testid="customer-telephone"
						inputMode="tel"
						value={telephone}
						onChange={(event) => setTelephone(event.target.value)}
					/>
				)}
			</Field>
			<Field label={say('customer.consultant')} hint={say('customer.consultant-hint')}>
				{(tie) => (
					<Select
						{...tie}
						allowClear
						showSearch={{ optionFilterProp: 'label' }}
						data-testid="customer-consultant"
						placeholder={say('customers.no-consultant')}
						value={consultant}
						options={consultants.map((person) => ({ value: person.id, label: person.name }))}
						onChange={(id) => setConsultant(id ?? null)}
					/>
				)}
			</Field>
			<Failed error={save.error} />
			<Button
				type="primary"
				htmlType="submit"
				data-testid="customer-submit"
				loading={save.running}
				disabled={name.trim() === '' || !isTelephone(telephone)}
			>
				{submit}
			</Button>
		</form>
	);
}
