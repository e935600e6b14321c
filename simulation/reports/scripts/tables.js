const BYTE_ORDER_MARK = "\ufeff"; // without it a spreadsheet takes é for two letters
const NUMBER = /^[+-]?\d[\d.,]*[a-z% ]*( \([+−–]?[\d.,]* [a-z]+ [+−–]?[\d.,]*\))?( ?[*†])?$/; // unit, interval
const FORMULA = /^[=+\-@\t\r]/;
const KEPT_MS = 10000;

/** Put a button to download and one to copy above every table that names a file: `<table data-csv="measures">`. */
export function startTables() {
  const words = document.getElementById("table-words");
  if (!words) return;
  for (const table of document.querySelectorAll("table[data-csv]")) {
    table.before(toolbar(table, words.dataset));
  }
}

/** Give the rows of a table as lists of texts, as wide as they are shown. */
export function rowsOf(table) {
  return [...table.rows].map((row) =>
    [...row.cells].flatMap((cell) => [textOf(cell), ...Array(cell.colSpan - 1).fill("")]),
  );
}

/** Give rows as CSV after RFC 4180, fit for a spreadsheet. */
export function csvOf(rows) {
  return rows.map((row) => row.map((cell) => quoted(harmless(cell))).join(",") + "\r\n").join("");
}

/** Give rows as a clipboard takes them: a tab between two cells. */
export function tabbed(rows) {
  return rows.map((row) => row.map((cell) => harmless(cell.replace(/\s+/g, " "))).join("\t")).join("\n");
}

/** Keep a spreadsheet from taking a text for a formula. */
function harmless(cell) {
  return FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
}

function quoted(cell) {
  return /[",;\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Give what a cell shows; parts that stand below one another are set apart. */
function textOf(cell) {
  const parts = [""];
  for (const node of cell.childNodes) {
    const own = node.nodeType === Node.ELEMENT_NODE && node.matches(".meaning, .value");
    if (own) parts.push(node.textContent, "");
    else parts[parts.length - 1] += node.textContent;
  }
  return parts.map((part) => part.replace(/\s+/g, " ").trim()).filter(Boolean).join(" – ");
}

function toolbar(table, words) {
  const bar = document.createElement("div");
  bar.className = "table-tools";
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  const name = nameOf(table);
  bar.append(
    button(words.download, name, words.of, () => download(table)),
    button(words.copy, name, words.of, () => copy(table, status, words)),
    status,
  );
  return bar;
}

/** Give what a table is called on the page. */
function nameOf(table) {
  const heading = table.caption ?? table.closest("details")?.querySelector("summary");
  const shown = heading ?? table.closest("section")?.querySelector("h2");
  return shown ? shown.textContent.trim() : table.dataset.csv;
}

function button(label, name, pattern, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.setAttribute("aria-label", pattern.replace("{button}", () => label).replace("{name}", () => name));
  made.addEventListener("click", act);
  return made;
}

function download(table) {
  const file = new Blob([BYTE_ORDER_MARK + csvOf(rowsOf(table))], { type: "text/csv;charset=utf-8" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${table.dataset.csv}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}

async function copy(table, status, words) {
  try {
    await navigator.clipboard.writeText(tabbed(rowsOf(table)));
    status.textContent = words.copied;
  } catch {
    status.textContent = words.failed;
  }
}
