import { type ReactNode, useId } from 'react';

interface FieldProps {
	readonly label: string;
	readonly hint?: ReactNode;
	readonly error?: string | null;
	/** The control, with what ties it to its label and texts. */
	readonly children: (tie: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ReactNode;
}

/** A labelled control with its hint and what is wrong with it. */
export function Field({ label, hint, error, children }: FieldProps) {
	const id = useId();
	return (
		<div className="field">
			<label htmlFor={id}>{label}</label>
			{children({ id, 'aria-describedby': `${id}-hint`, 'aria-invalid': Boolean(error) })}
			<p id={`${id}-hint`} className={error ? 'field-hint wrong' : 'field-hint'} aria-live="polite">
				{error || hint}
			</p>
		</div>
	);
}
