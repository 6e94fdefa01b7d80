/**
 * Takes the pictures of JupyterLab that the README shows; CONTRIBUTING says how.
 *
 * @module
 */
import { basename, dirname, join } from "node:path";
import { paths } from "../paths.ts";
import { type BrowserPage, openBrowser } from "./chromium.ts";
import { command, integer, UsageError } from "./cli.ts";
import { onInterrupt } from "./interrupt.ts";
import { ownEnvironment, writeJupyterSettings, writeKernelSpec } from "./kernel_folders.ts";
import { findJupyter } from "./lab/find_jupyter.ts";
import { serve, type Server } from "./lab/serve.ts";
import { makeCheckFolder, removeCheckFolder } from "./notebook/check_folder.ts";
import { notebookFiles } from "./notebook/notebook_files.ts";
import { removeFolder } from "./remove_folder.ts";

/** Most bytes of a picture. */
const most = 250_000;

/** JavaScript that finds the notebook's panel, and says whether its kernel can begin. */
const ready = `(() => {
  globalThis.panel = [...(globalThis.jupyterapp?.shell.widgets("main") ?? [])]
    .find((widget) => widget.sessionContext);
  return panel?.sessionContext.session?.kernel?.status === "idle";
})()`;

/** Whether all cells have run. */
const done = `panel.sessionContext.session.kernel.status === "idle" && panel.content.widgets
  .every(({ model }) => model.type !== "code" || model.executionCount !== null)`;

const help = `
Runs a notebook in JupyterLab, in a headless Chromium, and takes a picture of it.

  deno run --allow-all lib/task/screenshot.ts NN --out FILE.png [--at TEXT]

  NN               the notebook whose name starts so
  --at TEXT        scrolls to the first cell in which this stands (the first cell)
  --down PIXELS    and so much further (0)
  --jupyter FOLDER programs of JupyterLab (that of the project, else that on the path)
  --chromium FILE  Chromium (/usr/bin/chromium)

A picture of more than ${most.toLocaleString("en-US")} bytes is refused.
`;

if (import.meta.main) {
  await command({
    help,
    options: {
      out: { type: "string" },
      at: { type: "string", default: "" },
      down: { type: "string", default: "0" },
      jupyter: { type: "string" },
      chromium: { type: "string", default: "/usr/bin/chromium" },
    },
    positionals: [1, 1],
    async run({ out, at, down, jupyter, chromium }, [named]) {
      if (typeof out !== "string") throw new UsageError("--out is missing");
      const [file] = notebookFiles([named]);
      // A copy, since JupyterLab saves what it opens.
      const folder = makeCheckFolder(file);
      const root = Deno.makeTempDirSync({ prefix: "kindred-screenshot-" });
      const stop = new AbortController();
      let server: Server | undefined;
      let page: BrowserPage | undefined;
      const end = async () => {
        await page?.close();
        await server?.end();
        await removeFolder(root);
        removeCheckFolder(folder);
      };
      const unwatch = onInterrupt(end);
      try {
        for (const { name } of Deno.readDirSync(dirname(file))) {
          if (!name.endsWith(".ipynb")) continue;
          Deno.copyFileSync(join(dirname(file), name), join(folder, name));
        }
        const url = `http://127.0.0.1:${freePort()}`;
        server = await start(url, { folder, root, programs: jupyter as string | undefined });
        page = await openBrowser(String(chromium), { signal: stop.signal });
        const bytes = await picture(page, {
          url: `${url}/lab/tree/${basename(file)}?reset`,
          at: String(at),
          down: integer(down, { name: "down" }),
        });
        if (bytes.length > most) {
          throw new Error(`The picture has ${bytes.length} bytes, expected at most ${most}`);
        }
        Deno.writeFileSync(out, bytes);
        console.log(`Wrote ${out}: ${bytes.length.toLocaleString("en-US")} bytes`);
      } finally {
        unwatch();
        await end();
      }
    },
  });
}

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.close();
  return listener.addr.port;
}

/** Starts a JupyterLab without a person's settings and waits until it answers. */
async function start(
  url: string,
  { folder, root, programs }: { folder: string; root: string; programs: string | undefined },
): Promise<Server> {
  const env: Record<string, string> = {
    ...ownEnvironment(root),
    ...(programs === undefined ? {} : { PATH: `${programs}:${Deno.env.get("PATH")}` }),
  };
  writeKernelSpec(env.JUPYTER_PATH);
  writeJupyterSettings(env.JUPYTER_CONFIG_PATH);
  const settings = join(root, "config/lab/user-settings/@jupyterlab/apputils-extension");
  Deno.mkdirSync(settings, { recursive: true });
  Deno.writeTextFileSync(
    join(settings, "notification.jupyterlab-settings"),
    JSON.stringify({ fetchNews: "false", checkForUpdates: false }),
  );
  const found = await findJupyter({ venv: join(paths.jupyter, "venv"), env });
  if (!found?.name.startsWith("JupyterLab")) throw new Error("Cannot find JupyterLab");
  const server = serve(found, {
    folder,
    env,
    port: Number(new URL(url).port),
    browser: false,
    args: [
      "--IdentityProvider.token=",
      "--ServerApp.disable_check_xsrf=True",
      "--LabApp.expose_app_in_browser=True",
    ],
    output: "null",
  });
  for (let tenths = 0; tenths < 600; tenths++) {
    try {
      await (await fetch(`${url}/api`)).body?.cancel();
      return server;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  await server.end();
  throw new Error("JupyterLab does not answer after 60 s");
}

/** Runs all cells and takes a picture of 1,400 by 900 pixels. */
async function picture(
  page: BrowserPage,
  { url, at, down }: { url: string; at: string; down: number },
): Promise<Uint8Array> {
  await page.resize({ width: 1400, height: 900 });
  await page.goto(url);
  await page.until(ready, 60);
  await page.evaluate(`jupyterapp.shell.activateById(panel.id);
    void jupyterapp.commands.execute("notebook:run-all-cells")`);
  await page.until(done, 300);
  const found = await page.evaluate(`(async () => {
    const cells = panel.content.widgets;
    const index = cells.findIndex(({ model }) => model.sharedModel.source.includes(${
    JSON.stringify(at)
  }));
    if (index < 0) return false;
    panel.content.activeCellIndex = index;
    // Cells get their height when they are drawn, which moves those below.
    for (let tries = 0; tries < 4; tries++) {
      await panel.content.scrollToItem(index, "start").catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    panel.content.node.querySelector(".jp-WindowedPanel-outer").scrollBy(0, ${down});
    document.activeElement?.blur();
    await new Promise((resolve) => setTimeout(resolve, 500));
    return true;
  })()`);
  if (!found) throw new RangeError(`Cannot find a cell with "${at}"`);
  return await page.screenshot();
}
