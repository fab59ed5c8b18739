// Turns the exact packages of package-lock.json into browser-ready files under static/vendor, with their
// licence texts and a manifest of versions and SHA-256 sums. The product's own code is never bundled.
//   node vendor.mjs          writes static/vendor and e2e/testdata/axe.*
//   node vendor.mjs --check  builds into a scratch folder and fails if a file in the tree differs
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import {
  copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { bundles, copies, icons, testCopies } from './recipe.mjs';

const here = import.meta.dirname;
const target = resolve(here, '../../static/vendor');
const testdata = resolve(here, '../../e2e/testdata');
const from = (/** @type {string} */ path) => join(here, 'node_modules', path);
const text = (/** @type {string} */ path) => readFileSync(path, 'utf8');
const sum = (/** @type {string} */ path) =>
  'sha256-' + createHash('sha256').update(readFileSync(path)).digest('base64');

/** One licence file per package: its licence and, where it has one, its notice. */
function licence(out, name) {
  const has = (files) => files.map((f) => from(join(name, f))).find(existsSync);
  const own = has(['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE']);
  if (!own) throw new Error('no licence text in the package ' + name);
  const notice = has(['NOTICE']);
  const body = text(own) + (notice ? '\n----\n' + text(notice) : '');
  writeFileSync(join(out, 'licenses', name.replace('/', '__') + '.txt'), body);
  const { version, license } = JSON.parse(text(from(join(name, 'package.json'))));
  return { version, license };
}

async function bundle(out, file, source) {
  await build({
    stdin: { contents: source, resolveDir: here },
    outfile: join(out, file),
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['es2022', 'safari15.4', 'chrome99'],
    legalComments: 'none',
    conditions: ['production'],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
}

function sprite() {
  const symbols = icons.map((name) => {
    const svg = text(from(`lucide-static/icons/${name}.svg`)).replace(/<!--[\s\S]*?-->/g, '');
    const inner = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(svg)[1].replace(/\s+/g, ' ').trim();
    return `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`;
  });
  const head = '<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="currentColor" stroke-width="2" '
    + 'stroke-linecap="round" stroke-linejoin="round">';
  return `${head}\n${symbols.join('\n')}\n</svg>\n`;
}

async function make(out) {
  mkdirSync(join(out, 'licenses'), { recursive: true });
  const packages = {};
  for (const [file, { packages: names, source }] of Object.entries(bundles)) {
    await bundle(out, file, source);
    for (const name of names) packages[name] = licence(out, name);
  }
  packages['lucide-static'] = licence(out, 'lucide-static');
  writeFileSync(join(out, 'icons.svg'), sprite());
  for (const [path, file] of copies) copyFileSync(from(path), join(out, file));
  const types = join(here, 'types');
  for (const file of readdirSync(types)) copyFileSync(join(types, file), join(out, file));
  const files = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && e.name !== 'manifest.json')
    .map((e) => join(e.parentPath, e.name).slice(out.length + 1)).sort();
  const sums = Object.fromEntries(files.map((f) => [f, sum(join(out, f))]));
  writeFileSync(join(out, 'manifest.json'), JSON.stringify({ packages, files: sums }, null, 2) + '\n');
}

/** The files of the tree that are not what the lock file makes. */
function differences(out) {
  const list = (dir) => readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name).slice(dir.length + 1));
  const names = new Set([...list(out), ...list(target)]);
  const wrong = [...names].filter((f) => {
    const [a, b] = [join(out, f), join(target, f)];
    return !existsSync(a) || !existsSync(b) || sum(a) !== sum(b);
  });
  for (const [path, file] of testCopies) {
    const b = join(testdata, file);
    if (!existsSync(b) || sum(from(path)) !== sum(b)) wrong.push('e2e/testdata/' + file);
  }
  return wrong;
}

if (process.argv.includes('--check')) {
  const out = mkdtempSync(join(tmpdir(), 'vendor-'));
  await make(out);
  const wrong = differences(out);
  rmSync(out, { recursive: true, force: true });
  if (wrong.length) {
    console.error('static/vendor is not what package-lock.json makes; run `npm run build`.');
    console.error('Different: ' + wrong.join(', '));
    process.exit(1);
  }
  console.log('static/vendor is what package-lock.json makes');
} else {
  rmSync(target, { recursive: true, force: true });
  await make(target);
  for (const [path, file] of testCopies) {
    mkdirSync(dirname(join(testdata, file)), { recursive: true });
    copyFileSync(from(path), join(testdata, file));
  }
}
