import { crc32, deflateRawSync } from 'node:zlib';

/** A zip archive of these parts, packed, as spreadsheet programs write it. */
export function zip(parts: Readonly<Record<string, string | Uint8Array>>, { encrypted = false } = {}): Uint8Array {
	const local: Buffer[] = [];
	const central: Buffer[] = [];
	let at = 0;
	for (const [name, content] of Object.entries(parts)) {
		const plain = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content);
		const packed = deflateRawSync(plain);
		const header = Buffer.alloc(26);
		for (const [offset, value] of [
			[0, 20],
			[2, encrypted ? 1 : 0],
			[4, 8],
		] as const)
			header.writeUInt16LE(value, offset);
		header.writeUInt32LE(crc32(plain), 10);
		header.writeUInt32LE(packed.length, 14);
		header.writeUInt32LE(plain.length, 18);
		header.writeUInt16LE(Buffer.byteLength(name), 22);
		const entry = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), header, Buffer.from(name), packed]);
		const place = Buffer.alloc(14);
		place.writeUInt32LE(at, 10);
		central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), header, place, Buffer.from(name)]));
		local.push(entry);
		at += entry.length;
	}
	const directory = Buffer.concat(central);
	const end = Buffer.alloc(18);
	end.writeUInt16LE(central.length, 4);
	end.writeUInt16LE(central.length, 6);
	end.writeUInt32LE(directory.length, 8);
	end.writeUInt32LE(at, 12);
	return Buffer.concat([...local, directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main =
	'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

/** The parts of a workbook whose sheets' rows are written by hand. */
export function parts(
	sheets: Readonly<Record<string, string>>,
	shared: readonly string[] = [],
	hidden: readonly string[] = [],
): Record<string, string> {
	const names = Object.keys(sheets);
	return {
		'[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		'xl/workbook.xml': `${head}<workbook ${main}><sheets>${names
			.map(
				(name, index) =>
					`<sheet name="${name}" sheetId="${index + 1}"${hidden.includes(name) ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`,
			)
			.join('')}</sheets></workbook>`,
		'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names
			.map((_, index) => `<Relationship Id="rId${index + 1}" Type="http://x/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`)
			.join('')}</Relationships>`,
		...(shared.length > 0
			? { 'xl/sharedStrings.xml': `${head}<sst ${main}>${shared.map((text) => `<si>${text}</si>`).join('')}</sst>` }
			: {}),
		...Object.fromEntries(
			names.map((name, index) => [
				`xl/worksheets/sheet${index + 1}.xml`,
				`${head}<worksheet ${main}><sheetData>${sheets[name]}</sheetData></worksheet>`,
			]),
		),
	};
}
