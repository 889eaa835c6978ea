const browsers: readonly (readonly [RegExp, string])[] = [
	[/MicroMessenger/, '微信 WeChat'],
	[/DingTalk/, '钉钉 DingTalk'],
	[/Edg\//, 'Edge'],
	[/Electron/, 'Showroom kiosk'],
	[/Firefox\//, 'Firefox'],
	[/Chrom(e|ium)\//, 'Chrome'],
	[/Safari\//, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
	[/iPhone/, 'iPhone'],
	[/iPad/, 'iPad'],
	[/HarmonyOS/, 'HarmonyOS'],
	[/Android/, 'Android'],
	[/Windows/, 'Windows'],
	[/Mac OS X/, 'Mac'],
	[/Linux/, 'Linux'],
];

/** A User-Agent in words that people know: 'Chrome, Windows'; what is not known stays as it is. */
export function browserName(agent: string): string {
	const found = [browsers, systems].flatMap((list) => list.find(([pattern]) => pattern.test(agent))?.[1] ?? []);
	return found.length > 0 ? found.join(', ') : agent.slice(0, 60);
}
