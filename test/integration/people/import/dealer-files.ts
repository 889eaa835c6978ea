import writeExcelFile from 'write-excel-file/node';

const families = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'];
const given = ['芳', '伟', '娜', '秀英', '敏', '静', '丽', '强', '磊', '军', '洋', '勇', '艳', '杰', '涛', '明', '超', '秀兰', '霞', '平'];
export const headings = ['客户姓名', '手机号', '所属顾问', '意向车型', '备注'];

/** The n-th of as many different customers as anybody wants; a telephone of its own each. */
export function customer(index: number): string[] {
	const name = `${families[index % families.length]}${given[Math.floor(index / families.length) % given.length]}`;
	const telephone = `139${String(10_000_000 + index * 37).padStart(8, '0')}`;
	return [
		name,
		telephone,
		index % 3 === 0 ? '安娜' : index % 3 === 1 ? '薄一波' : '',
		index % 2 === 0 ? '曜行 Y7' : '',
		index % 5 === 0 ? '周末再来' : '',
	];
}

/** A dealer system's file. `broken`: every so-manieth row has something wrong with it. */
export function dealerFile(rows: number, broken = 0): Promise<Uint8Array> {
	const cell = (value: string) => ({ value, type: String });
	const lines = Array.from({ length: rows }, (_, index) => {
		const cells = customer(index);
		if (broken > 0 && index % broken === broken - 1) cells[(index / broken) & 1] = (index / broken) & 1 ? '1.39E+10' : '';
		return cells.map(cell);
	});
	return writeExcelFile([headings.map(cell), ...lines]).toBuffer();
}
