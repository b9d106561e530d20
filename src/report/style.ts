import { Html } from './html';

/** The look of the page: no font, image or script from anywhere. */
export const STYLE = new Html(`<style>
:root {
  color-scheme: light dark;
  --ink: #16202c; --quiet: #5a6675; --page: #f6f7f9; --card: #fff; --line: #dde2e8; --code: #eef1f5; --ref: #0b57b0;
  --good: #14713d; --warn: #8f5400; --bad: #b3261e; --good-bg: #e5f4ea; --warn-bg: #fdf1dc; --bad-bg: #fdeceb;
  --storage: #1b7f4b; --containers: #0b6fb8; --registry: #6a4fc9; --training: #b4530a; --inference: #b0246a; --front-door: #7a5c00;
  --events: #00787a; --monitoring: #4b6a00; --identity: #a33a2a; --keys: #7a6a00; --network: #3a5f8a; --other: #5f6b7a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6ebf1; --quiet: #9aa7b5; --page: #10151b; --card: #171e26; --line: #2c3742; --code: #222c37; --ref: #8cbcff;
    --good: #6fd199; --warn: #f2bd6b; --bad: #ff9d94; --good-bg: #16301f; --warn-bg: #35270f; --bad-bg: #3b1a18;
    --storage: #63c792; --containers: #6cb8f2; --registry: #b09cff; --training: #f0a060; --inference: #f285b5; --front-door: #d8b84a;
    --events: #58c9ca; --monitoring: #a8cb57; --identity: #f19484; --keys: #d6c658; --network: #90b4de; --other: #a7b3c1;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
main, footer { max-width: 1120px; margin: 0 auto; padding: 0 24px; }
header { padding: 40px 0 8px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 20px; letter-spacing: -.01em; overflow-wrap: anywhere; }
h2 { font-size: 22px; margin: 0 0 4px; letter-spacing: -.01em; }
h3 { font-size: 16px; margin: 24px 0 4px; overflow-wrap: anywhere; }
h4 { font-size: 13px; margin: 18px 0 6px; color: var(--quiet); font-weight: 600; }
p { margin: 0; }
section { padding: 36px 0 4px; scroll-margin-top: 44px; }
.eyebrow, .lead, .quiet, small { color: var(--quiet); }
.lead { margin-bottom: 14px; }
small { font-size: 12px; font-weight: 400; }
td small, dd small { display: block; overflow-wrap: anywhere; }
code { font: 12.5px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--code); border-radius: 4px; padding: 1px 5px; overflow-wrap: anywhere; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
code b { font-weight: 600; color: var(--ref); }
.tiles { display: grid; grid-template-columns: 2fr repeat(5, 1fr); gap: 10px; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 14px; }
.tile b { display: block; font-size: 24px; line-height: 1.2; margin-bottom: 2px; } .tile span { display: block; line-height: 1.4; }
.tile span { color: var(--quiet); font-size: 13px; }
.tile.passed { background: var(--good-bg); } .tile.warnings { background: var(--warn-bg); } .tile.errors { background: var(--bad-bg); }
.tile.passed, .tile.warnings, .tile.errors { border-color: transparent; }
.tile.passed b, .tile.passed span { color: var(--good); } .tile.warnings b, .tile.warnings span { color: var(--warn); } .tile.errors b, .tile.errors span { color: var(--bad); }
nav { position: sticky; top: 0; z-index: 1; display: flex; gap: 20px; overflow-x: auto; padding: 11px 0; margin-top: 14px; background: var(--page); border-bottom: 1px solid var(--line); }
nav a { color: var(--quiet); text-decoration: none; font-size: 14px; white-space: nowrap; }
nav a:hover { color: var(--ink); }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--ref); outline-offset: 3px; border-radius: 3px; }
figure { margin: 0; }
.graph, .card, .scroll, .findings { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.graph { overflow-x: auto; padding: 14px; }
.graph svg { display: block; width: 100%; max-width: var(--width); height: auto; margin: 0 auto; }
.graph text { fill: var(--ink); font-family: Helvetica, Arial, sans-serif; }
.node text:not(:first-of-type), .edge text { fill: var(--quiet); font-size: 9px; }
.node text:first-of-type { font-weight: 600; font-size: 11px; }
.node path, .node polygon { fill: color-mix(in srgb, var(--tone, var(--other)) 10%, var(--card)); stroke: var(--tone, var(--other)); }
.cluster polygon { fill: color-mix(in srgb, var(--tone) 4%, transparent); stroke: color-mix(in srgb, var(--tone) 30%, transparent); }
.graph .cluster text { fill: var(--tone); font-weight: 600; }
.edge path, .edge polygon { stroke: var(--quiet); } .edge polygon { fill: var(--quiet); }
.refers-by-name-to path { stroke-dasharray: 7 3; } .deployed-after path, .order path, .branch path { stroke-dasharray: 3 3; }
.may-use path, .may-use polygon { stroke: var(--identity); opacity: .5; } .may-use polygon { fill: var(--identity); }
.encrypted-by path, .encrypted-by polygon { stroke: var(--keys); opacity: .5; } .encrypted-by polygon { fill: var(--keys); }
.may-use path, .encrypted-by path { stroke-dasharray: 1 3; }
.storage { --tone: var(--storage); } .containers { --tone: var(--containers); } .registry, .registermodel, .model { --tone: var(--registry); }
.training, .tuning { --tone: var(--training); } .inference, .transform { --tone: var(--inference); } .front-door { --tone: var(--front-door); }
.events, .callback { --tone: var(--events); } .monitoring, .condition, .foreach { --tone: var(--monitoring); } .identity { --tone: var(--identity); }
.keys { --tone: var(--keys); } .network { --tone: var(--network); } .other { --tone: var(--other); } .processing { --tone: var(--containers); } .fail { --tone: var(--bad); }
.sideways { font-size: 12.5px; color: var(--quiet); margin-top: 6px; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 20px; padding: 0; margin: 10px 0; font-size: 12.5px; color: var(--quiet); }
.legend li::before { content: ""; display: inline-block; width: 26px; margin-right: 7px; vertical-align: middle; border-top: 2px solid var(--quiet); }
.legend .refers-by-name-to::before, .legend .deployed-after::before { border-top-style: dashed; } .legend .deployed-after::before { border-top-width: 1px; }
.legend .may-use::before { border-top: 2px dotted var(--identity); } .legend .encrypted-by::before { border-top: 2px dotted var(--keys); }
@media (min-width: 761px), print { .sideways { display: none; } }
details > summary { cursor: pointer; }
section > details:not(.card) > summary, article > details > summary { color: var(--quiet); font-size: 13.5px; padding: 8px 0; }
.plain { padding-left: 20px; margin: 4px 0; font-size: 14px; overflow-wrap: anywhere; } .plain li { margin: 6px 0; }
.split { display: grid; grid-template-columns: minmax(0, 1.5fr) minmax(0, 1fr); gap: 24px; align-items: start; margin-top: 10px; }
.parameters { margin: 0; } .parameters > div { padding: 8px 0; border-top: 1px solid var(--line); } .split h4 { margin-top: 0; }
dt { font-weight: 600; overflow-wrap: anywhere; } dd { margin: 2px 0 0; }
.card { margin: 12px 0; } .card > summary, section > .card > summary { color: var(--ink); font-size: 15px; padding: 11px 16px; overflow-wrap: anywhere; } .card > p { padding: 0 16px 10px; font-size: 13.5px; }
.statements, .findings { list-style: none; margin: 0; padding: 0; }
.statements { border-top: 1px solid var(--line); }
.statements li, .findings li { display: grid; grid-template-columns: 92px minmax(0, 1fr); gap: 12px; padding: 9px 16px; }
.statements li + li, .findings li + li { border-top: 1px solid var(--line); }
.statements p, .findings p { overflow-wrap: anywhere; } .statements p + p { margin-top: 3px; }
.when > span { display: block; }
.who { font-weight: 600; }
.verb { justify-self: start; align-self: start; font-size: 12px; font-weight: 600; border-radius: 5px; padding: 1px 8px; margin-top: 2px; background: var(--code); color: var(--quiet); white-space: nowrap; }
.allow .verb, .accepted .verb { background: var(--good-bg); color: var(--good); } .deny .verb, .error .verb { background: var(--bad-bg); color: var(--bad); } .warning .verb { background: var(--warn-bg); color: var(--warn); }
.rule { display: inline-block; margin: 3px 4px 0 0; font-size: 11.5px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; font-size: 12.5px; font-weight: 600; color: var(--quiet); } th, td { padding: 7px 16px; vertical-align: top; }
td { border-top: 1px solid var(--line); } .inventory tr:not(.first) td:first-child { border-top-color: transparent; }
.number { text-align: right; font-variant-numeric: tabular-nums; } td .open { color: var(--warn); font-weight: 600; }
.chip { color: var(--tone); font-weight: 600; white-space: nowrap; }
.good { color: var(--good); margin: 8px 0; } .note { background: var(--warn-bg); color: var(--warn); border-radius: 8px; padding: 8px 14px; margin: 8px 0; }
footer { color: var(--quiet); font-size: 13px; padding-top: 40px; padding-bottom: 40px; }
@media screen and (max-width: 760px) {
  main, footer { padding-left: 14px; padding-right: 14px; } header { padding-top: 24px; } h1 { font-size: 24px; }
  .tiles { grid-template-columns: repeat(3, 1fr); } .tile:first-child { grid-column: 1 / -1; } .tile:last-child { grid-column: span 2; }
  .split { grid-template-columns: minmax(0, 1fr); }
  .statements li, .findings li { grid-template-columns: minmax(0, 1fr); gap: 4px; padding: 10px 14px; }
  .graph svg { width: max-content; min-width: calc(var(--width) * .72); } .split .graph svg { min-width: min(var(--width), 540px); }
  th, td { padding: 7px 10px; }
}
@media print {
  :root { --page: #fff; --card: #fff; } body, table, .plain { font-size: 11px; } code { font-size: 10px; } section { padding-top: 18px; } .tile b { font-size: 18px; } .tile span { font-size: 11px; }
  .statements li, .findings li { padding: 4px 12px; } th, td { padding: 3px 12px; } .verb { font-size: 10px; } nav { display: none; } main, footer { max-width: none; padding: 0; }
  .card, li, tr, figure { break-inside: avoid; } .card { break-inside: auto; } h2, h3, summary { break-after: avoid; } .graph, .scroll { overflow: visible; } .tile, .verb { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
</style>`);
