/** One sheet of A4, and a screen that looks like it. */
export const style = `
@page { size: A4; margin: 12mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 186mm; padding: 8mm 0; color: #1d2129; background: #fff; font: 9pt/1.4 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans", system-ui, sans-serif; }
header { display: flex; justify-content: space-between; align-items: end; border-bottom: 1.5pt solid #1d2129; padding-bottom: 2mm; }
h1 { margin: 0; font-size: 17pt; line-height: 1.2; }
header p { margin: 0; text-align: right; color: #4e5969; font-size: 8.5pt; }
.day { font-size: 11pt; color: #1d2129; }
h2 { margin: 0 0 1.2mm; font-size: 10.5pt; }
.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: 2mm; margin: 3mm 0; }
.tile { border: 0.6pt solid #c9cdd4; border-radius: 1.5mm; padding: 1.2mm 2.5mm; break-inside: avoid; }
.tile dt { color: #4e5969; font-size: 8.5pt; }
.tile dd { margin: 0; font-size: 15pt; font-weight: 600; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tile .more { display: block; font-size: 8pt; font-weight: 400; color: #4e5969; }
.tile.warn { border-color: #d4380d; background: #fff2e8; }
.tile.warn dd { color: #ad2102; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 5mm; margin: 0 0 3mm; }
.three { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 4mm; margin: 0 0 3mm; }
section { break-inside: avoid; margin: 0 0 3mm; }
.pair section, .three section { margin: 0; }
.bars { display: block; width: 100%; }
.bars .bar { fill: #245bdb; }
.bars .late { fill: #d4380d; }
.bars .base { stroke: #86909c; stroke-width: 0.8; }
.bars text { font-size: 9.5px; text-anchor: middle; fill: #4e5969; }
.bars .value { fill: #1d2129; font-weight: 600; }
table { width: 100%; border-collapse: collapse; font-size: 8.5pt; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 600; color: #4e5969; border-bottom: 0.8pt solid #86909c; }
th, td { padding: 0.5mm 2mm; vertical-align: top; }
th { vertical-align: bottom; line-height: 1.2; }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
td { border-bottom: 0.4pt solid #e5e6eb; }
.number { text-align: right; }
td.number { white-space: nowrap; }
.three table { table-layout: fixed; }
.three th { font-size: 7.5pt; }
.three th, .three td { padding-left: 0; padding-right: 0; }
.three th:first-child { width: 34%; }
.three td:first-child { overflow-wrap: break-word; }
.none { margin: 0; color: #4e5969; }
footer { border-top: 0.6pt solid #c9cdd4; padding-top: 1.5mm; color: #4e5969; font-size: 7.5pt; }
footer p { margin: 0 0 0.6mm; }
@media print { body { padding: 0; max-width: none; } .screen { display: none; } .tile.warn, .bars { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
@media screen and (max-width: 700px) { body { padding: 4mm; } .tiles, .pair, .three { grid-template-columns: 1fr 1fr; } .pair, .three { display: block; } .pair section, .three section { margin: 0 0 4mm; } }
`;
