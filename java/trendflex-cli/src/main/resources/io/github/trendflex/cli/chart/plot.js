// The prices, and below them a line for each period.

const periods = settings.periods.split(",");
const colors = settings.colors.split(",");
const darkColors = settings.darkColors.split(",");
const reach = Number(settings.reach);

openPage((numbers) => {
  const prices = numbers.prices();
  const trends = periods.map(() => numbers.values());
  const choices = periods.map(addChoice);

  function point(bar) {
    const price = Number.isNaN(prices[bar]) ? "–" : String(prices[bar]);
    document.getElementById("readout").replaceChildren(
      axis.label(bar),
      Object.assign(document.createElement("span"), { textContent: `${settings.priceName} ${price}` }),
    );
    trends.forEach((values, i) => {
      const value = values[bar];
      choices[i].output.value = Number.isNaN(value) ? "–" : value.toFixed(4).replace("-", "−");
    });
  }

  addChart({
    name: settings.priceName,
    series: [{ stroke: () => css("--ink"), width: 1.3 }],
    data: (chart) => outline([prices], chart),
    point,
  });
  document.querySelector("main").append(fieldset);
  const chart = addChart({
    name: "TrendFlex",
    range: () => [-reach * 1.05, reach * 1.05],
    series: periods.map((_, i) => ({ stroke: () => (dark.matches ? darkColors : colors)[i], width: 1.3 })),
    data: (chart) => outline(trends, chart),
    hooks: { drawAxes: [drawLevels] },
    point,
  });
  choices.forEach(({ input }, i) =>
    input.addEventListener("change", () => chart.setSeries(i + 1, { show: input.checked })),
  );
  point(bars - 1);
});

const fieldset = document.createElement("fieldset");

/** Adds what switches the line of a period on and off and tells its value under the pointer. */
function addChoice(period, i) {
  const label = fieldset.appendChild(document.createElement("label"));
  label.style.setProperty("--light", colors[i]);
  label.style.setProperty("--dark", darkColors[i]);
  const input = Object.assign(document.createElement("input"), { type: "checkbox", checked: true });
  const name = Object.assign(document.createElement("b"), { textContent: period });
  const output = document.createElement("output");
  label.append(input, name, output);
  return { input, output };
}

/**
 * What lines look like in the range that is shown. Of many bars that share a column of pixels, the least and the
 * greatest value of each line are kept, so that no bar that can be seen is lost.
 */
function outline(lines, chart) {
  const columns = Math.max(1, Math.round(chart.bbox.width));
  const begin = Math.max(0, axis.barAt(axis.min) - 1);
  const end = Math.min(bars, axis.barAt(axis.max) + 1);
  if (end - begin <= 2 * columns) {
    return [axis.places, ...lines].map((line) => Array.from(line.subarray(begin, end), known));
  }
  const edges = axis.columns(columns);
  edges[0] = begin;
  edges[columns] = end;
  const places = [];
  const outlines = lines.map(() => []);
  for (let column = 0; column < columns; column++) {
    const [from, to] = [edges[column], edges[column + 1]];
    if (from < to) {
      places.push(axis.places[from], axis.places[to - 1]);
      lines.forEach((line, i) => outlines[i].push(...extremes(line, from, to)));
    }
  }
  return [places, ...outlines];
}

/** The least and the greatest of some values in the order in which they stand. */
function extremes(values, from, to) {
  let least = Infinity;
  let greatest = -Infinity;
  let leastAt = from;
  let greatestAt = from;
  for (let bar = from; bar < to; bar++) {
    const value = values[bar];
    if (value < least) {
      least = value;
      leastAt = bar;
    }
    if (value > greatest) {
      greatest = value;
      greatestAt = bar;
    }
  }
  const pair = [known(values[leastAt]), known(values[greatestAt])];
  return leastAt <= greatestAt ? pair : pair.reverse();
}

/** A value as uPlot takes it, for which a gap is null. */
function known(value) {
  return Number.isNaN(value) ? null : value;
}

/** Draws lines across the chart at 0 and ±1. */
function drawLevels(chart) {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.strokeStyle = css("--level");
  ctx.lineWidth = devicePixelRatio;
  for (const level of [-1, 0, 1]) {
    const y = Math.round(chart.valToPos(level, "y", true)) + 0.5;
    ctx.setLineDash(level ? [4 * devicePixelRatio, 4 * devicePixelRatio] : []);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
  }
  ctx.restore();
}
