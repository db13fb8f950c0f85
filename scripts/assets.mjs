// Copies and builds the front-end files that are kept in the repository, from the packages that
// package-lock.json pins, and writes their manifest. Usage: node scripts/assets.mjs [target folder]
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const target = process.argv[2] ?? join(root, "shoumi/platform/ui/static/vendor");

// The engine of the oldest browser served.
const ENGINE = "chrome86";

const ICONS = `
  adjustments alarm alert-circle alert-triangle archive arrow-back-up arrow-left arrow-right arrows-exchange
  ban barcode bell bell-ringing book box briefcase building building-bank calendar calendar-due certificate
  chart-bar check checklist chevron-down chevron-left chevron-right chevron-up circle-check circle-x
  clipboard-check clipboard-list clock copy database device-desktop device-usb door dots download edit
  external-link eye eye-off file-certificate file-export file-import file-spreadsheet file-text files filter
  flag folder gavel help-circle history home hourglass id-badge inbox info-circle key lock lock-open login
  logout mail mail-opened menu-2 minus package paperclip plus printer qrcode refresh report route rubber-stamp
  scale scan search send settings shield-check shield-lock signature sitemap sort-ascending star
  switch-horizontal text-size trash upload user user-check user-off user-plus users x zoom-check
`.trim().split(/\s+/);

const CHARTS = `
  import * as echarts from "echarts/core";
  import { BarChart, LineChart, PieChart } from "echarts/charts";
  import {
    AriaComponent, DatasetComponent, GridComponent, LegendComponent, MarkLineComponent, TitleComponent,
    TooltipComponent,
  } from "echarts/components";
  import { CanvasRenderer } from "echarts/renderers";
  echarts.use([
    BarChart, LineChart, PieChart, AriaComponent, DatasetComponent, GridComponent, LegendComponent,
    MarkLineComponent, TitleComponent, TooltipComponent, CanvasRenderer,
  ]);
  export { init, dispose, getInstanceByDom, version } from "echarts/core";
`;

const described = (name) => {
  const told = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
  return { name, version: told.version, licence: told.license };
};

// Source maps are not shipped, and the hashed static storage refuses a reference to a missing file.
const withoutMap = (text) => text.replace(/\n?\/[/*]# sourceMappingURL=\S+?(?:\s*\*\/)?\s*$/, "\n");

const folder = (name) => {
  mkdirSync(join(target, name), { recursive: true });
  return name;
};

const files = (packageName, into, entries) => {
  for (const [from, to, change] of entries) {
    const text = readFileSync(join(modules, packageName, from), "utf8");
    writeFileSync(join(target, into, to), (change ?? ((same) => same))(withoutMap(text)));
  }
};

const licence = (packageName, file, into, as = "LICENSE") =>
  copyFileSync(join(modules, packageName, file), join(target, into, as));

const sprite = () => {
  const symbols = ICONS.map((name) => {
    const drawn = readFileSync(join(modules, "@tabler/icons/icons/outline", `${name}.svg`), "utf8");
    const paths = [...drawn.matchAll(/<(?!svg|\/svg)[^>]+>/g)]
      .map(([path]) => path.replace(/\s+/g, " "))
      .filter((path) => !path.includes('d="M0 0h24v24H0z"'));
    return (
      `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" ` +
      `stroke-linecap="round" stroke-linejoin="round">${paths.join("")}</symbol>`
    );
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
};

rmSync(target, { recursive: true, force: true });
const packages = [];

folder("tabler");
files("@tabler/core", "tabler", [["dist/css/tabler.min.css", "tabler.min.css"]]);
licence("@tabler/core", "LICENSE", "tabler");
packages.push({ ...described("@tabler/core"), folder: "tabler" });

folder("bootstrap");
files("bootstrap", "bootstrap", [["dist/js/bootstrap.bundle.min.js", "bootstrap.bundle.min.js"]]);
licence("bootstrap", "LICENSE", "bootstrap");
licence("@popperjs/core", "LICENSE.md", "bootstrap", "LICENSE.popper");
packages.push({ ...described("bootstrap"), folder: "bootstrap", includes: [described("@popperjs/core")] });

folder("htmx");
files("htmx.org", "htmx", [["dist/htmx.min.js", "htmx.min.js"]]);
licence("htmx.org", "LICENSE", "htmx");
packages.push({ ...described("htmx.org"), folder: "htmx" });

folder("tom-select");
files("tom-select", "tom-select", [
  ["dist/js/tom-select.complete.min.js", "tom-select.complete.min.js"],
  // Tabler names its variables --tblr-*, where Bootstrap's own are --bs-*; and the one color-mix() is
  // malformed, so that no browser heeds it.
  [
    "dist/css/tom-select.bootstrap5.min.css",
    "tom-select.min.css",
    (css) => css.replaceAll("--bs-", "--tblr-").replace(/background:color-mix\((?:[^()]|\([^()]*\))*\);?/, ""),
  ],
]);
licence("tom-select", "LICENSE", "tom-select");
packages.push({
  ...described("tom-select"),
  folder: "tom-select",
  changed: "tom-select.min.css: --bs-* variables renamed to --tblr-*, one malformed color-mix() left out",
  includes: [described("@orchidjs/sifter"), described("@orchidjs/unicode-variants")],
});

folder("sortable");
files("sortablejs", "sortable", [["Sortable.min.js", "sortable.min.js"]]);
licence("sortablejs", "LICENSE", "sortable");
packages.push({ ...described("sortablejs"), folder: "sortable" });

folder("echarts");
const charts = described("echarts");
await build({
  stdin: { contents: CHARTS, resolveDir: root },
  outfile: join(target, "echarts/echarts.min.js"),
  absWorkingDir: root,
  banner: { js: `/*! Apache ECharts ${charts.version}, a subset (Apache-2.0; see LICENSE and NOTICE beside) */` },
  bundle: true,
  charset: "utf8",
  define: { "process.env.NODE_ENV": '"production"' },
  format: "iife",
  globalName: "echarts",
  legalComments: "none",
  logLevel: "warning",
  minify: true,
  target: ENGINE,
});
licence("echarts", "LICENSE", "echarts");
licence("echarts", "NOTICE", "echarts", "NOTICE");
licence("echarts", "licenses/LICENSE-d3", "echarts", "LICENSE.d3");
licence("zrender", "LICENSE", "echarts", "LICENSE.zrender");
licence("tslib", "LICENSE.txt", "echarts", "LICENSE.tslib");
packages.push({
  ...charts,
  folder: "echarts",
  changed: "a subset built from its modules: bar, line and pie charts on canvas",
  includes: [described("zrender"), described("tslib")],
});

folder("icons");
writeFileSync(join(target, "icons/sprite.svg"), sprite());
licence("@tabler/icons", "LICENSE", "icons");
packages.push({
  ...described("@tabler/icons"),
  folder: "icons",
  changed: `${ICONS.length} outline icons joined into one file of symbols`,
});

for (const one of packages) {
  const here = join(target, one.folder);
  one.files = readdirSync(here).sort().map((name) => ({
    path: relative(target, join(here, name)).replaceAll("\\", "/"),
    bytes: statSync(join(here, name)).size,
    sha256: createHash("sha256").update(readFileSync(join(here, name))).digest("hex"),
  }));
  delete one.folder;
}
writeFileSync(join(target, "manifest.json"), JSON.stringify({ packages }, null, 2) + "\n");
