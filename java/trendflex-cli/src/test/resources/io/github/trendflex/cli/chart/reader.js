// Stands for a person who reads a page: the tests run this in it, and then what the person does.

const said = [];

function say(text) {
  said.push(text);
}

async function frame() {
  await new Promise((resolve) => requestAnimationFrame(resolve));
}

async function until(condition) {
  while (!condition()) {
    await frame();
  }
}

/** Waits until the charts have drawn what they were asked to. */
async function drawn() {
  await frame();
  await until(() => axis.frame === 0);
  await frame();
}

function mouse(type, chart, place, value, target = chart.over) {
  const area = chart.over.getBoundingClientRect();
  target.dispatchEvent(
    new MouseEvent(type, {
      bubbles: true,
      movementX: 1, // to uPlot a move of the mouse that goes nowhere is none
      clientX: area.left + chart.valToPos(place, "x"),
      clientY: area.top + (value === undefined ? area.height / 3 : chart.valToPos(value, "y")),
    }),
  );
}

function key(name) {
  document.dispatchEvent(new KeyboardEvent("keydown", { key: name }));
}

/** All that the page tells about what is under the pointer. */
function told() {
  const parts = [...document.getElementById("readout").childNodes, ...document.querySelectorAll("output")];
  return parts.map((part) => part.textContent || part.value).join(" | ");
}

/** How many colours a chart has within its axes. */
function colorsOf({ ctx, bbox }) {
  const { data } = ctx.getImageData(bbox.left, bbox.top, bbox.width, bbox.height);
  return new Set(new Uint32Array(data.buffer)).size;
}

/** Does what the person does; returns what is said meanwhile, in Base64. */
async function read(person) {
  await until(() => axis.charts.length > 0);
  await drawn();
  await person(...axis.charts);
  return btoa(String.fromCharCode(...new TextEncoder().encode(said.join("\n"))));
}
