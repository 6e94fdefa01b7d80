/**
 * Runs in the page, as text: puts the drawing in place of its image and makes it live. Dragging and arrow keys move, the buttons, + and -
 * and (once it was clicked, so that a page can be scrolled past it) the wheel zoom, the pointer or the focus on a node shows what is known
 * of it and what it is joined to, a click or Enter on a node of a tree hides what is below it.
 * Names nothing outside itself and leaves nothing behind but listeners on its own drawings.
 */
export function liveGraph(): void {
  function install(box: HTMLElement): void {
    const image = box.querySelector("img");
    if (image === null) return;
    const bytes = Uint8Array.from(atob(image.src.split(",")[1]), (c) => c.charCodeAt(0));
    const source = new TextDecoder().decode(bytes);
    const parsed = new DOMParser().parseFromString(source, "image/svg+xml").documentElement;
    const svg = document.importNode(parsed, true) as unknown as SVGSVGElement;
    if (svg.localName !== "svg") return;
    image.replaceWith(svg);
    const whole = svg.viewBox.baseVal;
    const home = [whole.x, whole.y, whole.width, whole.height];
    let view = [...home];
    const nodes = [...svg.querySelectorAll<SVGGElement>(".n")];
    const edges = [...svg.querySelectorAll<SVGPathElement>(".edges path")];
    const isTree = svg.dataset.kind === "tree";
    const number = (node: Element, name: string) => Number(node.getAttribute(`data-${name}`));

    const look = () => svg.setAttribute("viewBox", view.map((x) => x.toFixed(2)).join(" "));
    /** Zooms around a point that is given as shares of the view. */
    function zoom(factor: number, x = 0.5, y = 0.5): void {
      const wide = Math.min(home[2] * 4, Math.max(home[2] / 16, view[2] / factor));
      const high = wide * home[3] / home[2];
      view = [view[0] + (view[2] - wide) * x, view[1] + (view[3] - high) * y, wide, high];
      look();
    }
    function move(x: number, y: number): void {
      view = [view[0] + x * view[2], view[1] + y * view[3], view[2], view[3]];
      look();
    }

    const bar = document.createElement("div");
    bar.className = "bar";
    const button = (label: string, title: string, run: () => void) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = label;
      made.title = title;
      made.setAttribute("aria-label", title);
      made.addEventListener("click", run);
      bar.append(made);
    };
    button("+", "Zoom in", () => zoom(1.25));
    button("\u2212", "Zoom out", () => zoom(0.8));
    button("1:1", "Show the whole drawing", () => {
      view = [...home];
      look();
    });
    box.append(bar);

    const tip = document.createElement("div");
    tip.className = "tip";
    tip.hidden = true;
    box.append(tip);
    function joined(node: SVGGElement): Set<Element> {
      const near = new Set<Element>([node]);
      const own = nodes.indexOf(node);
      if (isTree) {
        for (let i = own; i >= 0; i = number(nodes[i], "p")) {
          near.add(nodes[i]);
          if (i > 0) near.add(edges[i - 1]);
        }
        nodes.forEach((other, i) => {
          if (i <= own || !near.has(nodes[number(other, "p")]) || number(other, "p") < own) return;
          near.add(other).add(edges[i - 1]);
        });
        return near;
      }
      for (const edge of edges) {
        const ends = [number(edge, "from"), number(edge, "to")];
        if (ends.includes(own)) near.add(edge).add(nodes[ends[0]]).add(nodes[ends[1]]);
      }
      return near;
    }
    function point(node: SVGGElement | null): void {
      const near = node === null ? null : joined(node);
      for (const part of [...nodes, ...edges]) {
        part.classList.toggle("dim", near !== null && !near.has(part));
      }
      tip.hidden = node === null;
      if (node === null) return;
      const more = node.hasAttribute("aria-expanded") ? "\nClick: hide or show what is below" : "";
      tip.textContent = node.getAttribute("aria-label") + more;
      const at = (node.querySelector("circle,path") ?? node).getBoundingClientRect();
      const frame = box.getBoundingClientRect();
      const left = at.right - frame.left + 8;
      tip.style.left = `${Math.max(0, Math.min(left, frame.width - tip.offsetWidth - 4))}px`;
      const below = at.bottom - frame.top + 6;
      const fits = below + tip.offsetHeight < frame.height;
      tip.style.top = `${fits ? below : Math.max(0, at.top - frame.top - tip.offsetHeight - 6)}px`;
    }

    const hidden = new Set<number>();
    /** Leaves a line apart, parents in the middle of their children: as the drawing was made. */
    function arrange(): void {
      const row = number(svg, "row");
      const gone = nodes.map(() => false);
      const sums = nodes.map(() => [0, 0]);
      const y: number[] = [];
      const parent = nodes.map((node) => number(node, "p"));
      const last = nodes.map(() => true);
      parent.forEach((p, i) => {
        if (i === 0) return;
        gone[i] = gone[p] || hidden.has(p);
        if (!gone[i]) last[p] = false;
      });
      let line = 0;
      nodes.forEach((_, i) => {
        if (!gone[i] && last[i]) y[i] = row * (line++ + 0.5);
      });
      for (let i = nodes.length - 1; i >= 0; i--) {
        if (gone[i]) continue;
        if (!last[i]) y[i] = sums[i][0] / sums[i][1];
        if (i > 0) {
          sums[parent[i]][0] += y[i];
          sums[parent[i]][1]++;
        }
      }
      const x = nodes.map((node) => parseFloat(node.getAttribute("transform")!.slice(10)));
      nodes.forEach((node, i) => {
        node.style.display = gone[i] ? "none" : "";
        if (i > 0) edges[i - 1].style.display = node.style.display;
        if (gone[i]) return;
        node.setAttribute("transform", `translate(${x[i]},${y[i]})`);
        if (i === 0) return;
        const from = x[parent[i]] + number(nodes[parent[i]], "w");
        const to = x[i] - number(node, "r");
        const middle = (from + to) / 2;
        edges[i - 1].setAttribute(
          "d",
          `M${from},${y[parent[i]]}C${middle},${y[parent[i]]},${middle},${y[i]},${to},${y[i]}`,
        );
      });
    }
    function toggle(i: number): void {
      if (!nodes[i].hasAttribute("aria-expanded")) return;
      const closed = !hidden.delete(i);
      if (closed) hidden.add(i);
      nodes[i].setAttribute("aria-expanded", String(!closed));
      const label = nodes[i].querySelector("text")!;
      const count = label.querySelector("tspan");
      if (count !== null) count.remove();
      if (closed) {
        const more = document.createElementNS(svg.namespaceURI, "tspan");
        more.textContent = ` +${(number(nodes[i], "m") - 1).toLocaleString("en-US")}`;
        more.setAttribute("fill", "#5b636d");
        label.append(more);
      }
      arrange();
    }

    let dragged = false;
    nodes.forEach((node, i) => {
      // The page's own tip would cover this one.
      const title = node.querySelector("title")!;
      node.setAttribute("aria-label", title.textContent!);
      title.remove();
      node.setAttribute("tabindex", "0");
      node.setAttribute("role", "img");
      if (isTree && nodes.some((other) => number(other, "p") === i)) {
        node.setAttribute("aria-expanded", "true");
        node.setAttribute("role", "button");
      }
      node.addEventListener("pointerenter", () => point(node));
      node.addEventListener("pointerleave", () => point(null));
      node.addEventListener("focus", () => point(node));
      node.addEventListener("blur", () => point(null));
      node.addEventListener("click", () => dragged || toggle(i));
    });
    svg.querySelector(":scope > title")?.remove();
    svg.setAttribute("tabindex", "0");
    svg.setAttribute("role", "group");
    box.addEventListener("keydown", (event) => {
      const steps: Record<string, () => void> = {
        "+": () => zoom(1.25),
        "-": () => zoom(0.8),
        "0": () => zoom(view[2] / home[2]),
        ArrowLeft: () => move(-0.1, 0),
        ArrowRight: () => move(0.1, 0),
        ArrowUp: () => move(0, -0.1),
        ArrowDown: () => move(0, 0.1),
        Escape: () => point(null),
      };
      const at = nodes.indexOf(event.target as SVGGElement);
      if (at >= 0) steps.Enter = steps[" "] = () => toggle(at);
      if (!Object.hasOwn(steps, event.key) || event.ctrlKey || event.metaKey) return;
      // Front ends have shortcuts of their own on these keys.
      event.preventDefault();
      event.stopPropagation();
      steps[event.key]();
    });
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !box.contains(document.activeElement)) return;
      event.preventDefault();
      const frame = svg.getBoundingClientRect();
      const x = (event.clientX - frame.left) / frame.width;
      zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, x, (event.clientY - frame.top) / frame.height);
    }, { passive: false });
    let start: PointerEvent | null = null;
    svg.addEventListener("pointerdown", (event) => {
      start = event;
      dragged = false;
    });
    svg.addEventListener("pointermove", (event) => {
      if (start === null || event.buttons === 0) return;
      const [x, y] = [event.clientX - start.clientX, event.clientY - start.clientY];
      if (!dragged && Math.hypot(x, y) < 4) return;
      if (!dragged) svg.setPointerCapture(event.pointerId);
      dragged = true;
      start = event;
      const frame = svg.getBoundingClientRect();
      move(-x / frame.width, -y / frame.height);
    });
    svg.addEventListener("pointerup", () => start = null);
  }
  const scan = () => {
    for (const box of document.querySelectorAll<HTMLElement>(".kindred-graph:not([data-live])")) {
      box.setAttribute("data-live", "");
      install(box);
    }
  };
  scan();
  // The classic Notebook runs scripts before what they belong to is on the page.
  setTimeout(scan, 0);
}
