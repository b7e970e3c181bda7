// Shows times in the reader's time zone, copies text, draws the chart, and updates open
// pages. The pages also work without this script.
(() => {
	"use strict";

	document.documentElement.classList.add("js");

	const calm = matchMedia("(prefers-reduced-motion: reduce)");
	const dark = matchMedia("(prefers-color-scheme: dark)");
	const charts = new Map();

	// Times ---------------------------------------------------------------

	const units = [[86400 * 2, 86400, " days"], [7200, 3600, " h"], [120, 60, " min"], [0, 1, " s"]];

	function span(seconds) {
		const [, size, name] = units.find(([from]) => seconds >= from);
		return Math.floor(seconds / size) + name;
	}

	function tellTimes(root) {
		for (const time of root.querySelectorAll("time[datetime]")) {
			const at = new Date(time.dateTime);
			const seconds = Math.floor((Date.now() - at) / 1000);
			const text = seconds < 0 ? "in " + span(-seconds) : seconds < 1 ? "just now" : span(seconds) + " ago";
			time.title = at.toLocaleString();
			if (time.textContent !== text) {
				time.textContent = text;
			}
		}
	}

	// Copying -------------------------------------------------------------

	async function copy(button) {
		const source = document.getElementById(button.dataset.copy);
		const text = source.value ?? source.textContent;
		try {
			await navigator.clipboard.writeText(text);
		}
		catch {
			// Without HTTPS there is no clipboard; a selection can still be copied.
			const field = document.createElement("textarea");
			field.value = text;
			document.body.append(field);
			field.select();
			document.execCommand("copy");
			field.remove();
			button.focus();
		}
		const label = button.textContent;
		button.textContent = "Copied";
		setTimeout(() => { button.textContent = label; }, 1500);
	}

	document.addEventListener("click", (event) => {
		const button = event.target.closest("[data-copy]");
		if (button) {
			copy(button);
		}
	});

	// The chart -----------------------------------------------------------

	function color(name) {
		return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
	}

	function label(start, width) {
		const at = new Date(start);
		const clock = at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
		return width < 60 ? clock : at.toLocaleDateString([], { month: "short", day: "numeric" }) + (width < 1440 ? " " + clock : "");
	}

	function chartData(canvas) {
		const { width, starts, series } = JSON.parse(canvas.dataset.chart);
		return {
			labels: starts.map((start) => label(start, width)),
			datasets: series.map(({ name, events }, index) => ({
				label: name,
				data: events,
				backgroundColor: color("--c" + (index + 1)),
				borderRadius: 2,
				categoryPercentage: 0.9,
				barPercentage: 1,
			})),
		};
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
		charts.set(canvas, new Chart(canvas, {
			type: "bar",
			data: chartData(canvas),
			options: {
				animation: calm.matches ? false : { duration: 300 },
				maintainAspectRatio: false,
				interaction: { mode: "index", intersect: false },
				plugins: {
					legend: { display: false },
					tooltip: { filter: (item) => item.raw > 0, boxPadding: 4 },
				},
				scales: {
					x: scale(true, { grid: false, ticks: { autoSkipPadding: 24 } }),
					y: scale(true, { grid: true, ticks: { precision: 0, maxTicksLimit: 5 } }),
				},
			},
		}));
	}

	function drawAll() {
		if (window.Chart) {
			document.querySelectorAll("canvas[data-chart]").forEach(draw);
		}
	}

	dark.addEventListener("change", drawAll);

	// Live updates --------------------------------------------------------

	function sameButTimes(one, other) {
		const bare = (element) => {
			const copy = element.cloneNode(true);
			copy.classList.remove("new");
			copy.querySelectorAll("time").forEach((time) => { time.textContent = ""; time.removeAttribute("title"); });
			copy.querySelectorAll("input[name=_csrf]").forEach((field) => { field.remove(); });
			copy.querySelectorAll("details").forEach((details) => { details.removeAttribute("open"); });
			return copy.outerHTML.replaceAll(' class=""', "");
		};
		return bare(one) === bare(other);
	}

	function keepState(from, to) {
		for (const details of from.querySelectorAll("details[data-key][open]")) {
			const twin = to.querySelector(`details[data-key="${CSS.escape(details.dataset.key)}"]`);
			if (twin) {
				twin.open = true;
			}
		}
	}

	// Keeps rows that are there already, so that they do not lose the focus, and adds new ones.
	function mergeRows(list, fresh) {
		const present = new Map([...list.children].map((row) => [row.id, row]));
		const hadRows = present.size > 0;
		const rows = [...fresh.children].map((row) => {
			const old = present.get(row.id);
			if (old && sameButTimes(old, row)) {
				return old;
			}
			if (!old && hadRows) {
				row.classList.add("new");
			}
			return row;
		});
		const focused = document.activeElement?.closest("li")?.id;
		const wanted = new Set(rows);
		[...list.children].forEach((row) => { if (!wanted.has(row)) { row.remove(); } });
		rows.forEach((row, index) => {
			if (list.children[index] !== row) {
				list.insertBefore(row, list.children[index] ?? null);
			}
		});
		const again = focused && !list.contains(document.activeElement) && document.getElementById(focused);
		again && list.contains(again) && again.querySelector("a")?.focus();
	}

	function replace(region, fresh) {
		if (sameButTimes(region, fresh)) {
			return;
		}
		const focused = region.contains(document.activeElement) ? document.activeElement.id : null;
		keepState(region, fresh);
		region.replaceWith(fresh);
		if (focused) {
			document.getElementById(focused)?.focus();
		}
	}

	let asking = false;

	async function refresh() {
		if (asking || document.hidden) {
			return;
		}
		asking = true;
		try {
			const response = await fetch(location.href, { headers: { "X-Requested-With": "XMLHttpRequest" } });
			if (!response.ok || response.redirected) {
				return;
			}
			const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
			for (const region of document.querySelectorAll("[data-live][id]")) {
				const twin = fresh.getElementById(region.id);
				if (twin && region.hasAttribute("data-keyed")) {
					mergeRows(region, document.adoptNode(twin));
				}
				else if (twin) {
					replace(region, document.adoptNode(twin));
				}
			}
			for (const canvas of document.querySelectorAll("canvas[data-chart]")) {
				const twin = fresh.getElementById(canvas.id);
				const chart = charts.get(canvas);
				if (twin && chart && twin.dataset.chart !== canvas.dataset.chart) {
					canvas.dataset.chart = twin.dataset.chart;
					chart.data = chartData(canvas);
					chart.update("none");
				}
			}
			tellTimes(document);
		}
		catch {
			// The service cannot be reached for a moment. The page keeps what it shows.
		}
		finally {
			asking = false;
		}
	}

	let due = null;

	// Updates the page once a second at most, however many events arrive.
	function refreshSoon() {
		due ??= setTimeout(() => { due = null; refresh(); }, 1000);
	}

	function listen() {
		const state = document.querySelector("[data-feed-state]");
		const toggle = document.querySelector("[data-feed-toggle]");
		const show = (on) => {
			state.hidden = false;
			state.classList.toggle("on", on);
			state.lastElementChild.textContent = on ? "Live" : "Not live";
		};
		const wanted = () => !toggle || toggle.getAttribute("aria-pressed") === "true";
		let feed = null;
		// A browser has few connections to one host, so a hidden page closes its own.
		const hangUp = () => { feed?.close(); feed = null; };
		const connect = () => {
			if (feed || document.hidden) {
				return;
			}
			feed = new EventSource(document.body.dataset.feed);
			feed.addEventListener("open", () => { show(true); if (wanted()) { refreshSoon(); } });
			feed.addEventListener("error", () => {
				show(false);
				// After an answer that is not a stream, the browser does not connect again by itself.
				if (feed?.readyState === EventSource.CLOSED) {
					hangUp();
					setTimeout(connect, 5000);
				}
			});
			feed.addEventListener("changed", () => { if (wanted()) { refreshSoon(); } });
		};
		connect();
		addEventListener("pagehide", hangUp);
		toggle?.addEventListener("click", () => {
			toggle.setAttribute("aria-pressed", String(!wanted()));
			if (wanted()) {
				refresh();
			}
		});
		document.addEventListener("visibilitychange", () => {
			if (document.hidden) {
				hangUp();
				return;
			}
			connect();
			if (wanted()) {
				refresh();
			}
		});
	}

	drawAll();
	tellTimes(document);
	setInterval(() => { tellTimes(document); }, 5000);
	setInterval(() => { if (document.querySelector("[data-poll]")) { refresh(); } }, 1000);
	if (document.body.dataset.feed && document.querySelector("[data-live]")) {
		listen();
	}
})();
