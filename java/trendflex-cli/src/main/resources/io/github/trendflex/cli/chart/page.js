"use strict";

// What the pages have in common: the numbers in the page, and charts over one axis of bars, of which a range is shown.

const settings = document.body.dataset;
const bars = Number(settings.bars);
const timed = "timed" in settings;
const dark = matchMedia("(prefers-color-scheme: dark)");
const css = (name) => getComputedStyle(document.body).getPropertyValue(name);

/** The numbers in the page, which are read one after the other. */
class Numbers {
  constructor(buffer) {
    this.bytes = new Uint8Array(buffer);
    this.at = 0;
  }

  static async unpack() {
    const text = atob(document.getElementById("data").textContent);
    const packed = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) {
      packed[i] = text.charCodeAt(i);
    }
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Numbers(await new Response(stream).arrayBuffer());
  }

  /** A whole number from 0: seven bits a byte, the lowest first. */
  natural() {
    let value = 0;
    let weight = 1;
    let byte;
    do {
      byte = this.bytes[this.at++];
      value += (byte & 127) * weight;
      weight *= 128;
    } while (byte > 127);
    return value;
  }

  /** The places of the bars on the axis: times in milliseconds since 1970, or their numbers. */
  places() {
    const places = new Float64Array(bars);
    let place = 0;
    for (let bar = 0; bar < bars; bar++) {
      place += signed(this.natural());
      places[bar] = place;
    }
    return places;
  }

  /** A price for each bar, NaN where there is none. */
  prices() {
    const end = this.at + bars * Float64Array.BYTES_PER_ELEMENT;
    const prices = new Float64Array(this.bytes.slice(this.at, end).buffer);
    this.at = end;
    return prices;
  }

  /** A value for each bar, in steps of a ten-thousandth, NaN where there is none. */
  values() {
    const values = new Float32Array(bars);
    let steps = 0;
    for (let bar = 0; bar < bars; bar++) {
      const code = this.natural();
      steps += code ? signed(code - 1) : 0;
      values[bar] = code ? steps / 10000 : NaN;
    }
    return values;
  }
}

/** Whole numbers of both signs, which are kept as 0, -1, 1, -2, 2 ... */
function signed(natural) {
  return natural % 2 ? -(natural + 1) / 2 : natural / 2;
}

/** The axis of the bars and the range of it that all charts of the page show. */
const axis = {
  places: null,
  min: 0,
  max: 0,
  charts: [],
  frame: 0,

  open(places) {
    this.places = places;
    this.begin = this.min = places[0];
    this.end = this.max = Number(settings.end);
    this.narrowest = Math.min(this.end - this.begin, (4 * (this.end - this.begin)) / bars);
    const finest = [86400000, 60000, 1000, 1].find((unit) => places.every((place) => place % unit === 0));
    this.digits = { 86400000: 10, 60000: 16, 1000: 19 }[finest] ?? 23;
  },

  /** Shows a range, or as much of it as there is. */
  show(min, max) {
    const width = Math.min(Math.max(max - min, this.narrowest), this.end - this.begin);
    const begin = (min + max - width) / 2;
    this.min = Math.min(Math.max(begin, this.begin), this.end - width);
    this.max = this.min + width;
    this.draw();
  },

  showAll() {
    this.show(this.begin, this.end);
  },

  zoom(factor, place = (this.min + this.max) / 2) {
    this.show(place - (place - this.min) * factor, place + (this.max - place) * factor);
  },

  move(share) {
    const distance = share * (this.max - this.min);
    const kept = Math.min(Math.max(distance, this.begin - this.min), this.end - this.max);
    this.show(this.min + kept, this.max + kept);
  },

  /** Draws all charts with the next picture on the screen, however often it is asked to. */
  draw() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.charts.forEach((chart) => chart.update());
    });
  },

  /** The first bar that is not before a place. */
  barAt(place) {
    let low = 0;
    let high = bars;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.places[middle] < place) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  },

  nearest(place) {
    const next = Math.min(this.barAt(place), bars - 1);
    const isNearer = next > 0 && place - this.places[next - 1] < this.places[next] - place;
    return isNearer ? next - 1 : next;
  },

  /** The bar that lasts at a place: each does until the next one. */
  lasting(place) {
    const next = this.barAt(place);
    return this.places[next] === place ? next : Math.max(0, next - 1);
  },

  /** The middle of the time for which a bar lasts. */
  middle(bar) {
    return (this.places[bar] + (this.places[bar + 1] ?? this.end)) / 2;
  },

  /** The bar at which each column of a chart begins, if the chart has that many, and at the end the bar behind them. */
  columns(count) {
    return Array.from({ length: count + 1 }, (_, i) =>
      this.barAt(this.min + ((this.max - this.min) * i) / count),
    );
  },

  label(bar) {
    const place = this.places[bar];
    return timed ? new Date(place).toISOString().slice(0, this.digits).replace("T", " ") : `bar ${place}`;
  },
};

/** How far marks for whole numbers may be from each other. */
const WHOLE_MARKS = Array.from({ length: 30 }, (_, i) => [1, 2, 5][i % 3] * 10 ** Math.floor(i / 3));

const TIME_LABELS = [
  // the least distance of the marks, the label, and what stands below it where a year, a month, a day ... begins
  [31536e6, "{YYYY}", null, null, null, null, null, null, 1],
  [28 * 864e5, "{MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [864e5, "{MM}-{DD}", "\n{YYYY}", null, null, null, null, null, 1],
  [6e4, "{HH}:{mm}", "\n{YYYY}-{MM}-{DD}", null, "\n{MM}-{DD}", null, null, null, 1],
  [1e3, "{HH}:{mm}:{ss}", "\n{YYYY}-{MM}-{DD}", null, "\n{MM}-{DD}", null, null, null, 1],
  [1, ":{ss}.{fff}", "\n{YYYY}-{MM}-{DD} {HH}:{mm}", null, "\n{MM}-{DD} {HH}:{mm}", null, "\n{HH}:{mm}", null, 1],
];

/**
 * Adds a chart to the page.
 *
 * @param name what its vertical axis is called
 * @param range gives the least and the greatest value on the vertical axis, or undefined for those that are shown
 * @param marks how far the marks on it may be from each other, or undefined for any round number
 * @param series how each of its lines looks, as uPlot takes it
 * @param data gives what uPlot is to draw for the range of the axis, given the chart
 * @param hooks what else is to be drawn, as uPlot takes it
 * @param point is told the bar and the value under the pointer
 * @param cells whether a bar is drawn from its place until the next one, not as a point at its place
 */
function addChart({ name, range, marks, series, data, hooks, point, cells }) {
  const pointed = (place) => (cells ? axis.lasting(place) : axis.nearest(place));
  const pane = document.querySelector("main").appendChild(document.createElement("div"));
  pane.className = "pane";
  const line = {
    stroke: () => css("--ink"),
    font: "12px system-ui, sans-serif",
    grid: { stroke: () => css("--grid"), width: 1 },
    ticks: { stroke: () => css("--grid"), width: 1, size: 5 },
  };
  const chart = new uPlot(
    {
      width: pane.clientWidth,
      height: pane.clientHeight,
      padding: [8, 8, 0, 0],
      ms: 1,
      tzDate: (time) => uPlot.tzDate(new Date(time), "Etc/UTC"),
      legend: { show: false },
      scales: { x: { time: timed, range: () => [axis.min, axis.max] }, y: range ? { range } : {} },
      axes: [
        { ...line, space: 55, size: 42, ...(timed ? { values: TIME_LABELS } : { incrs: WHOLE_MARKS }) },
        { ...line, label: name, labelSize: 18, labelFont: line.font, size: 50, ...(marks && { incrs: marks }) },
      ],
      series: [{}, ...series],
      cursor: {
        drag: { setScale: false },
        points: { show: false },
        sync: { key: "bars", setSeries: false },
        move: (self, left, top) => {
          const isInside = left >= 0 && top >= 0;
          const bar = pointed(self.posToVal(left, "x"));
          const place = cells ? axis.middle(bar) : axis.places[bar];
          return [isInside ? self.valToPos(place, "x") : left, top];
        },
      },
      hooks: {
        ...hooks,
        setSelect: [
          (self) => {
            const { left, width } = self.select;
            self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            axis.show(self.posToVal(left, "x"), self.posToVal(left + width, "x"));
          },
        ],
        setCursor: [
          (self) => {
            if (self.cursor.left >= 0) {
              point(pointed(self.posToVal(self.cursor.left, "x")), self.posToVal(self.cursor.top, "y"));
            }
          },
        ],
      },
    },
    [[], ...series.map(() => [])],
    pane,
  );
  chart.update = () =>
    chart.batch(() => {
      chart.setData(data(chart), false);
      chart.setScale("x", { min: axis.min, max: axis.max });
    });
  new ResizeObserver(() => {
    chart.setSize({ width: pane.clientWidth, height: pane.clientHeight });
    axis.draw();
  }).observe(pane);
  listen(chart);
  axis.charts.push(chart);
  return chart;
}

/** Lets wheel and fingers change the range of the axis; dragging the mouse is known to uPlot. */
function listen(chart) {
  const over = chart.over;
  const placeAt = (left) => axis.min + ((axis.max - axis.min) * left) / over.clientWidth;
  const fingers = new Map();

  over.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const pixels = event.deltaMode ? 33 : 1;
      const sideways = event.deltaX || (event.shiftKey ? event.deltaY : 0);
      if (sideways) {
        axis.move((sideways * pixels) / over.clientWidth);
      } else {
        const distance = Math.min(Math.max(event.deltaY * pixels, -200), 200);
        axis.zoom(Math.exp(distance / 400), placeAt(event.offsetX));
      }
    },
    { passive: false },
  );
  over.addEventListener("dblclick", () => axis.showAll());
  over.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") {
      fingers.set(event.pointerId, event.offsetX);
    }
  });
  over.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) {
      return;
    }
    const before = [...fingers.values()];
    fingers.set(event.pointerId, event.offsetX);
    if (fingers.size === 1) {
      chart.setCursor({ left: event.offsetX, top: event.offsetY }, true, true);
    } else if (fingers.size === 2) {
      // What was under each finger stays under it.
      const [one, other] = [...fingers.values()];
      const perPixel = (placeAt(before[1]) - placeAt(before[0])) / (other - one);
      if (perPixel > 0 && Number.isFinite(perPixel)) {
        const min = placeAt(before[0]) - one * perPixel;
        axis.show(min, min + over.clientWidth * perPixel);
      }
    }
  });
  for (const end of ["pointerup", "pointercancel"]) {
    over.addEventListener(end, (event) => fingers.delete(event.pointerId));
  }
}

const KEYS = {
  Escape: () => axis.showAll(),
  r: () => axis.showAll(),
  "+": () => axis.zoom(1 / 1.5),
  "=": () => axis.zoom(1 / 1.5),
  "-": () => axis.zoom(1.5),
  ArrowLeft: () => axis.move(-0.1),
  ArrowRight: () => axis.move(0.1),
};

/** Reads the numbers, gives them to a function that adds the charts, and listens to the reader. */
async function openPage(addCharts) {
  const numbers = await Numbers.unpack();
  axis.open(numbers.places());
  addCharts(numbers);
  axis.showAll();
  document.getElementById("all").addEventListener("click", () => axis.showAll());
  document.addEventListener("keydown", (event) => {
    const action = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (action && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      action();
    }
  });
  dark.addEventListener("change", () => axis.draw());
}
