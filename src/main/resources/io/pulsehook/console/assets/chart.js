// Draws the charts of a page from the data in their canvases: stacked bars that count events,
// or lines of milliseconds.

import { selectPeriod } from "./period.js";

import { write } from "./times.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");

// The drawn charts by their canvases.
export const charts = new Map();

// Returns a colour of the stylesheet as the canvas needs it: without variables.
function color(name) {
	const probe = document.createElement("i");
	probe.style.color = `var(${name})`;
	document.body.append(probe);
	const resolved = getComputedStyle(probe).color;
	probe.remove();
	return resolved;
}

function label(start, width) {
	const at = new Date(start);
	const clock = write(at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
	return width < 60 ? clock : write(at, { month: "short", day: "numeric" }) + (width < 1440 ? ", " + clock : "");
}

function chartData(canvas) {
	const { width, starts, series } = JSON.parse(canvas.dataset.chart);
	return {
		labels: starts.map((start) => label(start, width)),
		datasets: series.map(({ name, events, color: own }, index) => ({
			label: name,
			data: events,
			backgroundColor: color(own ?? "--c" + (index + 1)),
			borderColor: color(own ?? "--c" + (index + 1)),
			borderRadius: 2,
			borderWidth: 2,
			pointRadius: 2,
			tension: 0.2,
			categoryPercentage: 0.9,
			barPercentage: 1,
		})),
	};
}

// Writes milliseconds as the pages do.
function length(millis) {
	return millis < 1000 ? millis + " ms" : millis < 120000 ? millis / 1000 + " s" : Math.round(millis / 6000) / 10 + " min";
}

function scale(stacked, more) {
	return {
		stacked,
		border: { display: false },
		ticks: { color: color("--muted"), maxRotation: 0, ...more.ticks },
		grid: { color: color("--line"), display: more.grid },
		beginAtZero: true,
	};
}

function draw(canvas) {
	charts.get(canvas)?.destroy();
	const type = JSON.parse(canvas.dataset.chart).type ?? "bar";
	const lines = type === "line";
	charts.set(canvas, new Chart(canvas, {
		type,
		data: chartData(canvas),
		options: {
			animation: calm.matches ? false : { duration: 300 },
			maintainAspectRatio: false,
			interaction: { mode: "index", intersect: false },
			plugins: {
				legend: { display: false },
				tooltip: {
					filter: (item) => item.raw > 0,
					boxPadding: 4,
					callbacks: lines ? { label: (item) => item.dataset.label + ": " + length(item.raw) } : {},
				},
			},
			scales: {
				x: scale(!lines, { grid: false, ticks: { autoSkipPadding: 24 } }),
				y: scale(!lines, { grid: true, ticks: { precision: 0, maxTicksLimit: 5, ...(lines && { callback: length }) } }),
			},
		},
	}));
	if (canvas.dataset.events) {
		selectPeriod(canvas, () => charts.get(canvas));
	}
}

export function drawCharts() {
	if (window.Chart) {
		document.querySelectorAll("canvas[data-chart]").forEach(draw);
	}
}

// Takes over the data of the same charts in a newly loaded page.
export function updateCharts(fresh) {
	for (const [canvas, chart] of charts) {
		const twin = fresh.getElementById(canvas.id);
		if (twin && twin.dataset.chart !== canvas.dataset.chart) {
			canvas.dataset.chart = twin.dataset.chart;
			chart.data = chartData(canvas);
			chart.update("none");
		}
	}
}

dark.addEventListener("change", drawCharts);
document.addEventListener("preference", drawCharts);
