/**
 * Runs in the page, as text: makes the tables that are not sortable yet sort when a head is clicked, or Enter or Space is pressed on it:
 * ascending, descending, as it was. By value where a cell has one, else by its text; what is missing stays at the end.
 * Names nothing outside itself and leaves nothing behind but listeners on its own tables.
 */
export function sortRows(): void {
  function install(box: Element): void {
    const body = box.querySelector("tbody");
    const heads = [...box.querySelectorAll<HTMLElement>("thead th")];
    if (body === null) return;
    const rows = [...body.querySelectorAll<HTMLElement>("tr:not(.g)")];
    const gap = body.querySelector("tr.g");
    const before = gap === null ? -1 : [...body.children].indexOf(gap);
    const valueOf = (row: Element, i: number): string | number | null => {
      const cell = row.children[i] as HTMLElement;
      const { v } = cell.dataset;
      if (v === undefined) return cell.textContent;
      return v === "" ? null : Number(v);
    };
    const sort = (head: HTMLElement, i: number) => {
      const way = head.getAttribute("aria-sort") === "ascending"
        ? "descending"
        : head.getAttribute("aria-sort") === "descending"
        ? "none"
        : "ascending";
      heads.forEach((other) => other.setAttribute("aria-sort", other === head ? way : "none"));
      const sign = way === "descending" ? -1 : 1;
      const order = way === "none" ? rows : rows.map((row) => ({ row, value: valueOf(row, i) }))
        .sort((a, b) => {
          if (a.value === null || b.value === null) {
            return +(a.value === null) - +(b.value === null);
          }
          return a.value === b.value ? 0 : a.value < b.value ? -sign : sign;
        })
        .map(({ row }) => row);
      body.append(...order);
      if (gap !== null) {
        if (way === "none") body.insertBefore(gap, body.children[before]);
        else body.append(gap);
      }
    };
    heads.forEach((head, i) => {
      head.setAttribute("aria-sort", "none");
      head.tabIndex = 0;
      head.addEventListener("click", () => sort(head, i));
      head.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        // Front ends have shortcuts of their own on these keys.
        event.preventDefault();
        event.stopPropagation();
        sort(head, i);
      });
    });
  }
  const scan = () => {
    for (const box of document.querySelectorAll(".kindred-rows:not([data-live])")) {
      box.setAttribute("data-live", "");
      install(box);
    }
  };
  scan();
  // The classic Notebook runs scripts before what they belong to is on the page.
  setTimeout(scan, 0);
}
