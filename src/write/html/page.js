'use strict';
// headings that sort: first the largest, then the smallest
for (const table of document.querySelectorAll('table[data-sorts]')) {
  const heads = [...table.tHead.rows[0].cells];
  const body = table.tBodies[0];
  heads.forEach((head, at) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const down = head.getAttribute('aria-sort') !== 'descending';
      const key = row => {
        const value = row.cells[at].dataset.v;
        return value === undefined ? NaN : Number(value);
      };
      const words = row => row.cells[at].textContent;
      const rows = [...body.rows].sort((a, b) => {
        const x = key(a), y = key(b);
        if (isNaN(x) !== isNaN(y)) return isNaN(x) ? 1 : -1;
        const order = isNaN(x)
          ? words(a).localeCompare(words(b), 'en', { numeric: true })
          : x - y;
        return down ? -order : order;
      });
      body.append(...rows);
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    });
  });
}
// a crosshair over the heights, by pointer or by slider
const figure = document.getElementById('route');
const svgs = figure ? [...figure.querySelectorAll('svg[data-plane]')] : [];
if (svgs.length) {
  const route = JSON.parse(figure.dataset.route);
  const { far, height } = figure.dataset;
  const end = Number(svgs[0].dataset.plane.split(' ')[5]);
  const make = (parent, name, attributes) => {
    const node = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const key in attributes) node.setAttribute(key, attributes[key]);
    parent.append(node);
    return node;
  };
  // one for each drawing: which of them is seen depends on the window
  const crosses = svgs.map(svg => {
    const [left, top, right, bottom, below, , floor, ceiling] =
      svg.dataset.plane.split(' ').map(Number);
    const cross = make(svg, 'g', { class: 'cross', 'aria-hidden': 'true', visibility: 'hidden' });
    const line = make(cross, 'line', { y1: top, y2: below });
    const dot = make(cross, 'circle', { r: 5 });
    return (x, up) => {
      const px = left + (right - left) * x / end;
      line.setAttribute('x1', px);
      line.setAttribute('x2', px);
      dot.setAttribute('cx', px);
      dot.setAttribute('cy', bottom - (bottom - top) * (up - floor) / (ceiling - floor));
      cross.setAttribute('visibility', 'visible');
    };
  });
  // and a dot on the route from above
  const above = document.getElementById('map');
  const tracks = above ? JSON.parse(above.dataset.tracks) : [];
  const dots = above ? [...above.querySelectorAll('svg')].map((svg, number) => {
    const track = tracks[number];
    const cross = make(svg, 'g', { class: 'cross', 'aria-hidden': 'true', visibility: 'hidden' });
    const dot = make(cross, 'circle', { r: 6 });
    return x => {
      const place = track[Math.round((track.length - 1) * x / end)];
      if (!place) return;
      dot.setAttribute('cx', place[0]);
      dot.setAttribute('cy', place[1]);
      cross.setAttribute('visibility', 'visible');
    };
  }) : [];
  const here = document.createElement('div');
  here.className = 'here';
  const slider = document.createElement('input');
  Object.assign(slider, { type: 'range', min: 0, max: 1000, value: 0 });
  slider.setAttribute('aria-label', 'Place along the route');
  const output = document.createElement('output');
  output.textContent = 'Point at the route, or move the slider';
  here.append(slider, output);
  figure.append(here);
  const last = (list, x, of) => {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (of(list[middle]) <= x) low = middle + 1; else high = middle;
    }
    return low - 1;
  };
  const at = x => {
    const run = route.runs[Math.max(0, last(route.runs, x, r => r[0][0]))];
    const k = Math.max(0, Math.min(last(run, x, p => p[0]), run.length - 2));
    const [a, b] = [run[k], run[k + 1] || run[k]];
    const share = b[0] > a[0] ? Math.min(1, Math.max(0, (x - a[0]) / (b[0] - a[0]))) : 0;
    const stretch = route.stretches[Math.max(0, last(route.stretches, x, s => s[0]))];
    const hill = route.hills.find(h => h[1] <= x && x < h[2]);
    return { up: a[1] + share * (b[1] - a[1]), stretch, hill };
  };
  const show = x => {
    const there = at(x);
    for (const cross of crosses) cross(x, there.up);
    for (const dot of dots) dot(x);
    const sign = value => (value < 0 ? '\u2212' : '') + Math.abs(value);
    const words = `${x.toFixed(2)} ${far} · ${sign(Math.round(there.up))} ${height} · `
      + `${sign(there.stretch[1])} %` + (there.hill ? ` · ${there.hill[0]}` : '')
      + ` · load ▲ ${there.stretch[2]} ▼ ${there.stretch[3]}`;
    output.textContent = words;
    slider.setAttribute('aria-valuetext', words);
  };
  slider.addEventListener('input', () => show(end * slider.value / 1000));
  const point = event => {
    const svg = event.currentTarget;
    const [left, , right] = svg.dataset.plane.split(' ').map(Number);
    const box = svg.getBoundingClientRect();
    const px = (event.clientX - box.left) / box.width * svg.viewBox.baseVal.width;
    const x = end * Math.min(1, Math.max(0, (px - left) / (right - left)));
    slider.value = Math.round(1000 * x / end);
    show(x);
  };
  for (const svg of svgs) {
    svg.addEventListener('pointermove', point);
    svg.addEventListener('pointerdown', point);
  }
}
