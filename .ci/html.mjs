// The HTML report in a headless browser: it opens from disk, its filters find what they should among
// 20,000 cases (the times are printed; a second is aimed at), what a hostile target sent is text, it works by keyboard, and the console has no
// error. Needs node, chromium and chromedriver; SHARESPEC is the binary.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const sharespec = process.env.SHARESPEC ?? "target/release/sharespec";
const scratch = mkdtempSync(join(tmpdir(), "sharespec-html-"));
const CASES = 20_000;
// Many times what is aimed at: a busy machine is no failure, a page that hangs is.
const ENDLESS = 20_000;
const HOSTILE =
  "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";

let passed = 0;
const expect = (what, actual, wanted = true) => {
  if (actual !== wanted) throw new Error(`${what}: ${actual} instead of ${wanted}`);
  passed += 1;
  console.log(`ok      ${what}`);
};

// A real report, its cases repeated, and one of them of a hostile target.
const report = () => {
  const real = join(scratch, "real.jsonl");
  const run = ["run", "alibaba/disassociate", "--fault", "unknown-share-as-400"];
  try {
    execFileSync(sharespec, [...run, "--report", `jsonl=${real}`], { stdio: "ignore" });
  } catch {
    // It fails, as it should.
  }
  const lines = readFileSync(real, "utf8").trim().split("\n").map((line) => JSON.parse(line));
  const cases = lines.filter((line) => line.type === "case");
  const summary = lines.at(-1);
  const counted = { pass: 0, fail: 0, unsupported: 0 };
  const all = [];
  let hostile = "";
  for (let number = 0; number < CASES; number += 1) {
    const one = structuredClone(cases[number % cases.length]);
    one.id = `${one.id}/${number}`;
    if (one.failure && counted.fail === 0) {
      hostile = one.id;
      one.failure.actual = HOSTILE;
      one.failure.diff = `-a\n+${HOSTILE}`;
      one.failure.cause.observed = HOSTILE;
      for (const exchange of one.failure.exchanges) exchange.response = HOSTILE;
    }
    counted[one.outcome] += 1;
    all.push(one);
  }
  const first = { ...lines[0], cases: CASES, selected: CASES };
  const last = { ...summary, passed: counted.pass, failed: counted.fail };
  last.unsupported = counted.unsupported;
  const path = join(scratch, "many.jsonl");
  const text = [first, ...all, last].map((line) => JSON.stringify(line)).join("\n");
  writeFileSync(path, `${text}\n`);
  const html = join(scratch, "report.html");
  try {
    execFileSync(sharespec, ["merge", path, "--report", `html=${html}`], { stdio: "pipe" });
  } catch (error) {
    if (error.status !== 1) throw new Error(String(error.stderr));
  }
  return { html, counted, hostile };
};

const driver = spawn("chromedriver", ["--port=0"], { stdio: ["ignore", "pipe", "ignore"] });
const base = await new Promise((resolve, reject) => {
  let said = "";
  driver.stdout.on("data", (data) => {
    said += data;
    const port = /successfully on port (\d+)/.exec(said)?.[1];
    if (port) resolve(`http://127.0.0.1:${port}`);
  });
  driver.on("exit", () => reject(new Error(`chromedriver did not start: ${said}`)));
});

const call = async (method, path, body) => {
  const answer = await fetch(base + path, { method, body: body && JSON.stringify(body) });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${path}: ${value.message}`);
  return value;
};

let session;
try {
  const { html, counted, hostile } = report();
  const options = { args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1200,900"] };
  const always = { "goog:chromeOptions": options, "goog:loggingPrefs": { browser: "ALL" } };
  const created = await call("POST", "/session", { capabilities: { alwaysMatch: always } });
  session = `/session/${created.sessionId}`;
  const run = (script, ...args) => call("POST", `${session}/execute/sync`, { script, args });
  const keys = (text) =>
    call("POST", `${session}/actions`, {
      actions: [
        {
          type: "key",
          id: "keys",
          actions: [...text].flatMap((value) => [
            { type: "keyDown", value },
            { type: "keyUp", value },
          ]),
        },
      ],
    });
  const shown = () => run("return document.getElementById('shown').textContent");
  const filtered = (id, value) =>
    run(
      `const [id, value] = arguments; const field = document.getElementById(id); field.value = value;
       const began = performance.now();
       field.dispatchEvent(new Event("input", { bubbles: true }));
       document.body.getBoundingClientRect();
       return performance.now() - began;`,
      id,
      value,
    );

  await call("POST", `${session}/url`, { url: `file://${html}` });
  const opened = await run(
    "const [entry] = performance.getEntriesByType('navigation'); return entry.loadEventEnd",
  );
  console.log(`        ${CASES} cases opened in ${Math.round(opened)} ms`);
  expect("20,000 cases open", opened < ENDLESS);
  expect("what failed is shown first", (await shown()).startsWith(`${counted.fail} of ${CASES}`));

  let slowest = await filtered("outcome", "");
  expect("every case is there", (await shown()).startsWith(`${CASES} of ${CASES}`));
  slowest = Math.max(slowest, await filtered("text", "owner-mode omitted"));
  expect("a text is found", await run(
    "return [...document.querySelectorAll('#list .id')].every((it) => it.textContent.includes('owner-mode'))",
  ));
  slowest = Math.max(slowest, await filtered("text", ""));
  slowest = Math.max(slowest, await filtered("rule", "EntityNotExists.ResourceShare"));
  expect("a rule is found", !(await shown()).startsWith("0 of"));
  slowest = Math.max(slowest, await filtered("operation", "DisassociateResourceShare"));
  console.log(`        the slowest filter took ${Math.round(slowest)} ms`);
  expect("filters answer", slowest < ENDLESS);

  await run("document.querySelector('button[type=reset]').click()");
  await run("document.querySelector('button.cell.broken').click()");
  expect("a square of the picture filters by its rule", (await run(
    "return document.getElementById('rule').value",
  )).includes("EntityNotExists.ResourceShare"));

  await run("document.querySelector('button[type=reset]').click()");
  await filtered("text", hostile);
  await run("document.activeElement.blur()");
  await keys("j\uE007");
  expect("a case opens by keyboard", await run("return document.querySelectorAll('details.case[open]').length"), 1);
  expect("what a target sent is text", await run(
    `const text = document.querySelector('details.case[open]').textContent;
     return text.includes("onerror=") && text.includes("</script>");`,
  ));
  expect("and nothing else", await run("return document.querySelectorAll('img').length"), 0);
  expect("nor is it run", (await run("return document.title")).includes("owned"), false);
  await run("document.activeElement.blur()");
  await keys("/");
  expect("a slash goes to the search", await run("return document.activeElement.id"), "text");

  const colour = async (scheme) => {
    const features = [{ name: "prefers-color-scheme", value: scheme }];
    const params = { cmd: "Emulation.setEmulatedMedia", params: { features } };
    await call("POST", `${session}/goog/cdp/execute`, params);
    return run("return getComputedStyle(document.body).backgroundColor");
  };
  expect("light and dark differ", (await colour("light")) !== (await colour("dark")));

  const errors = await call("POST", `${session}/se/log`, { type: "browser" });
  const bad = errors.filter((each) => each.level === "SEVERE").map((each) => each.message);
  expect("the console has no error", bad.join("\n"), "");
  console.log(`${passed} passed, 0 failed`);
} catch (error) {
  console.log(`FAILED  ${error.message}`);
  process.exitCode = 1;
} finally {
  if (session) await call("DELETE", session).catch(() => {});
  driver.kill();
  rmSync(scratch, { recursive: true, force: true });
}
