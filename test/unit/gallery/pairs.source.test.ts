import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readPairs } from '../../../edge-agent/gallery/pairs.source.js';

const dir = mkdtempSync(join(tmpdir(), 'showroom-pairs-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function pairsIn(text: string) {
	const file = join(dir, 'pairs.csv');
	writeFileSync(file, text);
	return readPairs(file, '/photos');
}

it('reads comma-separated pairs', async () => {
	const text = '\uFEFFa,b,same\r\nLi Na/1.jpg,Li Na/2.jpg,1\r\n"Wang, Lei/1.jpg", Li Na/2.jpg , False\n\n';
	expect(await pairsIn(text)).toEqual([
		{ a: '/photos/Li Na/1.jpg', b: '/photos/Li Na/2.jpg', same: true },
		{ a: '/photos/Wang, Lei/1.jpg', b: '/photos/Li Na/2.jpg', same: false },
	]);
	expect(await pairsIn('x/1.jpg,x/2.jpg,same')).toHaveLength(1);
	expect(await pairsIn('"photo 1","photo 2",label\n/elsewhere/1.jpg,x/2.jpg,0')).toEqual([
		{ a: '/elsewhere/1.jpg', b: '/photos/x/2.jpg', same: false },
	]);
	expect(await pairsIn('first,second,1')).toHaveLength(1);
});

it("reads LFW's pairs.txt", async () => {
	expect(await pairsIn('10\t300\nAbel_Pacheco\t1\t4\nAbdel_Madi\t3\tDean_Barker\t12\n')).toEqual([
		{ a: '/photos/Abel_Pacheco/Abel_Pacheco_0001.jpg', b: '/photos/Abel_Pacheco/Abel_Pacheco_0004.jpg', same: true },
		{ a: '/photos/Abdel_Madi/Abdel_Madi_0003.jpg', b: '/photos/Dean_Barker/Dean_Barker_0012.jpg', same: false },
	]);
});

it('names the line that is no pair', async () => {
	for (const line of ['a.jpg,b.jpg', 'a.jpg,b.jpg,maybe', ',b.jpg,1', 'a.jpg,b.jpg,1,2', 'name\tx\t2', 'word'])
		await expect(pairsIn(`a,b,same\na.jpg,b.jpg,1\n${line}\n`)).rejects.toThrow(/line 3/);
	await expect(pairsIn('a,b,same\n')).rejects.toThrow(/no pairs/);
	await expect(readPairs(join(dir, 'none.csv'), '/photos')).rejects.toThrow(/cannot be read/);
});
