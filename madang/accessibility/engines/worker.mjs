// Answers one line of JSON with one line of JSON: Alfa over a page's serialised DOM, html-validate over its HTML.
// Started as: node worker.mjs <node_modules>.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(process.argv[2] + "/x.js"));
const load = (name) => import(pathToFileURL(require.resolve(name)));
let alfa, validator;

async function runAlfa({ node, device, url }) {
  alfa ??= await (async () => ({
    rules: (await load("@siteimprove/alfa-rules")).default,
    ...(await load("@siteimprove/alfa-act")),
    ...(await load("@siteimprove/alfa-device")),
    ...(await load("@siteimprove/alfa-dom")),
    ...(await load("@siteimprove/alfa-http")),
    ...(await load("@siteimprove/alfa-url")),
    ...(await load("@siteimprove/alfa-wcag")),
    ...(await load("@siteimprove/alfa-web")),
  }))();
  const at = alfa.URL.parse(url).getUnsafe();
  const seen = alfa.Device.from(device);
  const page = alfa.Page.of(
    alfa.Request.of("GET", at), alfa.Response.of(at, 200, []), alfa.Document.from(node, seen), seen);
  const said = {};
  for (const outcome of await alfa.Audit.of(page, alfa.rules).evaluate()) {
    const kind = alfa.Outcome.isFailed(outcome) ? "failed" : alfa.Outcome.isCantTell(outcome) ? "cantTell"
      : alfa.Outcome.isPassed(outcome) ? "passed" : "";
    if (!kind) continue;
    const id = outcome.rule.uri.replace(/^.*\//, "");
    const rule = (said[id] ??= { id, passed: false, results: [],
      criteria: [...outcome.rule.requirements].filter((r) => alfa.Criterion.isCriterion(r)).map((r) => r.chapter) });
    if (kind === "passed") rule.passed = true;
    else if (rule.results.length < 10) rule.results.push({ kind, ...place(outcome.target), advice: advice(outcome) });
  }
  return Object.values(said);
}

function place(target) {
  const one = target && target[Symbol.iterator] && !target.path ? [...target][0] : target;
  if (!one || !one.path) return { path: "", html: "" };
  return { path: one.path(), html: String(one).slice(0, 300) };
}

function advice(outcome) {
  for (const [, expectation] of outcome.expectations ?? []) {
    const result = expectation.toJSON?.().value ?? expectation.toJSON?.();
    const message = result?.error?.message ?? result?.value?.message ?? result?.message;
    if (message) return message;
  }
  return "";
}

async function runValidate({ html }) {
  validator ??= await (async () => {
    const { HtmlValidate, StaticConfigLoader } = await load("html-validate");
    return new HtmlValidate(new StaticConfigLoader({ extends: ["html-validate:standard"] }));
  })();
  const report = await validator.validateString(html, "page.html");
  return report.results.flatMap((each) => each.messages).slice(0, 200).map((each) => ({
    id: each.ruleId, severity: each.severity, advice: each.message, target: each.selector ?? "", line: each.line }));
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const { id, job, ...given } = JSON.parse(line);
  let answer;
  try {
    answer = { id, said: await (job === "alfa" ? runAlfa(given) : runValidate(given)) };
  } catch (error) {
    answer = { id, error: String(error?.message ?? error).slice(0, 300) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
