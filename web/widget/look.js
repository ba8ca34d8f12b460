// SPDX-License-Identifier: GPL-3.0-or-later
// How the widget looks; the --spoc-* variables and data- attributes are told in docs/widget.md.
const dark = `--accent:var(--spoc-accent,#2f6bcb);--on:var(--spoc-on-accent,#fff);--ground:var(--spoc-ground,#16191f);
  --text:var(--spoc-text,#e8eaee);--soft:var(--spoc-soft,#262b34);--faint:var(--spoc-faint,#a3abb8);
  --edge:var(--spoc-edge,#3a414d);--link:var(--spoc-link,#8ab4ff);--alarm:#ff9d8f;color-scheme:dark`;
const css = `
:host{--accent:var(--spoc-accent,#1d5bb5);--on:var(--spoc-on-accent,#fff);--ground:var(--spoc-ground,#fff);
  --text:var(--spoc-text,#1c2330);--soft:var(--spoc-soft,#eef1f6);--faint:var(--spoc-faint,#5b6575);
  --edge:var(--spoc-edge,#cfd6e0);--link:var(--spoc-link,#174f9f);--alarm:#b3261e;color-scheme:light;
  font:400 15px/1.45 var(--spoc-font,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC",sans-serif);
  position:fixed;z-index:var(--spoc-layer,2147483000);inset-inline-end:var(--spoc-side,20px);bottom:var(--spoc-bottom,20px)}
:host([side=start]){inset-inline:var(--spoc-side,20px) auto}
@media (prefers-color-scheme:dark){:host(:not([theme=light])){${dark}}}
:host([theme=dark]){${dark}}
*{box-sizing:border-box}
[hidden]{display:none!important}
button,input,textarea{font:inherit;color:inherit}
button{cursor:pointer}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.open:focus-visible{outline:2px solid #fff;outline-offset:0;box-shadow:0 0 0 5px #1c2330}
.away{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
svg{width:21px;height:21px;display:block}
.open{position:relative;width:58px;height:58px;border:1px solid transparent;border-radius:50%;
  background:var(--accent);color:var(--on);box-shadow:0 4px 14px #0005;display:grid;place-items:center}
.open svg{width:28px;height:28px}
.badge{position:absolute;top:-4px;inset-inline-end:-4px;min-width:22px;height:22px;padding:0 6px;border-radius:11px;
  background:#c62828;color:#fff;font-size:13px;font-weight:700;line-height:22px}
.panel{width:min(384px,calc(100vw - 24px));height:min(640px,calc(100vh - 40px));
  height:min(640px,calc(100dvh - 40px));display:flex;flex-direction:column;position:relative;
  background:var(--ground);color:var(--text);border:1px solid var(--edge);border-radius:var(--spoc-radius,14px);
  box-shadow:0 10px 40px #0006;overflow:hidden auto;overscroll-behavior:contain}
.top{display:flex;align-items:center;gap:4px;padding:14px 12px;padding-inline-start:18px;background:var(--accent);color:var(--on)}
.top div{flex:1;min-width:0}
h2{margin:0;font-size:17px;line-height:1.25;overflow-wrap:anywhere}
.status{margin:2px 0 0;font-size:13px;line-height:1.3}
.dot{display:inline-block;width:8px;height:8px;margin-inline-end:7px;border-radius:50%;background:#ffd54f}
[data-link=up] .dot{background:#69e08a}
.top button{flex:none;width:40px;height:40px;border:0;border-radius:8px;background:none;color:inherit;display:grid;place-items:center}
.top button:hover{background:#fff3}
.top :focus-visible{outline-color:var(--on);outline-offset:-3px}
.menu{position:absolute;z-index:1;top:60px;inset-inline-end:12px;display:grid;min-width:210px;padding:6px;background:var(--ground);
  border:1px solid var(--edge);border-radius:10px;box-shadow:0 6px 20px #0005}
.menu button{border:0;border-radius:7px;background:none;padding:9px 12px;text-align:start}
.menu button:hover{background:var(--soft)}
.log{flex:1;min-height:80px;overflow-y:auto;overscroll-behavior:contain;padding:16px 14px 8px;display:flex;
  flex-direction:column;gap:10px}
.log,.articles,.requests{position:relative}
.log,.articles,textarea{scrollbar-width:thin;scrollbar-color:var(--edge) transparent}
.log{overflow-anchor:none}
.log>.quiet{align-self:center}
.log:focus-visible{outline-offset:-3px}
input:focus-visible,textarea:focus-visible{outline-width:2px;outline-offset:0;border-color:transparent}
.hours{margin:0;align-self:center;text-align:center;font-size:13.5px;color:var(--faint)}
.questions,.farewell{padding:10px 14px;border-top:1px solid var(--edge);display:grid;gap:8px;flex:none;max-height:50%;overflow-y:auto;font-size:13.5px}
fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:6px}
legend{padding:0;margin-bottom:4px}
.choice{position:relative;font-size:14px;color:var(--text)}
.choice input{position:absolute;inset:0;opacity:0;cursor:pointer}
.choice span{display:block;min-width:38px;padding:6px 10px;text-align:center;border:1px solid var(--faint);border-radius:9px}
.choice :checked+span{background:var(--accent);color:var(--on)}
.choice :focus-visible+span{outline:3px solid var(--link);outline-offset:2px}
.line,.hello{max-width:88%;align-self:flex-start}
.line{display:grid;justify-items:start}
.desk{grid-template-columns:auto 1fr;column-gap:8px;align-items:end}
.face{width:30px;height:30px;border-radius:50%;background:var(--accent);color:var(--on);display:grid;place-items:center;
  font-size:13.5px;font-weight:600}
.line.you{align-self:flex-end;justify-items:end}
.text,.hello{margin:0;padding:9px 13px;border:1px solid transparent;border-radius:14px;border-end-start-radius:4px;
  background:var(--soft);white-space:pre-wrap;overflow-wrap:anywhere}
.you .text{background:var(--accent);color:var(--on);border-radius:14px;border-end-end-radius:4px}
.you[data-state=sending] .text{border:1px dashed var(--on)}
.text a{color:var(--link)}
.you .text a{color:inherit}
.files{margin:4px 0 0;padding:0;list-style:none;display:grid;gap:4px;grid-column:-2}
.files a{color:var(--link);overflow-wrap:anywhere}
.files .other a{display:block;padding:8px 13px;border:1px solid var(--edge);border-radius:10px}
.files img{display:block;max-width:100%;max-height:200px;border:1px solid var(--edge);border-radius:10px;background:var(--soft)}
.uploads{margin:0;padding:8px 14px;list-style:none;border-top:1px solid var(--edge);max-height:25%;overflow-y:auto;flex:none;font-size:13.5px}
.uploads li{display:grid;grid-template-columns:1fr 80px auto;gap:10px;align-items:center}
.uploads span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
progress{width:100%;accent-color:var(--accent)}
.over::after{content:"";position:absolute;inset:0;border:3px dashed var(--link);border-radius:inherit;pointer-events:none}
.looking>:not(.top,.menu,.notice,.past){display:none}
.past{flex:1;min-height:0;display:flex;flex-direction:column}
.pasthead{display:flex;align-items:center;gap:4px;padding:6px 10px;border-bottom:1px solid var(--edge);flex:none}
h3{margin:0;font-size:15px;font-weight:600;overflow-wrap:anywhere}
.back svg:dir(rtl){transform:scaleX(-1)}
.requests{flex:1;overflow-y:auto;padding:14px;display:flex;flex-direction:column;gap:10px;scrollbar-width:thin;scrollbar-color:var(--edge) transparent}
.requests ul:not(.files){margin:0;padding:0;list-style:none;display:grid;gap:6px}
.requests li>button{width:100%;display:grid;gap:2px;padding:9px 12px;text-align:start;border:1px solid var(--edge);border-radius:10px;background:none}
.requests li>button:hover{background:var(--soft)}
.requests b{font-weight:600;overflow-wrap:anywhere}
.requests li span{font-size:12.5px;color:var(--faint)}
.proof{display:grid;gap:12px}.proof p{margin:0}
.meta{grid-column:-2;margin:3px 4px 0;font-size:12.5px;color:var(--faint)}
.meta b{font-weight:600;color:var(--text)}
.articles{padding:10px 14px 12px;border-top:1px solid var(--edge);max-height:34%;overflow-y:auto;flex:none}
.articles p{margin:0 0 6px;font-size:13.5px;color:var(--faint)}
.articles ul{margin:0;padding:0;list-style:none;display:grid;gap:6px}
.articles a{display:block;padding:8px 12px;border:1px solid var(--edge);border-radius:10px;color:var(--link);
  text-decoration:none;overflow-wrap:anywhere}
.articles li{display:flex;gap:6px}
.articles a{flex:1;min-width:0}
.articles button{border:1px solid var(--edge);border-radius:10px;background:none;padding:8px 10px;font-size:13.5px}
.articles a:hover,.articles button:hover{background:var(--soft);text-decoration:underline}
.typing{margin:0;padding:0 16px;font-size:13px;color:var(--faint);flex:none;overflow-wrap:anywhere}
.notice{margin:0;padding:8px 16px;font-size:14px;color:var(--alarm);border-top:1px solid var(--edge)}
.issue{margin:0;padding:9px 14px;border-inline-start:4px solid var(--alarm);background:var(--soft);font-size:14px;
  white-space:pre-line;overflow-wrap:anywhere;flex:none}
.notice.good{color:var(--text)}
.leaving .say,.leaving .who{display:none}
.who{padding:10px 14px;border-top:1px solid var(--edge);font-size:13.5px;flex:none}
.who p{margin:0 0 8px;color:var(--faint)}
.who .row{display:grid;grid-template-columns:2fr 3fr auto;gap:8px;align-items:end}
label{display:block;font-size:12.5px;color:var(--faint);min-width:0}
input,textarea{width:100%;border:1px solid var(--faint);border-radius:9px;background:var(--ground);color:var(--text);
  padding:7px 10px;line-height:20px}
input[aria-invalid=true]{border-color:var(--alarm)}
.plain{border:1px solid var(--faint);border-radius:9px;background:none;color:var(--text);padding:7px 12px;line-height:20px}
.plain:hover{background:var(--soft)}
.sum{display:flex;gap:10px;align-items:center;justify-content:space-between;overflow-wrap:anywhere}
.quiet{border:0;background:none;padding:4px;color:var(--link);text-decoration:underline;font-size:13px;text-align:start;flex:none}
.emojis{display:grid;grid-template-columns:repeat(8,1fr);gap:2px;padding:8px 12px;border-top:1px solid var(--edge)}
.emojis button{border:0;border-radius:7px;background:none;font-size:20px;line-height:1;padding:7px 0}
.emojis button:hover{background:var(--soft)}
.say{display:flex;gap:4px;align-items:flex-end;padding:12px 14px calc(12px + env(safe-area-inset-bottom));
  border-top:1px solid var(--edge)}
textarea{flex:1;min-width:0;resize:none;max-height:9.5em;border-radius:12px;padding:9px 13px;display:block;font-size:16px;line-height:1.4}
textarea::placeholder{color:var(--faint);opacity:1}
.tool{flex:none;width:36px;height:44px;border:0;border-radius:10px;background:none;color:var(--faint);display:grid;place-items:center}
.tool:hover{color:var(--text)}
.send{flex:none;width:44px;height:44px;margin-inline-start:4px;border:1px solid transparent;border-radius:12px;background:var(--accent);
  color:var(--on);display:grid;place-items:center}
.send svg:dir(rtl){transform:scaleX(-1)}
.send:disabled{opacity:.45;cursor:default}
@media (max-width:480px){
  .panel{position:fixed;inset:0;width:100%;height:100%;height:100dvh;border:0;border-radius:0}
  input{font-size:16px}
  .who .row{grid-template-columns:1fr auto}.who .row label:first-child{grid-column:1/-1}}
@media (prefers-reduced-motion:no-preference){
  .panel{animation:rise .18s ease-out}.open{transition:transform .15s}.open:hover{transform:scale(1.06)}
  @keyframes rise{from{opacity:0;transform:translateY(12px)}}}
@media print{:host{display:none}}`;
