import { escaped } from './plot.js';

/** A report as a page of its own, for the screen and for paper: nothing is fetched. @param title Chinese, English @param body HTML */
export function page(title: readonly [string, string], body: string): string {
	return `<!doctype html>
<html lang="zh">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title[0])}</title>
<style>
body { font: 15px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: #111; background: #fff; max-width: 860px; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.5em; } h2 { font-size: 1.15em; margin: 2em 0 .5em; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .35em .6em; border-bottom: 1px solid #ccc; vertical-align: top; }
thead th { border-bottom: 2px solid #333; }
svg { width: 100%; height: auto; } svg text { font-size: 13px; fill: #111; } .grid { stroke: #ddd; }
.verdict { border-left: 6px solid; padding: .3em .8em; }
.mark { border: 1px solid; border-radius: 3px; padding: 0 .3em; font-size: .85em; white-space: nowrap; }
section { break-inside: avoid; }
@media print { body { margin: 0; max-width: none; font-size: 11px; } @page { margin: 15mm; } }
</style>
<h1>${escaped(title[0])}<br><small>${escaped(title[1])}</small></h1>
${body}</html>
`;
}
