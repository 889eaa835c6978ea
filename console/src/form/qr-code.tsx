import { create } from 'qrcode';
import { useMemo } from 'react';

/** A text as a QR code, drawn; four modules of white around it, as scanners want. */
export function QrCode({ text, label }: { text: string; label: string }) {
	const { size, path } = useMemo(() => qrPath(text), [text]);
	return (
		<svg
			className="qr"
			viewBox={`-4 -4 ${size + 8} ${size + 8}`}
			role="img"
			aria-label={label}
			data-testid="qr"
			shapeRendering="crispEdges"
		>
			<rect x={-4} y={-4} width={size + 8} height={size + 8} fill="#fff" />
			<path d={path} fill="#000" />
		</svg>
	);
}

function qrPath(text: string): { readonly size: number; readonly path: string } {
	const { modules } = create(text, { errorCorrectionLevel: 'M' });
	let path = '';
	for (let y = 0; y < modules.size; y++) for (let x = 0; x < modules.size; x++) if (modules.get(y, x)) path += `M${x} ${y}h1v1h-1z`;
	return { size: modules.size, path };
}
