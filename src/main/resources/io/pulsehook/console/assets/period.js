// Lets the reader drag over a chart to see the events of a period.

const CLICK = 5;

const known = new WeakSet();

// Returns the page that lists the events which were received between two places of a chart.
function address(canvas, chart, one, other) {
	const { width, starts } = JSON.parse(canvas.dataset.chart);
	const step = (x) => Math.min(Math.max(chart.scales.x.getValueForPixel(x), 0), starts.length - 1);
	const [from, last] = [step(Math.min(one, other)), step(Math.max(one, other))];
	const to = new Date(new Date(starts[last]).getTime() + width * 60000);
	const page = new URL(canvas.dataset.events, location.href);
	page.searchParams.set("from", starts[from]);
	page.searchParams.set("to", to.toISOString().replace(".000Z", "Z"));
	return page;
}

// Listens once for each canvas, whose chart may be drawn anew.
export function selectPeriod(canvas, chart) {
	if (known.has(canvas)) {
		return;
	}
	known.add(canvas);
	const mark = document.createElement("span");
	mark.className = "mark";
	mark.hidden = true;
	canvas.parentElement.append(mark);
	let begin = null;
	const x = (event) => event.clientX - canvas.getBoundingClientRect().left;
	const stop = () => { begin = null; mark.hidden = true; };
	canvas.addEventListener("pointerdown", (event) => {
		if (event.button === 0) {
			begin = x(event);
			canvas.setPointerCapture(event.pointerId);
		}
	});
	canvas.addEventListener("pointermove", (event) => {
		if (begin !== null) {
			mark.hidden = Math.abs(x(event) - begin) < CLICK;
			mark.style.left = Math.min(begin, x(event)) + "px";
			mark.style.width = Math.abs(x(event) - begin) + "px";
		}
	});
	canvas.addEventListener("pointerup", (event) => {
		const from = begin;
		stop();
		if (from !== null && Math.abs(x(event) - from) >= CLICK) {
			location.assign(address(canvas, chart(), from, x(event)));
		}
	});
	canvas.addEventListener("pointercancel", stop);
	document.addEventListener("keydown", (event) => {
		if (event.key === "Escape") {
			stop();
		}
	});
}
