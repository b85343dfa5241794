/** The report's look: light and dark, screen and print, no external file. */
export const PLAN_STYLE = `
:root{color-scheme:light dark;--paper:#f7f5f0;--card:#fffefb;--ink:#1f1d1a;--soft:#645f56;--line:#ddd8cc;--faint:#ece8de;
--out:#a4262c;--out-bg:#fbe9e7;--in:#1d6b40;--in-bg:#e3f1e7;--back:#1f5c92;--back-bg:#e4eef7;--warn:#855300;--warn-bg:#fbeecf;
--c0:#35618f;--c1:#6b665d;--c2:#c07a1e;--c3:#5f7f3f;--c4:#8a4f87;--c5:#2f8079;--c6:#a8553f;--c7:#7a7430;--radius:10px;
--sans:ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
--serif:ui-serif,"Iowan Old Style","Palatino Linotype",Palatino,Georgia,serif;--mono:ui-monospace,"SF Mono",Menlo,Consolas,monospace}
@media (prefers-color-scheme:dark){:root{--paper:#151412;--card:#1e1c1a;--ink:#ece8e0;--soft:#a8a195;--line:#38342e;--faint:#2a2723;
--out:#f2958c;--out-bg:#3b1d1b;--in:#82cf9f;--in-bg:#17301f;--back:#8fc1ee;--back-bg:#172a3b;--warn:#f0c36a;--warn-bg:#372a10;
--c0:#7aa9d8;--c1:#a39c90;--c2:#e2a44f;--c3:#9bbd76;--c4:#c68fc2;--c5:#68bab2;--c6:#dc8e77;--c7:#b9b163}}
*{box-sizing:border-box}[hidden]{display:none!important}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 var(--sans);font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
main,header,footer{max-width:1120px;margin-inline:auto;padding-inline:24px}
a{color:var(--back)}
code{font:.92em/1.4 var(--mono);overflow-wrap:anywhere}
.skip{position:absolute;left:-9999px}.skip:focus{left:16px;top:12px;z-index:9;background:var(--card);color:var(--ink);padding:8px 14px;border-radius:6px}
:focus-visible{outline:3px solid var(--back);outline-offset:2px;border-radius:4px}
header{padding-top:48px;padding-bottom:8px}
.eyebrow{margin:0;font-size:12px;letter-spacing:.14em;text-transform:uppercase;color:var(--soft);font-weight:600}
h1{font:500 clamp(27px,4.4vw,42px)/1.16 var(--serif);letter-spacing:-.012em;margin:10px 0 14px;max-width:24em;text-wrap:balance}
h2{font:500 24px/1.25 var(--serif);margin:52px 0 14px;letter-spacing:-.005em}
h3{font-size:12px;letter-spacing:.09em;text-transform:uppercase;color:var(--soft);margin:26px 0 10px;font-weight:600}
.meta{color:var(--soft);margin:0;font-size:13.5px;overflow-wrap:anywhere}.meta span+span::before{content:"·";margin:0 .6em;color:var(--line)}
.lead{color:var(--soft);margin:-6px 0 16px;max-width:46em}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:30px 0 0;padding:0;list-style:none}
.cards li{background:var(--card);border:1px solid var(--line);border-radius:var(--radius);padding:14px 16px 13px}
.cards b{display:block;font:500 32px/1.1 var(--serif)}.cards span{color:var(--soft);font-size:13px}
.out b{color:var(--out)}.in b{color:var(--in)}.back b{color:var(--back)}
.panel{background:var(--card);border:1px solid var(--line);border-radius:var(--radius);overflow:hidden}
.rows{list-style:none;margin:0;padding:0}.rows li{display:grid;grid-template-columns:104px minmax(120px,190px) 1fr;gap:4px 14px;padding:11px 16px;align-items:baseline}
.rows li+li{border-top:1px solid var(--faint)}.rows li>:last-child{overflow-wrap:anywhere}
.pill{display:inline-block;border-radius:99px;padding:1px 10px;font-size:12.5px;font-weight:600;white-space:nowrap;background:var(--faint);color:var(--soft)}
.pill.deny,.pill.error,.pill.out{background:var(--out-bg);color:var(--out)}.pill.warn,.pill.incomplete,.pill.unreachable,.pill.suspended{background:var(--warn-bg);color:var(--warn)}
.pill.pass,.pill.in{background:var(--in-bg);color:var(--in)}.pill.back{background:var(--back-bg);color:var(--back)}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;min-width:600px}
th,td{padding:9px 16px;text-align:left;vertical-align:middle;font-weight:400}thead th{font-size:12px;color:var(--soft);border-bottom:1px solid var(--line);letter-spacing:.03em}
tbody+tbody{border-top:1px solid var(--line)}td.n,th.n{text-align:right}.type{vertical-align:top;width:190px}.type b{font-weight:600;overflow-wrap:anywhere}.type small{display:block;color:var(--soft);font-size:13px}
.wide{width:36%;min-width:170px}
.mix{display:grid;grid-template-columns:minmax(96px,170px) 1fr minmax(150px,auto);gap:11px 16px;align-items:center;margin:0}
.mix dt{overflow-wrap:anywhere}.mix dd{margin:0}.mix .said{color:var(--soft);font-size:13.5px}.mix .said b{color:var(--ink);font-weight:600}
.track{position:relative;display:block;height:20px;background:var(--faint);border-radius:4px}
.track i{position:absolute;left:0;border-radius:3px}.track .zone{top:0;bottom:0;border-radius:4px;background:var(--line)}
.track .was{top:3px;height:5px;opacity:.5}.track .is{top:10px;height:7px}.track .goal{top:-3px;bottom:-3px;width:2px;margin-left:-1px;background:var(--ink);border-radius:1px}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;color:var(--soft);font-size:13px;margin:0 0 12px;padding:0;list-style:none}
.legend li::before{content:"";display:inline-block;width:18px;height:6px;border-radius:3px;margin-right:7px;vertical-align:middle;background:var(--c0)}
.legend .l-was::before{opacity:.5;height:4px}.legend .l-zone::before{background:var(--line);height:12px}.legend .l-goal::before{background:var(--ink);width:2px;height:14px}
.k0{background:var(--c0)}.k1{background:var(--c1)}.k2{background:var(--c2)}.k3{background:var(--c3)}.k4{background:var(--c4)}.k5{background:var(--c5)}.k6{background:var(--c6)}.k7{background:var(--c7)}
.tools{display:flex;gap:10px;align-items:center;margin:0 0 12px;flex-wrap:wrap}.tools[hidden]{display:none}
.tools input{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:8px 12px;flex:1 1 260px;min-width:0}
.tools button{font:inherit;font-size:14px;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:8px 14px;cursor:pointer}
.group{content-visibility:auto;contain-intrinsic-size:auto 2600px}.held{min-height:2600px}
details.actor{background:var(--card);border:1px solid var(--line);border-radius:var(--radius);margin:0 0 8px}
details.actor>summary{display:grid;grid-template-columns:minmax(0,1fr) 84px auto 92px 74px;gap:14px;align-items:center;padding:11px 16px;cursor:pointer;list-style:none}
details.actor>summary::-webkit-details-marker{display:none}
details.actor>summary:hover{background:color-mix(in srgb,var(--faint) 45%,transparent)}details.actor[open]>summary{border-bottom:1px solid var(--faint)}
.who{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.who::before{content:"▸";display:inline-block;width:1.25em;color:var(--soft);transition:transform .12s}
details[open]>summary>.who::before{transform:rotate(90deg) translateX(2px)}.who b{font-weight:600}.who em{font-style:normal;color:var(--soft);margin-left:.6em}
.strip{display:block;height:8px;border-radius:4px;background:var(--faint)}.acts{display:flex;gap:6px;justify-content:flex-end;flex-wrap:wrap}
.count,.money{text-align:right;color:var(--soft);white-space:nowrap}
.body{padding:16px 20px 22px}.body>p:first-child{margin:0 0 18px;max-width:60em}
.gallery{display:grid;grid-template-columns:repeat(auto-fill,minmax(148px,1fr));gap:14px;list-style:none;margin:0;padding:0}
.gallery li{background:var(--paper);border:1px solid var(--line);border-radius:8px;overflow:hidden;display:flex;flex-direction:column;min-width:0}
.frame{display:flex;align-items:center;justify-content:center;aspect-ratio:1;background:var(--faint);color:var(--soft);font-size:13px;text-align:center;padding:0}
.frame img{width:100%;height:100%;object-fit:contain;display:block}.frame.none{padding:14px}
.cap{padding:9px 11px 11px;font-size:13px;line-height:1.42;overflow-wrap:anywhere}.cap b{font-weight:600}.cap small{color:var(--soft);font-size:12.5px;display:block}
.why{color:var(--out);font-weight:600}.slot{border-style:dashed!important;border-color:color-mix(in srgb,var(--in) 55%,var(--line))!important;background:transparent!important}
.slots{grid-template-columns:repeat(auto-fill,minmax(230px,1fr))}
.slot .cap{font-size:13.5px}.slot .dot{display:inline-block;width:9px;height:9px;border-radius:3px;margin-right:7px}
.notes{margin:0;padding-left:1.2em;color:var(--soft)}.notes li+li{margin-top:4px}.fine{color:var(--soft);font-size:12.5px;margin:22px 0 0;overflow-wrap:anywhere}
details.fold>summary{cursor:pointer;font:500 24px/1.25 var(--serif);margin:48px 0 14px}details.fold>summary::marker{color:var(--soft);font-size:.8em}
.banner{border:1px solid var(--warn);background:var(--warn-bg);color:var(--warn);border-radius:var(--radius);padding:12px 16px;margin:24px 0 0}
.empty{background:var(--card);border:1px dashed var(--line);border-radius:var(--radius);padding:28px;text-align:center;color:var(--soft)}
footer{color:var(--soft);font-size:13px;padding-top:44px;padding-bottom:56px}footer code{font-size:12px}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:720px){table{min-width:0}th,td{padding:8px 7px;font-size:13.5px}.wide{min-width:56px;width:24%}.type{width:auto;min-width:70px}.type b{overflow-wrap:normal}.cards li:last-child:nth-child(odd){grid-column:1/-1}main,header,footer{padding-inline:16px}header{padding-top:30px}.cards{grid-template-columns:1fr 1fr}.cards b{font-size:27px}
.rows li{grid-template-columns:auto 1fr}.rows li>:last-child{grid-column:1/-1}
details.actor>summary{grid-template-columns:minmax(0,1fr) auto;gap:6px 10px;padding:11px 13px}.acts{grid-column:1;grid-row:2;justify-content:flex-start;padding-left:1.2em}.strip{grid-column:2;grid-row:2;width:74px}.money{display:none}
.mix{grid-template-columns:1fr auto;gap:5px 12px}.mix .bar{grid-column:1/-1;grid-row:auto;order:0;margin-bottom:9px}.mix .said{text-align:right}
.body{padding:14px}.gallery{grid-template-columns:repeat(auto-fill,minmax(128px,1fr))}.slots{grid-template-columns:1fr}}
@media (prefers-reduced-motion:reduce){*{transition:none!important}}
@media print{:root{--paper:#fff;--card:#fff}.tools,.skip{display:none}details.actor{break-inside:avoid}}
`;
