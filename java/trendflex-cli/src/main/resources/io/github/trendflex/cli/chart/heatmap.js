// The values of a batch as colours: period by time.

const rows = Number(settings.rows);
const step = Number(settings.step);
const firstPeriod = Number(settings.firstPeriod);
const lastPeriod = firstPeriod + step * (rows - 1);
const least = Math.min(firstPeriod, lastPeriod) - Math.abs(step) / 2;
const greatest = Math.max(firstPeriod, lastPeriod) + Math.abs(step) / 2;
const deepest = Number(settings.range);

openPage((numbers) => {
  const values = Array.from({ length: rows }, () => numbers.values());
  if (step > 0) {
    values.reverse(); // the largest period is at the top
  }

  function point(bar, period) {
    const row = Math.min(Math.max(Math.floor((greatest - period) / Math.abs(step)), 0), rows - 1);
    const value = values[row][bar];
    const parts = [
      axis.label(bar),
      `period ${Math.max(firstPeriod, lastPeriod) - row * Math.abs(step)}`,
      Number.isNaN(value) ? "no value" : value.toFixed(4).replace("-", "−"),
    ];
    document
      .getElementById("readout")
      .replaceChildren(...parts.map((textContent) => Object.assign(document.createElement("span"), { textContent })));
  }

  addChart({
    name: "period",
    range: () => [least, greatest],
    marks: WHOLE_MARKS,
    series: [{ show: false }],
    data: () => [[axis.min, axis.max], [null, null]],
    hooks: { drawAxes: [(chart) => paint(values, chart)] },
    point,
    cells: true,
  });
  point(bars - 1, least);
  addScale();
});

/** Paints the values that are in the range of the axis, each pixel as the mean of those that fall on it. */
function paint(values, { ctx, bbox }) {
  const width = Math.max(1, Math.round(bbox.width));
  const height = Math.min(rows, Math.max(1, Math.round(bbox.height)));
  const edges = axis.columns(width);
  const sums = new Float64Array(width);
  const counts = new Uint32Array(width);
  const image = new ImageData(width, height);
  const paints = ["--falling", "--flat", "--rising", "--missing"].map((name) => css(name).trim().split(" ").map(Number));
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    counts.fill(0);
    const next = Math.floor(((y + 1) * rows) / height);
    for (let row = Math.floor((y * rows) / height); row < next; row++) {
      addRow(values[row], edges, sums, counts);
    }
    for (let x = 0; x < width; x++) {
      const color = counts[x] ? mixed(sums[x] / counts[x], paints) : paints[3];
      image.data.set(color, 4 * (y * width + x));
      image.data[4 * (y * width + x) + 3] = 255;
    }
  }
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas.getContext("2d").putImageData(image, 0, 0);
  ctx.save();
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(canvas, bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.restore();
}

/** Adds the values of a row to those of the columns that they fall on. A bar lasts until the next one. */
function addRow(row, edges, sums, counts) {
  for (let x = 0; x < sums.length; x++) {
    const from = edges[x] < edges[x + 1] ? edges[x] : Math.max(0, edges[x] - 1);
    const to = Math.max(edges[x + 1], from + 1);
    for (let bar = from; bar < to; bar++) {
      if (!Number.isNaN(row[bar])) {
        sums[x] += row[bar];
        counts[x]++;
      }
    }
  }
}

function mixed(value, [falling, flat, rising]) {
  const depth = Math.min(1, Math.abs(value) / deepest);
  const end = value < 0 ? falling : rising;
  return flat.map((part, i) => part + depth * (end[i] - part));
}

/** Says below the chart which colour is which value. */
function addScale() {
  const legend = document.querySelector("main").appendChild(document.createElement("p"));
  const colors = Object.assign(document.createElement("span"), { className: "scale" });
  legend.append(`−${deepest} and less`, colors, `${deepest} and more; grey: no value`);
}
